/** A failing schedule without everything that it does not need to fail. */
export interface ShrunkSchedule {
  /** The trace, one line a turn: an actor, and its calls until another actor's turn. */
  readonly lines: readonly string[]
  readonly violations: readonly string[]
}
