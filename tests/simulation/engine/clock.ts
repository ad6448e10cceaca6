/** The clock of a schedule: `step` orders calls and events, `ms` is the simulated time. */
export interface SimulatedClock {
  step: number
  ms: number
}

export const minuteMs = 60_000
export const dayMs: number = 1_440 * minuteMs
