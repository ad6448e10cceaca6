import type { AttemptRow, LeaseRow } from '../../checkers/history.ts'
import type { SimulatedClock } from '../../engine/clock.ts'
import type { SqlCall, SqlResult } from '../bindings/d1.ts'
import { type StoredVerdict, toAttemptOutcome } from './rows.ts'

/** What rows do not tell: at which step they were written, and who held them when. */
export interface WriteLog {
  /** Reads what a batch did; to be called in the order in which batches were committed. */
  record(calls: readonly SqlCall[], results: readonly SqlResult[]): void
  /** When an order was there first. */
  readonly orders: ReadonlyMap<string, number>
  /** When an event was written. */
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

/** Makes a diary on the clock of a schedule. */
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
    const [first, second, third] = call.params
    switch (kindOf(call.text)) {
      case 'opens':
        if (changes === 1) orders.set(String(first), clock.step)
        return
      case 'tells':
        if (changes === 1) events.set(String(first), clock.step)
        return
      case 'notes':
        if (changes === 1) logAttempt(call)
        return
      case 'claims':
        for (const row of rows) {
          leases.push({ id: String(row['id']), at: Number(first), until: Number(second) })
        }
        return
      case 'fails':
        if (changes === 1) release(first, third)
        return
      case 'replays':
        if (changes === 1) release(first, second)
        return
      case 'something else':
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
  ['INSERT INTO orders', 'opens'],
  ['INSERT INTO outbox', 'tells'],
  ['INSERT INTO attempts', 'notes'],
  ['UPDATE outbox SET due_at = ?2, tries = tries + 1', 'claims'],
  // A failed try says when the next may be, and a replay says now: both end the lease.
  ['UPDATE outbox SET due_at = ?3', 'fails'],
  ['UPDATE outbox SET due_at = ?2, tries = 0', 'replays'],
] as const

function kindOf(text: string): (typeof statementPrefixes)[number][1] | 'something else' {
  return statementPrefixes.find(([prefix]) => text.startsWith(prefix))?.[1] ?? 'something else'
}

const unmatchedVerdicts: readonly StoredVerdict[] = ['duplicate_paid', 'late_paid', 'given_back']

function outcomeOf(text: string, params: readonly unknown[]): AttemptOutcome {
  const verdict = unmatchedVerdicts.find((each) => params.includes(each))
  if (verdict !== undefined) return toAttemptOutcome(verdict)
  return text.includes("?2, 'accepted'") ? 'accepted' : 'refused'
}
