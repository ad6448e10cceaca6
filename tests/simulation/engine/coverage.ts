import { type CallName, callNames, callOutcomes, type OutcomeOrCrash } from './scheduler.ts'

const outcomesAndCrashes: readonly OutcomeOrCrash[] = [
  ...callOutcomes,
  'crash before',
  'crash after',
]

/** Counts what the schedules exercised: a simulation finds only what its workload generates. */
export interface Coverage {
  call(name: CallName, outcome: OutcomeOrCrash): void
  response(channel: string, code: number): void
  upstream(status: string): void
  event(from: string, to: string): void
  readonly counts: Readonly<Record<string, number>>
}

/** Makes the counters. Each counter of a call starts at zero, so that an empty one is seen. */
export function createCoverage(): Coverage {
  const calls = new Int32Array(callNames.length * outcomesAndCrashes.length)
  const others = new Map<string, number>()
  const count = (key: string): void => {
    others.set(key, (others.get(key) ?? 0) + 1)
  }
  return {
    call(name, outcome) {
      const at =
        callNames.indexOf(name) * outcomesAndCrashes.length + outcomesAndCrashes.indexOf(outcome)
      calls[at] = (calls[at] ?? 0) + 1
    },
    response: (channel, code) => count(`response ${channel} ${code}`),
    upstream: (status) => count(`upstream ${status}`),
    event: (from, to) => count(`event ${from} → ${to}`),
    get counts() {
      const named = callNames.flatMap((name, row) =>
        outcomesAndCrashes.map((outcome, column): [string, number] => [
          `call ${name} ${outcome}`,
          calls[row * outcomesAndCrashes.length + column] ?? 0,
        ]),
      )
      return Object.fromEntries([...named, ...others])
    },
  }
}
