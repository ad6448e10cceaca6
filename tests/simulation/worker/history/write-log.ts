import type { AttemptRow, LeaseRow } from '../../checkers/history.ts'
import type { SimulatedClock } from '../../engine/clock.ts'
import type { SqlCall, SqlResult } from '../bindings/d1.ts'

/** What rows do not hold: at which step they were written, and when they were leased. */
export interface WriteLog {
  /** Reads the statements of a batch; to be called in the order in which batches were committed. */
  record(calls: readonly SqlCall[], results: readonly SqlResult[]): void
  /** When an order was created. */
  readonly orders: ReadonlyMap<string, number>
  /** When an event was recorded. */
  readonly events: ReadonlyMap<string, number>
  readonly attempts: ReadonlyMap<string, Pick<AttemptRow, 'previous' | 'at'>>
  readonly leases: readonly LeaseRow[]
}

/** The key of an attempt. */
export function attemptKey(impUid: unknown, merchantUid: unknown): string {
  return `${String(impUid)} ${String(merchantUid)}`
}

type AttemptOutcome = AttemptRow['outcome']
interface LoggedAttempt {
  outcome: AttemptOutcome
  previous: AttemptOutcome | null
  at: number
}
interface LoggedLease {
  readonly id: string
  readonly at: number
  until: number
}

/** Makes a write log on the clock of a schedule. */
export function createWriteLog(clock: SimulatedClock): WriteLog {
  const orders = new Map<string, number>()
  const events = new Map<string, number>()
  const attempts = new Map<string, LoggedAttempt>()
  const leases: LoggedLease[] = []

  const logAttempt = ({ text, params }: SqlCall): void => {
    const key = attemptKey(params[0], params[1])
    const outcome = outcomeOf(text, params)
    const known = attempts.get(key)
    if (known === undefined) attempts.set(key, { outcome, previous: null, at: clock.step })
    else if (outcome === 'accepted') {
      if (known.outcome !== 'accepted') known.previous = known.outcome
    } else if (known.outcome === 'accepted' && known.previous === null) known.at = clock.step
    if (known !== undefined) known.outcome = outcome
  }

  const release = (id: unknown, dueAt: unknown): void => {
    const until = typeof dueAt === 'number' ? dueAt : clock.ms
    for (const lease of leases) if (lease.id === id) lease.until = Math.min(lease.until, until)
  }

  const logStatement = (call: SqlCall, { rows, changes }: SqlResult): void => {
    const [first, second] = call.params
    switch (kindOf(call.text)) {
      case 'order':
        if (changes === 1) orders.set(String(first), clock.step)
        return
      case 'event':
        if (changes === 1) events.set(String(first), clock.step)
        return
      case 'attempt':
        if (changes === 1) logAttempt(call)
        return
      case 'lease':
        for (const row of rows) {
          leases.push({ id: String(row['id']), at: Number(first), until: Number(second) })
        }
        return
      case 'settled':
        for (const row of rows) release(row['id'], row['due_at'])
        return
      case 'replay':
        if (changes === 1) release(first, second)
        return
      case 'other':
    }
  }

  return {
    orders,
    events,
    attempts,
    leases,
    record(calls, results) {
      for (const [at, call] of calls.entries()) {
        const result = results[at]
        if (result !== undefined) logStatement(call, result)
      }
    },
  }
}

const statementPrefixes = [
  ['INSERT INTO orders', 'order'],
  ['INSERT INTO outbox', 'event'],
  ['INSERT INTO attempts', 'attempt'],
  ['UPDATE outbox SET due_at = ?2, tries = tries + 1', 'lease'],
  // A failed try sets the time of the next one, and one that did not take place and a replay set it to now: all of
  // them end the lease.
  ['UPDATE outbox SET due_at = (SELECT value', 'settled'],
  ['UPDATE outbox SET due_at = ?2, tries = tries - 1', 'settled'],
  ['UPDATE outbox SET due_at = ?2, tries = 0', 'replay'],
] as const

function kindOf(text: string): (typeof statementPrefixes)[number][1] | 'other' {
  return statementPrefixes.find(([prefix]) => text.startsWith(prefix))?.[1] ?? 'other'
}

const unmatchedOutcomes: readonly AttemptOutcome[] = ['duplicate_paid', 'late_paid', 'refunded']

function outcomeOf(text: string, params: readonly unknown[]): AttemptOutcome {
  const unmatched = unmatchedOutcomes.find((each) => params.includes(each))
  if (unmatched !== undefined) return unmatched
  return text.includes("?2, 'accepted'") ? 'accepted' : 'refused'
}
