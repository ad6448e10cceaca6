import type { AttemptRow, ClaimRow } from '../../checkers/history.ts'
import type { Instant } from '../../engine/fake-database.ts'
import type { SqlCall, SqlResult } from '../bindings/d1.ts'

/** What rows do not tell: at which step they were written, and who held them when. */
export interface Diary {
  /** Reads what a batch did; to be called in the order in which batches were committed. */
  read(calls: readonly SqlCall[], results: readonly SqlResult[]): void
  /** When an order was there first. */
  readonly orders: ReadonlyMap<string, number>
  /** When an event was written. */
  readonly events: ReadonlyMap<string, number>
  readonly attempts: ReadonlyMap<string, Pick<AttemptRow, 'before' | 'at'>>
  readonly claims: readonly ClaimRow[]
}

/** The key of an attempt. */
export function attemptKey(impUid: unknown, merchantUid: unknown): string {
  return `${String(impUid)} ${String(merchantUid)}`
}

type Verdict = AttemptRow['verdict']
interface Noted {
  verdict: Verdict
  before: Verdict | null
  at: number
}
interface Lease {
  readonly id: string
  readonly at: number
  until: number
}

/** Makes a diary on the clock of a schedule. */
export function createDiary(now: Instant): Diary {
  const orders = new Map<string, number>()
  const events = new Map<string, number>()
  const attempts = new Map<string, Noted>()
  const claims: Lease[] = []

  const note = ({ text, params }: SqlCall): void => {
    const key = attemptKey(params[0], params[1])
    const verdict = verdictOf(text, params)
    const known = attempts.get(key)
    if (known === undefined) attempts.set(key, { verdict, before: null, at: now.step })
    else if (verdict === 'accepted') {
      if (known.verdict !== 'accepted') known.before = known.verdict
    } else if (known.verdict === 'accepted' && known.before === null) known.at = now.step
    if (known !== undefined) known.verdict = verdict
  }

  const release = (id: unknown, dueAt: unknown): void => {
    const until = typeof dueAt === 'number' ? dueAt : now.ms
    for (const claim of claims) if (claim.id === id) claim.until = Math.min(claim.until, until)
  }

  const readOne = (call: SqlCall, { rows, changes }: SqlResult): void => {
    const [first, second, third] = call.params
    switch (kindOf(call.text)) {
      case 'opens':
        if (changes === 1) orders.set(String(first), now.step)
        return
      case 'tells':
        if (changes === 1) events.set(String(first), now.step)
        return
      case 'notes':
        if (changes === 1) note(call)
        return
      case 'claims':
        for (const row of rows) {
          claims.push({ id: String(row['id']), at: Number(first), until: Number(second) })
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
    claims,
    read(calls, results) {
      for (const [at, call] of calls.entries()) {
        const result = results[at]
        if (result !== undefined) readOne(call, result)
      }
    },
  }
}

const beginnings = [
  ['INSERT INTO orders', 'opens'],
  ['INSERT INTO outbox', 'tells'],
  ['INSERT INTO attempts', 'notes'],
  ['UPDATE outbox SET due_at = ?2, tries = tries + 1', 'claims'],
  // A failed try says when the next may be, and a replay says now: both end the lease.
  ['UPDATE outbox SET due_at = ?3', 'fails'],
  ['UPDATE outbox SET due_at = ?2, tries = 0', 'replays'],
] as const

function kindOf(text: string): (typeof beginnings)[number][1] | 'something else' {
  return beginnings.find(([beginning]) => text.startsWith(beginning))?.[1] ?? 'something else'
}

const strays: readonly Verdict[] = ['duplicate_paid', 'late_paid', 'given_back']

function verdictOf(text: string, params: readonly unknown[]): Verdict {
  const stray = strays.find((verdict) => params.includes(verdict))
  return stray ?? (text.includes("?2, 'accepted'") ? 'accepted' : 'refused')
}
