import type fc from 'fast-check'

/** The work of a group, done in one way. */
export interface Work<Input> {
  readonly run: (input: Input) => unknown
  /** What the others must say of the same input, compared as JSON; null for a part of the work, which says nothing. */
  readonly toOutcome: ((input: Input) => unknown) | null
}

/** One way to do it, loaded alone in its process: optimized code that contestants share would fit none of them. */
export interface Contestant<Input> {
  readonly name: string
  readonly load: () => Work<Input> | Promise<Work<Input>>
}

/** What a group is made of. */
export interface Definition<Input> {
  readonly name: string
  /** Calls of one timed sample: tens of microseconds together, so that reading the clock does not count. */
  readonly batch: number
  /** The inputs of the timed calls, which take turns; their number is a power of two. */
  readonly inputs: readonly Input[]
  /** The inputs on which outcomes are compared before anything is timed; null where there is nothing to compare. */
  readonly cases: fc.Arbitrary<Input> | null
  /** Names the kind of an outcome, to show that the cases reach every kind. */
  readonly toKind: (outcome: unknown) => string
  readonly contestants: readonly Contestant<Input>[]
}

/** Contestants that do the same work on the same inputs, of whatever type. */
export interface Group {
  readonly name: string
  readonly batch: number
  readonly names: readonly string[]
  /** Resolves with a function that does the work once, each time on the next input. */
  start(name: string): Promise<() => unknown>
  /** Compares the outcomes on generated cases. */
  compare(count: number): Promise<Comparison>
}

/** What the comparison of a group has shown. */
export interface Comparison {
  readonly group: string
  /** How many cases had an outcome of each kind. */
  readonly kinds: Readonly<Record<string, number>>
  /** The first case on which contestants differ, with what each says; null when there is none. */
  readonly difference: string | null
  /** The contestants that cannot start, with the reason. */
  readonly failures: readonly { readonly name: string; readonly reason: string }[]
}
