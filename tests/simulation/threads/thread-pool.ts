import { rename } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import type { Job, JobResult, SeededSystem } from './job.ts'

/** A message of a thread: its progress, or the result of its job. */
type ThreadMessage = { readonly cases: number } | { readonly done: JobResult }

/** Runs jobs on so many threads at once. */
export async function runJobs(
  jobs: readonly Job[],
  threadCount = 2,
  onProgress: (cases: number) => void = () => undefined,
): Promise<readonly JobResult[]> {
  const file = await bundleThread()
  const results: JobResult[] = []
  const progress = new Map<number, number>()
  const queue = [...jobs.entries()]
  const sum = (): number => [...progress.values()].reduce((total, cases) => total + cases, 0)

  const runThread = async (): Promise<void> => {
    // Short-lived simulations fill the young generation; a small one would be collected all the time.
    const thread = new Worker(file, { resourceLimits: { maxYoungGenerationSizeMb: 64 } })
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const [at, job] = next
        results[at] = await postJob(thread, job, (cases) => {
          progress.set(at, cases)
          onProgress(sum())
        })
        progress.set(at, results[at].cases)
        onProgress(sum())
      }
    } finally {
      await thread.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(threadCount, jobs.length) }, runThread))
  return results
}

function postJob(
  thread: Worker,
  job: Job,
  onProgress: (cases: number) => void,
): Promise<JobResult> {
  return new Promise((resolve, reject) => {
    const listen = (message: ThreadMessage): void => {
      if ('cases' in message) return onProgress(message.cases)
      thread.off('message', listen)
      thread.off('error', reject)
      resolve(message.done)
    }
    thread.on('message', listen)
    thread.once('error', reject)
    thread.postMessage(job)
  })
}

/** Bundles the thread's program to one file: Node alone cannot resolve the packages to their source. */
async function bundleThread(): Promise<string> {
  const file = resolve('.cache/simulation/thread.mjs')
  const outfile = `${file}.${process.pid}`
  await build({
    entryPoints: ['tests/simulation/threads/thread.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  })
  // Other processes may be loading the file: they must find a whole one.
  await rename(outfile, file)
  return file
}

/** Cuts seeds into jobs of a size. */
export function cutSeeds(
  kind: SeededSystem,
  from: number,
  to: number,
  size: number,
): readonly Job[] {
  const jobs: Job[] = []
  for (let at = from; at < to; at += size)
    jobs.push({ kind, from: at, to: Math.min(at + size, to) })
  return jobs
}
