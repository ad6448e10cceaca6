import { payments, vbanks } from '@quayside/client'
import { parseImpUid } from '@quayside/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { syncRecord } from '../../../../packages/server/src/payments/sync-record.ts'
import { clearCursors, createRecoveryFixture, idOf, start } from '../fixtures/recovery.ts'

const hourMs = 3_600_000
const graceMs = 3 * hourMs
type Recovery = ReturnType<typeof createRecoveryFixture>

/** With the grace period that a server has unless it is set. */
const createFixture = (): Recovery => createRecoveryFixture(undefined, { vbankGraceHours: 3 })

/** Issues an account whose due date is so long after the start, and returns its payment. */
const issue = (recovery: Recovery, id: string, dueMs: number): Promise<string> =>
  recovery.pay(id, {
    status: 'ready',
    pay_method: 'vbank',
    vbank_date: Math.floor((start.getTime() + dueMs) / 1000),
  })
/** Sets the clock to so long after the start, and runs the jobs twice. */
async function runAt(recovery: Recovery, ms: number): Promise<void> {
  await recovery.clock.set(new Date(start.getTime() + ms))
  await recovery.sweep(2)
}
const stateOf = async (recovery: Recovery, id: string) => {
  const { status, impUid } = await recovery.read(id)
  return { status, impUid }
}
const issuesOf = (recovery: Recovery, id: string) =>
  recovery.select('SELECT kind, imp_uid FROM reconciliation_issues WHERE merchant_uid = ?1', id)
const revocationsOf = async (recovery: Recovery, id: string) => {
  const found = await recovery.deps.store.revocations.ofOrder(idOf(id))
  if (!found.ok) throw new TypeError(found.failure.reason)
  return found.value.map(({ impUid, state }) => ({ impUid, state }))
}
const fault = (recovery: Recovery, on: boolean) =>
  on
    ? recovery.control('/faults', { fault: 'unavailable_json', path: '*', times: 'always' })
    : recovery.control('/faults', {}, 'DELETE')

beforeEach(async () => {
  await clearCursors()
})

describe('a deposit around the due date', () => {
  it('T62: made in time and visible minutes after the due date, it pays the order', async () => {
    const recovery = createFixture()
    await recovery.order('A-visible')
    const impUid = await issue(recovery, 'A-visible', hourMs)
    await recovery.sweep()
    await recovery.clock.set(new Date(start.getTime() + hourMs - 30_000))
    await recovery.control(`/payments/${impUid}/deposit`)
    await fault(recovery, true)
    await recovery.sweep(4)
    expect(await stateOf(recovery, 'A-visible')).toEqual({ status: 'vbank_issued', impUid })
    await fault(recovery, false)
    await recovery.sweep(2)
    expect(await stateOf(recovery, 'A-visible')).toEqual({ status: 'paid', impUid })
    expect(await issuesOf(recovery, 'A-visible')).toEqual([])
  })

  it('T62: the account stays open during the grace period, and is revoked after it', async () => {
    const recovery = createFixture()
    await recovery.order('A-grace')
    const impUid = await issue(recovery, 'A-grace', hourMs)
    await recovery.sweep()
    await runAt(recovery, hourMs + graceMs - 3 * 60_000)
    expect(await stateOf(recovery, 'A-grace')).toEqual({ status: 'vbank_issued', impUid })
    expect(await revocationsOf(recovery, 'A-grace')).toEqual([])
    await runAt(recovery, hourMs + graceMs)
    expect(await stateOf(recovery, 'A-grace')).toEqual({ status: 'expired', impUid })
    await recovery.sweep(2)
    expect(await revocationsOf(recovery, 'A-grace')).toEqual([{ impUid, state: 'confirmed' }])
  })

  for (const late of ['report', 'refund', 'deliver'] as const) {
    it(`T62: made in time and seen after the order expired, it pays the order under the policy ${late}`, async () => {
      const recovery = createRecoveryFixture()
      const id = `A-seen-${late}`
      await recovery.order(id, { policy: { late, unmatched: 'report' } })
      const impUid = await issue(recovery, id, hourMs)
      await recovery.sweep()
      // The provider shows the deposit only after the order expired.
      const order = await recovery.read(id)
      await recovery.clock.set(new Date(start.getTime() + hourMs - 1_000))
      await recovery.control(`/payments/${impUid}/deposit`)
      await recovery.deps.store.orders.expire(order)
      expect(await stateOf(recovery, id)).toEqual({ status: 'expired', impUid })
      await recovery.sweep(2)
      expect(await stateOf(recovery, id)).toEqual({ status: 'paid', impUid })
      expect(await issuesOf(recovery, id)).toEqual([])
    })
  }

  it('T62: made during the grace period and seen after it, it is late', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('A-late')
    const impUid = await issue(recovery, 'A-late', hourMs)
    await recovery.sweep()
    const order = await recovery.read('A-late')
    await recovery.clock.set(new Date(start.getTime() + hourMs + 1_000))
    await recovery.control(`/payments/${impUid}/deposit`)
    await recovery.deps.store.orders.expire(order)
    await recovery.sweep(2)
    expect(await stateOf(recovery, 'A-late')).toEqual({ status: 'expired', impUid })
    expect(await issuesOf(recovery, 'A-late')).toEqual([{ kind: 'late_paid', imp_uid: impUid }])
  })
})

describe('a second account of an order, issued by a stranger', () => {
  for (const [what, dueMs] of [
    ['an earlier', hourMs],
    ['a later', 100 * hourMs],
  ] as const) {
    it(`T63: with ${what} due date it costs the buyer nothing: the honest deposit pays`, async () => {
      const recovery = createFixture()
      const id = `A-stranger-${dueMs}`
      await recovery.order(id)
      const honest = await issue(recovery, id, 24 * hourMs)
      await recovery.sweep()
      const strange = await issue(recovery, id, dueMs)
      await recovery.sweep(2)
      expect((await recovery.read(id)).accounts.map(({ impUid }) => impUid).toSorted()).toEqual(
        [honest, strange].toSorted(),
      )
      await runAt(recovery, 24 * hourMs - 5 * 60_000)
      await recovery.control(`/payments/${honest}/deposit`)
      await recovery.sweep(2)
      expect(await stateOf(recovery, id)).toEqual({ status: 'paid', impUid: honest })
      expect(await issuesOf(recovery, id)).toEqual([])
      await recovery.sweep(2)
      expect(await revocationsOf(recovery, id)).toEqual([{ impUid: strange, state: 'confirmed' }])
    })
  }

  it('T63: twelve of them, all due at once, do not make the order expire early', async () => {
    const recovery = createFixture()
    await recovery.order('A-many')
    const honest = await issue(recovery, 'A-many', 24 * hourMs)
    await recovery.sweep()
    for (let count = 0; count < 12; count++) await issue(recovery, 'A-many', hourMs)
    await recovery.sweep()
    await runAt(recovery, 12 * hourMs)
    const order = await recovery.read('A-many')
    expect([order.status, order.impUid, order.accounts.length]).toEqual([
      'vbank_issued',
      honest,
      10,
    ])
    await recovery.control(`/payments/${honest}/deposit`)
    await recovery.sweep(2)
    expect(await stateOf(recovery, 'A-many')).toEqual({ status: 'paid', impUid: honest })
  })

  it('T63: the order goes on with the account that is left when the other is revoked', async () => {
    const recovery = createFixture()
    await recovery.order('A-left')
    const first = await issue(recovery, 'A-left', 24 * hourMs)
    const second = await issue(recovery, 'A-left', 48 * hourMs)
    await recovery.sweep(2)
    expect(await stateOf(recovery, 'A-left')).toEqual({ status: 'vbank_issued', impUid: second })
    for (const impUid of [second, first]) {
      await recovery.deps.client.call(vbanks.remove, { imp_uid: impUid })
      await runAt(recovery, impUid === second ? hourMs : 3 * hourMs)
      expect(await stateOf(recovery, 'A-left')).toEqual(
        impUid === second
          ? { status: 'vbank_issued', impUid: first }
          : { status: 'failed', impUid: first },
      )
    }
  })

  it('T63: both are revoked when the order expires with the later one', async () => {
    const recovery = createFixture()
    await recovery.order('A-both')
    const first = await issue(recovery, 'A-both', hourMs)
    const second = await issue(recovery, 'A-both', 10 * hourMs)
    await recovery.sweep(2)
    await runAt(recovery, 10 * hourMs + graceMs - 5 * 60_000)
    expect((await recovery.read('A-both')).status).toBe('vbank_issued')
    await runAt(recovery, 10 * hourMs + graceMs)
    expect((await recovery.read('A-both')).status).toBe('expired')
    await recovery.sweep(2)
    expect(await revocationsOf(recovery, 'A-both')).toEqual(
      [first, second].toSorted().map((impUid) => ({ impUid, state: 'confirmed' })),
    )
  })

  it('T63: a card payment in another window revokes the accounts that are open', async () => {
    const recovery = createFixture()
    await recovery.order('A-card')
    const account = await issue(recovery, 'A-card', 24 * hourMs)
    await recovery.sweep()
    const card = await recovery.pay('A-card')
    await recovery.sweep(3)
    expect(await stateOf(recovery, 'A-card')).toEqual({ status: 'paid', impUid: card })
    expect(await revocationsOf(recovery, 'A-card')).toEqual([
      { impUid: account, state: 'confirmed' },
    ])
  })
})

describe('an account of an old order', () => {
  it('expires like any other, although the order was polled no more', async () => {
    const recovery = createFixture()
    await recovery.order('A-old')
    for (let day = 0; day < 32; day++) await runAt(recovery, day * 24 * hourMs)
    const polls = () => recovery.select("SELECT * FROM poll_schedule WHERE merchant_uid = 'A-old'")
    expect(await polls()).toEqual([])
    const issuedMs = 32 * 24 * hourMs
    const impUid = await issue(recovery, 'A-old', issuedMs + hourMs)
    const record = await recovery.deps.client.call(payments.get, {
      imp_uid: impUid,
      include_sandbox: true,
    })
    const id = parseImpUid(impUid)
    if (!record.ok || !id.ok) throw new TypeError(impUid)
    // A webhook reports it.
    await syncRecord(await recovery.read('A-old'), id.value, record.value, recovery.deps)
    expect(await stateOf(recovery, 'A-old')).toEqual({ status: 'vbank_issued', impUid })
    await runAt(recovery, issuedMs + hourMs + graceMs)
    expect(await stateOf(recovery, 'A-old')).toEqual({ status: 'expired', impUid })
    await recovery.sweep()
    expect(await revocationsOf(recovery, 'A-old')).toEqual([{ impUid, state: 'confirmed' }])
    expect(await polls()).toEqual([])
  })
})
