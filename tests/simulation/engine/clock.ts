/** The clock of a schedule: `step` orders what happened, `ms` is the simulated time. */
export interface SimulatedClock {
  step: number
  ms: number
}

export const minuteMs = 60_000
export const dayMs: number = 1_440 * minuteMs
