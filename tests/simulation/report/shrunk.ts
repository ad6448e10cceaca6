/** A failing schedule with everything gone that it fails without. */
export interface ShrunkSchedule {
  /** What happened, one line a turn: who, and what that task did until somebody else did something. */
  readonly lines: readonly string[]
  readonly violations: readonly string[]
}
