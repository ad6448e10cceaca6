import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMysqlStore, createPostgresStore, createSqliteStore } from '../../src/index.ts'
import { createMysqlDatabase, createPostgresDatabase, createSqliteFile } from '../databases.ts'
import { type Connect, cards, createMerchant } from './merchant.ts'

// Subscriptions of two instances of the server on one database, judged by the provider's ledger.

const plan = {
  amount: 9_900,
  currency: 'KRW',
  period: { unit: 'month', count: 1 },
  anchor_day: 31,
}
const again = '/subscribe/payments/again'
let ids = 0
const newId = () => `s${++ids}`

function journeyTests(connect: Connect): void {
  it('charges now, and each month on the 31st or the last day, once', async () => {
    const merchant = createMerchant(connect)
    const id = newId()
    const request = { id, customer_id: `고객/${id}`, name: '구독', plan }
    await merchant.register(request.customer_id)
    const created = await merchant.api('/subscriptions', request)
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({
      id,
      status: 'active',
      period: 2,
      next_at: '2027-02-28T01:00:00.000Z',
    })
    expect((await merchant.api('/subscriptions', request)).status).toBe(200)
    await merchant.moveTo('2027-02-28T00:59:00Z')
    expect(await merchant.ledger(id)).toEqual([`sub-${id}-1-1 paid`])
    await merchant.moveTo('2027-02-28T01:00:00Z')
    await merchant.moveTo('2027-02-28T01:01:00Z')
    await merchant.moveTo('2027-03-31T01:00:00Z')
    await merchant.moveTo('2027-03-31T01:01:00Z')
    expect(await merchant.ledger(id)).toEqual([
      `sub-${id}-1-1 paid`,
      `sub-${id}-2-1 paid`,
      `sub-${id}-3-1 paid`,
    ])
    expect(merchant.events(id)).toEqual(['created 1', 'charged 1', 'charged 2', 'charged 3'])
    const listed = await merchant.api(
      `/subscriptions?customer_id=${encodeURIComponent(request.customer_id)}`,
    )
    expect(listed.body).toMatchObject({ subscriptions: [{ id, period: 4 }], next: null })
  })

  it('a declined card: past due, another try by the policy, and at once with another card', async () => {
    const merchant = createMerchant(connect)
    const id = newId()
    await merchant.register(id, cards.noBalance)
    const request = { id, customer_id: id, name: '구독', plan: { ...plan, hour: 12 } }
    const created = await merchant.api('/subscriptions', request)
    expect(created.body).toMatchObject({ status: 'past_due', reason: 'curable', period: 1 })
    // A failed charge sends no webhook: nothing may wait for one.
    await merchant.moveTo('2027-02-01T01:00:00Z')
    await merchant.moveTo('2027-02-01T01:01:00Z')
    expect(await merchant.ledger(id)).toEqual([`sub-${id}-1-1 failed`, `sub-${id}-1-2 failed`])
    await merchant.register(id)
    await merchant.moveTo('2027-02-01T05:00:00Z')
    await merchant.moveTo('2027-02-01T05:01:00Z')
    expect(await merchant.ledger(id)).toEqual([
      `sub-${id}-1-1 failed`,
      `sub-${id}-1-2 failed`,
      `sub-${id}-1-3 paid`,
    ])
    expect(merchant.events(id)).toEqual([
      'created 1',
      'charge_failed 1',
      'past_due 1',
      'charge_failed 1',
      'charged 1',
      'recovered 1',
    ])
  })

  for (const [what, fault, lookups] of [
    ['was made', 'reset_after', 1],
    ['never arrived', 'reset', 3],
  ] as const) {
    it(`T162: a charge whose answer is lost is looked up first: one that ${what} is made once`, async () => {
      const merchant = createMerchant(connect)
      const id = newId()
      await merchant.register(id)
      await merchant.fault(fault, again, 1)
      const request = { id, customer_id: id, name: '구독', plan }
      const created = await merchant.api('/subscriptions', request)
      expect(created.body).toMatchObject({ status: 'active', period: 1 })
      expect(created.body['attempts']).toMatchObject([
        { state: 'open', merchant_uid: `sub-${id}-1-1` },
      ])
      for (const time of ['03:01', '03:05', '03:20', '03:21', '03:22'].slice(0, 2 + lookups)) {
        await merchant.moveTo(`2027-01-31T${time}:00Z`)
      }
      expect(await merchant.ledger(id)).toEqual([`sub-${id}-1-1 paid`])
      expect(merchant.events(id)).toEqual(['created 1', 'charged 1'])
    })
  }

  it('T160: two instances and ten requests at once make one attempt, and charge once', async () => {
    const merchant = createMerchant(connect)
    const id = newId()
    const request = { id, customer_id: id, name: '구독', plan }
    await merchant.api('/subscriptions', request)
    await merchant.register(id)
    await Promise.all([
      merchant.moveTo('2027-01-31T03:01:00Z'),
      ...Array.from({ length: 10 }, () => merchant.api(`/subscriptions/${id}/charge-now`, {})),
    ])
    await merchant.moveTo('2027-01-31T03:02:00Z')
    expect(await merchant.ledger(id)).toEqual([`sub-${id}-1-1 paid`])
    expect(merchant.calls()).toBe(1)
    expect(merchant.events(id)).toEqual(['created 1', 'past_due 1', 'charged 1', 'recovered 1'])
  })

  it('T161: a charge that only the webhook reports is booked at once', async () => {
    const merchant = createMerchant(connect)
    const id = newId()
    await merchant.register(id)
    await merchant.fault('reset_after', again, 1)
    await merchant.api('/subscriptions', { id, customer_id: id, name: '구독', plan })
    await merchant.report(`sub-${id}-1-1`)
    // Its outcome would be looked up a minute after the call.
    await merchant.moveTo('2027-01-31T03:00:10Z')
    expect((await merchant.api(`/subscriptions/${id}`)).body).toMatchObject({ period: 2 })
    expect(await merchant.ledger(id)).toEqual([`sub-${id}-1-1 paid`])
  })

  it('T165: a charge whose order the merchant closes unpaid pays no period, and is made anew', async () => {
    const merchant = createMerchant(connect)
    const id = newId()
    await merchant.register(id)
    await merchant.fault('reset', again, 1)
    await merchant.api('/subscriptions', { id, customer_id: id, name: '구독', plan })
    const closed = await merchant.api(`/orders/sub-${id}-1-1/cancel`, {})
    expect(closed.body).toMatchObject({ status: 'cancelled', imp_uid: null })
    await merchant.moveTo('2027-01-31T03:01:00Z')
    expect((await merchant.api(`/subscriptions/${id}`)).body).toMatchObject({
      period: 1,
      status: 'past_due',
      attempts: [{ state: 'failed', order_status: 'expired' }],
    })
    await merchant.moveTo('2027-02-01T01:00:00Z')
    await merchant.moveTo('2027-02-01T01:01:00Z')
    expect(await merchant.ledger(id)).toEqual([`sub-${id}-1-2 paid`])
  })

  it('T163: money that arrives after the subscription gave up, or was cancelled, is refunded', async () => {
    const merchant = createMerchant(connect)
    const id = newId()
    await merchant.register(id, cards.refused)
    const retry = { steps: [], grace_days: 0 }
    const request = { id, customer_id: id, name: '구독', plan: { ...plan, retry } }
    const created = await merchant.api('/subscriptions', request)
    expect(created.body).toMatchObject({ status: 'cancelled', reason: 'refused', next_at: null })
    // The provider's console may try again what the shop has given up, and no call can forbid it.
    await merchant.clock.set(new Date('2027-02-02T00:00:00Z'))
    await merchant.approveLate(`sub-${id}-1-1`)
    await merchant.moveTo('2027-02-02T00:01:00Z')
    await merchant.moveTo('2027-02-02T00:02:00Z')
    expect(await merchant.ledger(id)).toEqual([`sub-${id}-1-1 cancelled -9900`])
    expect(merchant.events(id)).toEqual([
      'created 1',
      'charge_failed 1',
      'past_due 1',
      'cancelled 1',
      'refunded 1',
    ])
  })

  it('T163: the payment that paid a period is refunded, also after late money of another attempt was', async () => {
    const merchant = createMerchant(connect)
    const id = newId()
    await merchant.register(id, cards.refused)
    await merchant.api('/subscriptions', { id, customer_id: id, name: '구독', plan })
    await merchant.register(id)
    await merchant.moveTo('2027-01-31T03:01:00Z')
    await merchant.approveLate(`sub-${id}-1-1`)
    await merchant.report(`sub-${id}-1-1`)
    await merchant.moveTo('2027-01-31T03:02:00Z')
    expect(await merchant.ledger(id)).toEqual([
      `sub-${id}-1-1 cancelled -9900`,
      `sub-${id}-1-2 paid`,
    ])
    await merchant.api(`/subscriptions/${id}/refund-period`, { period: 1 })
    expect(await merchant.ledger(id)).toEqual([
      `sub-${id}-1-1 cancelled -9900`,
      `sub-${id}-1-2 cancelled -9900`,
    ])
  })

  it('T164: a key that is deleted while another one is charged is not charged after it', async () => {
    const merchant = createMerchant(connect)
    const id = newId()
    const other = await merchant.register(id)
    await merchant.register(id, cards.refused)
    merchant.whileCharging(() => merchant.api(`/billing-keys/${other}`, undefined, 'DELETE'))
    const created = await merchant.api('/subscriptions', {
      id,
      customer_id: id,
      name: '구독',
      plan,
    })
    expect(created.body).toMatchObject({ status: 'past_due' })
    expect(await merchant.ledger(id)).toEqual([`sub-${id}-1-1 failed`])
  })

  it('may have an id that another one begins with', async () => {
    const merchant = createMerchant(connect)
    const id = newId()
    const longer = `${id}-x`
    await merchant.register(id)
    const request = { customer_id: id, name: '구독', plan }
    expect((await merchant.api('/subscriptions', { ...request, id: longer })).status).toBe(201)
    expect((await merchant.api('/subscriptions', { ...request, id })).status).toBe(201)
    expect(await merchant.ledger(longer)).toEqual([`sub-${longer}-1-1 paid`])
  })

  it('a customer without a key is past due without a call, and charged once there is one', async () => {
    const merchant = createMerchant(connect)
    const id = newId()
    const created = await merchant.api('/subscriptions', {
      id,
      customer_id: id,
      name: '구독',
      plan,
    })
    expect(created.body).toMatchObject({ status: 'past_due', reason: 'no_billing_key', period: 1 })
    expect(await merchant.ledger(id)).toEqual([])
    await merchant.register(id)
    await merchant.moveTo('2027-01-31T03:01:00Z')
    expect(await merchant.ledger(id)).toEqual([`sub-${id}-1-1 paid`])
  })

  it('is paused, resumed, changed, refunded and cancelled', async () => {
    const merchant = createMerchant(connect)
    const id = newId()
    await merchant.register(id)
    await merchant.api('/subscriptions', { id, customer_id: id, name: '구독', plan })
    const command = async (name: string, body: unknown = {}) =>
      (await merchant.api(`/subscriptions/${id}/${name}`, body)).body
    expect(await command('pause')).toMatchObject({ status: 'paused' })
    expect(await command('pause')).toMatchObject({ status: 'paused' })
    await merchant.moveTo('2027-02-28T02:00:00Z')
    expect(await merchant.ledger(id)).toEqual([`sub-${id}-1-1 paid`])
    expect(await command('resume')).toMatchObject({ status: 'active', period: 3 })
    expect(await merchant.ledger(id)).toEqual([`sub-${id}-1-1 paid`, `sub-${id}-2-1 paid`])
    const dearer = { ...plan, amount: 12_000 }
    expect(await command('change-plan', { plan: dearer })).toMatchObject({
      plan: { amount: 12_000 },
      paid_through: '2027-03-31T01:00:00.000Z',
    })
    expect(await command('refund-period', { period: 2 })).toMatchObject({ status: 'active' })
    expect(await command('refund-period', { period: 2 })).toMatchObject({ status: 'active' })
    expect(await command('refund-period', { period: 3 })).toMatchObject({
      error: 'period_not_charged',
    })
    expect(await command('cancel')).toMatchObject({
      status: 'active',
      cancel_at: '2027-03-31T01:00:00.000Z',
    })
    await merchant.moveTo('2027-03-31T01:00:00Z')
    await merchant.moveTo('2027-03-31T01:01:00Z')
    expect(await merchant.ledger(id)).toEqual([
      `sub-${id}-1-1 paid`,
      `sub-${id}-2-1 cancelled -9900`,
    ])
    expect((await merchant.api(`/subscriptions/${id}`)).body).toMatchObject({ status: 'cancelled' })
    expect(await command('resume')).toMatchObject({
      error: 'status_unsuitable',
      detail: 'status is cancelled',
    })
    expect(await command('cancel', { at: 'now' })).toMatchObject({ status: 'cancelled' })
    expect(merchant.events(id)).toEqual([
      'created 1',
      'charged 1',
      'paused 2',
      'resumed 2',
      'charged 2',
      'plan_changed 3',
      'refunded 2',
      'cancelled 3',
    ])
  })
}

describe('subscriptions on SQLite', () => {
  const file = createSqliteFile()
  let connectFile: Connect | undefined
  beforeAll(async () => {
    const { connect } = await file
    connectFile = (now) => createSqliteStore(connect(), { now })
  })
  afterAll(async () => (await file).remove())
  journeyTests((now) => {
    if (connectFile === undefined) throw new TypeError('The file is not open')
    return connectFile(now)
  })
})

const postgres = await createPostgresDatabase()
describe.skipIf(postgres.isMissing)(`subscriptions on PostgreSQL${postgres.note}`, () => {
  afterAll(postgres.drop)
  journeyTests((now) => createPostgresStore(postgres.pool, { now }))
})

const mysql = await createMysqlDatabase()
describe.skipIf(mysql.isMissing)(`subscriptions on MySQL or MariaDB${mysql.note}`, () => {
  afterAll(mysql.drop)
  journeyTests((now) => createMysqlStore(mysql.pool, { now }))
})
