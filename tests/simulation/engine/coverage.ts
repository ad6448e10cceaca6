import { type CallName, callNames, type Fate, fates } from './scheduler.ts'

type Happening = Fate | 'crash before' | 'crash after'
const happenings: readonly Happening[] = [...fates, 'crash before', 'crash after']

/** Counts what the schedules met: a simulator finds only what its workload generates. */
export interface Reach {
  call(name: CallName, happening: Happening): void
  answer(channel: string, code: number): void
  upstream(status: string): void
  event(from: string, to: string): void
  readonly counts: Readonly<Record<string, number>>
}

/** Makes the counters, each known counter at nought so that an empty one is seen. */
export function createReach(): Reach {
  const calls = new Int32Array(callNames.length * happenings.length)
  const others = new Map<string, number>()
  const count = (key: string): void => {
    others.set(key, (others.get(key) ?? 0) + 1)
  }
  return {
    call(name, happening) {
      const at = callNames.indexOf(name) * happenings.length + happenings.indexOf(happening)
      calls[at] = (calls[at] ?? 0) + 1
    },
    answer: (channel, code) => count(`answer ${channel} ${code}`),
    upstream: (status) => count(`upstream ${status}`),
    event: (from, to) => count(`event ${from} → ${to}`),
    get counts() {
      const named = callNames.flatMap((name, row) =>
        happenings.map((happening, column): [string, number] => [
          `call ${name} ${happening}`,
          calls[row * happenings.length + column] ?? 0,
        ]),
      )
      return Object.fromEntries([...named, ...others])
    },
  }
}
