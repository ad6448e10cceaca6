// What Cloudflare documents for Workers and D1.

/** The plans of the platform that the worker runs on. */
export type Plan = 'free' | 'paid'

/** How much one invocation may do. */
export interface PlanLimits {
  /** Statements of the database. Each of a batch counts: that is the safe reading of the documentation. */
  readonly statements: number
  /** Requests to the outside, messages of the queue included. */
  readonly requests: number
}

export const planLimits: Readonly<Record<Plan, PlanLimits>> = {
  free: { statements: 50, requests: 50 },
  paid: { statements: 1_000, requests: 1_000 },
}

/** Connections that an invocation has open at once, until the headers of their responses arrive. One more waits. */
export const maxConnections = 6
export const maxStatementBytes = 100_000
export const maxParameters = 100
/** Of a text, a blob or a row. */
export const maxRowBytes = 2_000_000
/** Of an invocation, on the clock. */
export const maxInvocationMs = 15 * 60_000
/** Of the responses that one invocation reads: an isolate has 128 MB of memory. */
export const maxReceivedBytes = 100_000_000
