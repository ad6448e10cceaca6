import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import type { Done, Job, SeedKind } from './job.ts'

/** What a thread says: how far it is, or what came of its job. */
type Said = { readonly cases: number } | { readonly done: Done }

/** Runs jobs on threads of their own, as many at once as there are hands. */
export async function runCrew(
  jobs: readonly Job[],
  hands = 2,
  onProgress: (cases: number) => void = () => undefined,
): Promise<readonly Done[]> {
  const file = await bundleHand()
  const results: Done[] = []
  const under = new Map<number, number>()
  const queue = [...jobs.entries()]
  const sum = (): number => [...under.values()].reduce((total, cases) => total + cases, 0)

  const serve = async (): Promise<void> => {
    // Short-lived worlds fill the young generation; a small one is collected all the time.
    const hand = new Worker(file, { resourceLimits: { maxYoungGenerationSizeMb: 64 } })
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const [at, job] = next
        results[at] = await doJob(hand, job, (cases) => {
          under.set(at, cases)
          onProgress(sum())
        })
        under.set(at, results[at].cases)
        onProgress(sum())
      }
    } finally {
      await hand.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(hands, jobs.length) }, serve))
  return results
}

function doJob(hand: Worker, job: Job, onProgress: (cases: number) => void): Promise<Done> {
  return new Promise((resolve, reject) => {
    const listen = (said: Said): void => {
      if ('cases' in said) return onProgress(said.cases)
      hand.off('message', listen)
      hand.off('error', reject)
      resolve(said.done)
    }
    hand.on('message', listen)
    hand.once('error', reject)
    hand.postMessage(job)
  })
}

/** The thread's program as one file: Node alone does not know where our rooms lie. */
async function bundleHand(): Promise<string> {
  const outfile = resolve('.cache/proof/hand.mjs')
  await build({
    entryPoints: ['tests/simulation/threads/thread.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  })
  return outfile
}

/** Cuts seeds into jobs of a size. */
export function cutSeeds(kind: SeedKind, from: number, to: number, size: number): readonly Job[] {
  const jobs: Job[] = []
  for (let at = from; at < to; at += size)
    jobs.push({ kind, from: at, to: Math.min(at + size, to) })
  return jobs
}
