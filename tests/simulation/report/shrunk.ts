/** A failing schedule with everything gone that it fails without. */
export interface Shrunk {
  /** What happened, one line a turn: who, and what that task did until somebody else did something. */
  readonly lines: readonly string[]
  readonly broken: readonly string[]
}
