import { createClock } from '@quayside/simulator'
import { beforeEach, describe, expect, it } from 'vitest'
import { createShop } from '../fixtures/merchant.ts'
import { clearCursors, createRecoveryFixture, idOf, start } from '../fixtures/recovery.ts'

type Shop = ReturnType<typeof createShop>

const instant: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const account = (dueInMs: number) => ({
  status: 'ready',
  pay_method: 'vbank',
  vbank_date: Math.floor((start.getTime() + dueInMs) / 1_000),
})
const dayMs = 86_400_000

/** A shop with an order that has a virtual account. */
async function issue(id: string, isReported = true) {
  const clock = createClock({ at: start })
  const shop = createShop({}, undefined, { clock, now: () => clock.now() })
  await shop.post('/orders', { merchant_uid: id, amount: 64_900, currency: 'KRW' })
  const impUid = await shop.pay(id, { pay_method: 'vbank' })
  if (isReported) await shop.report(id, impUid)
  const sweep = async () => {
    await clock.advance(60_000)
    await shop.runCron('* * * * *')
  }
  return { shop, impUid, sweep }
}
const cancel = (shop: Shop, id: string) => shop.post(`/orders/${id}/cancel`, {})
const deposit = async (shop: Shop, impUid: string) =>
  (await shop.control(`/payments/${impUid}/deposit`)).status
const revocations = async (shop: Shop, id: string) =>
  (await shop.send(`/orders/${id}/cancels`)).body['revocations']

describe('an order that is closed while its account is open', () => {
  it('revokes the account, so that it receives no deposit, and shows the revocation', async () => {
    const { shop, impUid } = await issue('V-closed')
    expect(await cancel(shop, 'V-closed')).toMatchObject({ body: { status: 'cancelled' } })
    expect(await revocations(shop, 'V-closed')).toEqual([
      {
        imp_uid: impUid,
        state: 'confirmed',
        detail: null,
        requested_at: instant,
        settled_at: instant,
      },
    ])
    expect(await deposit(shop, impUid)).toBe(409)
  })

  it('finds an account that no message has reported', async () => {
    const { shop, impUid } = await issue('V-untold', false)
    await cancel(shop, 'V-untold')
    expect(await revocations(shop, 'V-untold')).toMatchObject([
      { imp_uid: impUid, state: 'confirmed' },
    ])
    expect(await deposit(shop, impUid)).toBe(409)
  })

  it('revokes each of two accounts', async () => {
    const { shop, impUid } = await issue('V-two')
    const second = await shop.pay('V-two', { pay_method: 'vbank' })
    await cancel(shop, 'V-two')
    expect(await revocations(shop, 'V-two')).toHaveLength(2)
    expect([await deposit(shop, impUid), await deposit(shop, second)]).toEqual([409, 409])
  })

  it('T21: is closed although the provider refuses the revocation; a deposit is reported as late', async () => {
    const { shop, impUid, sweep } = await issue('V-refused')
    await shop.control('/faults', {
      fault: 'pg_refused',
      path: '/vbanks/{imp_uid}',
      times: 'always',
    })
    expect(await cancel(shop, 'V-refused')).toMatchObject({ body: { status: 'cancelled' } })
    expect(await revocations(shop, 'V-refused')).toMatchObject([
      { state: 'refused', detail: 'PG사 오류입니다.' },
    ])
    expect(await deposit(shop, impUid)).toBe(200)
    await shop.report('V-refused', impUid)
    await sweep()
    const { body } = await shop.send('/reconciliation-issues')
    expect(body['reconciliation_issues']).toContainEqual(
      expect.objectContaining({ kind: 'late_paid', imp_uid: impUid, outcome: null }),
    )
  })

  it('T15: relies on the record when the response is lost', async () => {
    const { shop } = await issue('V-lost')
    await shop.control('/faults', { fault: 'reset_after', path: '/vbanks/{imp_uid}' })
    await cancel(shop, 'V-lost')
    expect(await revocations(shop, 'V-lost')).toMatchObject([{ state: 'confirmed' }])
  })

  it('T15: is unknown while nothing responds, and is resolved later without a person', async () => {
    const { shop, impUid, sweep } = await issue('V-unknown')
    await shop.control('/faults', {
      fault: 'reset',
      path: '/vbanks/{imp_uid}',
      times: 'always',
    })
    expect(await cancel(shop, 'V-unknown')).toMatchObject({ body: { status: 'cancelled' } })
    const unknown = [{ imp_uid: impUid, state: 'unknown', detail: null, settled_at: null }]
    expect(await revocations(shop, 'V-unknown')).toMatchObject(unknown)
    await sweep()
    expect(await revocations(shop, 'V-unknown')).toMatchObject(unknown)
    await shop.control('/faults', {}, 'DELETE')
    await sweep()
    expect(await revocations(shop, 'V-unknown')).toMatchObject([{ state: 'confirmed' }])
    expect(await deposit(shop, impUid)).toBe(409)
  })

  it('T14: a deposit during the close is reported, and nothing is revoked', async () => {
    const { shop, impUid, sweep } = await issue('V-raced')
    await shop.control('/faults', {
      fault: 'reset',
      path: '/vbanks/{imp_uid}',
      times: 'always',
    })
    await cancel(shop, 'V-raced')
    await deposit(shop, impUid)
    await shop.control('/faults', {}, 'DELETE')
    await sweep()
    expect(await revocations(shop, 'V-raced')).toMatchObject([
      { state: 'refused', detail: 'it was paid into' },
    ])
    await sweep()
    expect(await shop.send('/orders/V-raced')).toMatchObject({ body: { status: 'cancelled' } })
    const { body } = await shop.send('/reconciliation-issues')
    expect(body['reconciliation_issues']).toContainEqual(
      expect.objectContaining({ kind: 'late_paid', imp_uid: impUid }),
    )
  })
})

describe('the job that revokes accounts', () => {
  beforeEach(async () => {
    await clearCursors()
  })

  it('T16: revokes an account of which a process that died had only written the intent', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('V-died')
    const impUid = await recovery.pay('V-died', account(3 * dayMs))
    await recovery.sweep()
    const order = await recovery.read('V-died')
    await recovery.deps.store.orders.close(order, order.impUid === null ? [] : [order.impUid])
    await recovery.sweep(2)
    expect(await recovery.deps.store.revocations.ofOrder(idOf('V-died'))).toMatchObject({
      value: [{ impUid, state: 'confirmed' }],
    })
  })

  it('T54: five runs at once ask the provider once', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('V-sweepers')
    await recovery.pay('V-sweepers', account(90_000))
    await recovery.sweep()
    await recovery.clock.advance(120_000)
    await recovery.runJobs()
    await recovery.clock.advance(60_000)
    await recovery.control('/request-log/reset')
    await Promise.all(Array.from({ length: 5 }, () => recovery.runJobs()))
    expect((await recovery.control('/request-log', {}, 'GET'))['DELETE /vbanks/{imp_uid}']).toBe(1)
  })

  for (const [late, state] of [
    ['report', 'confirmed'],
    ['refund', 'confirmed'],
    ['deliver', null],
  ] as const) {
    it(`T21: ${state === null ? 'leaves' : 'revokes'} the account of an order that expired under "late": "${late}"`, async () => {
      const recovery = createRecoveryFixture()
      const id = `V-${late}`
      await recovery.order(id, { policy: { late, unmatched: 'report' } })
      await recovery.pay(id, account(90_000))
      await recovery.sweep(5)
      expect((await recovery.read(id)).status).toBe('expired')
      const found = await recovery.deps.store.revocations.ofOrder(idOf(id))
      expect(found.ok && found.value.map((each) => each.state)).toEqual(
        state === null ? [] : [state],
      )
    })
  }
})
