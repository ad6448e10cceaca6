import { env } from 'cloudflare:workers'
import { type ImpUid, parseImpUid } from '@quayside/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { deleteExpired } from '../../../../packages/server/src/jobs/retention/delete-expired.ts'
import { unlimitedBudget } from '../../../../packages/server/src/run-budget.ts'
import { clearOutbox } from '../fixtures/event-receiver.ts'
import { clearCursors, createRecoveryFixture, idOf, start } from '../fixtures/recovery.ts'

const dayMs = 86_400_000
const at = (days: number) => start.getTime() - days * dayMs

const insertEvent = (id: string, deliveredAt: number | null, dueAt: number | null) =>
  env.DB.prepare(
    `INSERT INTO outbox (id, merchant_uid, sequence, kind, payload, created_at, due_at, tries, delivered_at)
     VALUES (?1, 'R-1', 1, 'paid', '{}', ?2, ?3, 1, ?4)`,
  )
    .bind(id, at(400), dueAt, deliveredAt)
    .run()
const insertAttempt = (impUid: string, verdict: string, createdAt: number) =>
  env.DB.prepare(
    `INSERT INTO attempts (imp_uid, merchant_uid, verdict, reason, payment_merchant_uid, payment_status,
       amount, currency, cancelled, created_at)
     VALUES (?1, 'R-1', ?2, CASE ?2 WHEN 'refused' THEN 'order_mismatch' END, 'R-1', 'paid', 1, 'KRW', 0, ?3)`,
  )
    .bind(impUid, verdict, createdAt)
    .run()

function toImpUid(text: string): ImpUid {
  const id = parseImpUid(text)
  if (!id.ok) throw new TypeError(text)
  return id.value
}

beforeEach(async () => {
  await clearCursors()
  await clearOutbox()
  await env.DB.prepare('DELETE FROM attempts').run()
})

describe('delete_expired', () => {
  it('T69: deletes delivered events and refusals after 90 days, and keeps what a guard or a person needs', async () => {
    const { deps, select } = createRecoveryFixture()
    await insertEvent('OLD:1', at(91), null)
    await insertEvent('YOUNG:1', at(89), null)
    await insertEvent('PENDING:1', null, at(91))
    await insertEvent('FAILED:1', null, null)
    const verdicts = ['accepted', 'duplicate_paid', 'late_paid', 'given_back', 'refused']
    for (const verdict of verdicts) await insertAttempt(`imp_${verdict}`, verdict, at(91))
    await insertAttempt('imp_young', 'refused', at(89))
    expect(await deleteExpired(deps, unlimitedBudget)).toEqual({ events: 1, refusals: 1 })
    expect(await select('SELECT id FROM outbox ORDER BY id')).toEqual([
      { id: 'FAILED:1' },
      { id: 'PENDING:1' },
      { id: 'YOUNG:1' },
    ])
    expect(await select('SELECT imp_uid FROM attempts ORDER BY imp_uid')).toEqual(
      ['accepted', 'duplicate_paid', 'given_back', 'late_paid', 'young'].map((name) => ({
        imp_uid: `imp_${name}`,
      })),
    )
  })

  it('T69: deletes what is left of weeks without a run in a few runs, a few hundred rows a statement', async () => {
    const { deps } = createRecoveryFixture()
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 11200)
       INSERT INTO outbox (id, merchant_uid, sequence, kind, payload, created_at, tries, delivered_at)
       SELECT 'MANY-' || i || ':1', 'MANY-' || i, 1, 'paid', '{}', ?1, 1, ?1 FROM n`,
    )
      .bind(at(100))
      .run()
    const runs = []
    for (let run = 0; run < 3; run++) runs.push(await deleteExpired(deps, unlimitedBudget))
    expect(runs.map(({ events }) => events)).toEqual([10_000, 1_200, 0])
  })

  it('T69: the event of an issue that was deleted is not written again with the issue', async () => {
    const recovery = createRecoveryFixture()
    const { reconciliationIssues } = recovery.deps.store
    const payment = {
      impUid: toImpUid('imp_Rissue'),
      merchantUid: idOf('R-issue'),
      status: 'paid',
      amount: { minor: 64_900, currency: 'KRW' },
      cancelled: { minor: 0, currency: 'KRW' },
      payMethod: 'card',
      pgProvider: null,
    } as const
    await reconciliationIssues.add([{ kind: 'order_unknown', payment }])
    await clearOutbox()
    await reconciliationIssues.add([{ kind: 'order_unknown', payment }])
    expect(await recovery.select('SELECT id FROM outbox')).toEqual([])
  })
})

describe('T69: refusals of one order', () => {
  it('are recorded up to a hundred times; money for the order always is', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('R-bound')
    const order = await recovery.read('R-bound')
    const refuse = (index: number, isMoney: boolean) =>
      recovery.deps.store.orders.recordAttempt({
        order,
        payment: {
          impUid: toImpUid(`imp_bound${index}`),
          merchantUid: isMoney ? order.merchantUid : idOf('R-elsewhere'),
          amount: { minor: 100, currency: 'KRW' },
          cancelled: { minor: 0, currency: 'KRW' },
          sandbox: false,
          payMethod: 'card',
          pgProvider: null,
          isBillingKeyIssue: false,
          discount: null,
          receiptUrl: null,
          deposits: [],
          status: 'paid',
          startedAt: start,
          paidAt: start,
          accountDueAt: null,
        },
        outcome: 'refused',
        reason: isMoney ? 'amount_mismatch' : 'order_mismatch',
      })
    for (let index = 0; index < 130; index++) {
      expect(await refuse(index, false)).toEqual({ ok: true, value: null })
    }
    expect(await refuse(500, true)).toEqual({ ok: true, value: null })
    const [bound] = await recovery.select(
      "SELECT count(*) AS n FROM attempts WHERE merchant_uid = 'R-bound'",
    )
    expect(bound).toEqual({ n: 101 })
    expect(
      await recovery.select("SELECT id FROM reconciliation_issues WHERE merchant_uid = 'R-bound'"),
    ).toEqual([{ id: 'mismatch_paid:imp_bound500' }])
  })
})
