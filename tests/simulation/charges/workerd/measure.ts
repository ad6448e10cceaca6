import type { Charged } from '../approving-provider.ts'

/** What an invocation does: the jobs of a minute, or charges that a message asked for. */
export type InvocationKind = 'jobs' | 'charges'

/** What one invocation did. */
export interface Invocation {
  readonly statements: number
  readonly rowsRead: number
  readonly rowsWritten: number
  /** Requests to the provider and to the receiver, the charges among them. */
  readonly requests: number
  /** Charges that the provider was asked for. */
  readonly charges: number
  readonly ms: number
}

/** What all invocations of a kind did. */
export interface KindTotals extends Invocation {
  readonly invocations: number
  /** The most of one invocation. */
  readonly most: Invocation
}

export type Totals = Readonly<Record<InvocationKind, KindTotals>>

/** What the measured worker has done since it started. */
export interface Measured {
  /** Messages that asked for a run. */
  readonly asked: number
  readonly totals: Totals
  readonly charged: Charged
}

const nothing: Invocation = {
  statements: 0,
  rowsRead: 0,
  rowsWritten: 0,
  requests: 0,
  charges: 0,
  ms: 0,
}

/** Adds up what invocations did. */
export function createMeasure(): {
  add(kind: InvocationKind, invocation: Invocation): void
  totals(): Totals
} {
  const none: KindTotals = { ...nothing, invocations: 0, most: nothing }
  const totals: Record<InvocationKind, KindTotals> = { jobs: none, charges: none }
  return {
    add(kind, invocation) {
      const before = totals[kind]
      totals[kind] = {
        ...combine(before, invocation, (a, b) => a + b),
        invocations: before.invocations + 1,
        most: combine(before.most, invocation, Math.max),
      }
    },
    totals: () => ({ ...totals }),
  }
}

function combine(a: Invocation, b: Invocation, by: (a: number, b: number) => number): Invocation {
  return {
    statements: by(a.statements, b.statements),
    rowsRead: by(a.rowsRead, b.rowsRead),
    rowsWritten: by(a.rowsWritten, b.rowsWritten),
    requests: by(a.requests, b.requests),
    charges: by(a.charges, b.charges),
    ms: by(a.ms, b.ms),
  }
}
