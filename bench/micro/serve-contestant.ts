// One contestant in a process of its own: `main.ts` asks it for each round.
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Bench } from 'tinybench'
import { median } from '../statistics.ts'
import { findGroup } from './groups.ts'

/** A round of one contestant, in nanoseconds per call. */
export interface Round {
  readonly medianNs: number
  readonly p99Ns: number
  readonly meanNs: number
  readonly samples: number
}

/** What a contestant is asked for. */
export type ContestantMessage =
  | { readonly kind: 'measure_round'; readonly ms: number }
  | { readonly kind: 'measure_allocation' }

const [, , groupName = '', name = ''] = process.argv
const group = findGroup(groupName)
const { batch } = group
const call = await group.start(name)

// What nobody reads the compiler leaves out: every result is kept for a while.
const results: unknown[] = Array.from({ length: 16 }, () => null)
const runBatch = (): void => {
  for (let at = 0; at < batch; at++) results[at & 15] = call()
}
const repeats = 51

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

process.on('message', ({ message }: { readonly message: ContestantMessage }) => {
  switch (message.kind) {
    case 'measure_round':
      return process.send?.({ value: measureRound(message.ms) })
    case 'measure_allocation':
      return process.send?.({ value: measureAllocation() })
  }
})
process.on('disconnect', () => process.exit(0))
process.send?.({ value: name })

function measureRound(ms: number): Round {
  collectGarbage()
  const bench = new Bench({ time: ms, warmupTime: ms / 4, throws: true })
  bench.add(name, runBatch, { async: false })
  const [task] = bench.runSync()
  if (task?.result.state !== 'completed') throw new Error(`${name} was not measured`)
  const { latency } = task.result
  const toNs = (msOfBatch: number) => (msOfBatch * 1e6) / batch
  return {
    medianNs: toNs(latency.p50),
    p99Ns: toNs(latency.p99),
    meanNs: toNs(latency.mean),
    samples: latency.samplesCount,
  }
}

/**
 * How many bytes of the heap a call takes, by the median of repeats: a collection in the middle of one makes only this one
 * wrong. Reading the heap takes some itself, which is subtracted.
 */
function measureAllocation(): number {
  collectGarbage()
  const measureMedian = (run: () => void) =>
    median(
      Array.from({ length: repeats }, () => {
        const before = getHeapStatistics().used_heap_size
        run()
        return getHeapStatistics().used_heap_size - before
      }),
    )
  return (measureMedian(runBatch) - measureMedian(() => {})) / batch
}
