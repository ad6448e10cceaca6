import { DatabaseSync } from 'node:sqlite'
import { parseMerchantUid, parseMoney } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { createSqliteStore, migrateSqlite } from '../../src/index.ts'
import { createMerchant } from './merchant.ts'

// A merchant that charged its subscribers by the provider's schedules before, and moves them here.

const plan = { amount: 9_900, currency: 'KRW', period: { unit: 'month', count: 1 } }
const february = '2027-02-05T01:00:00Z'
const march = '2027-03-05T01:00:00Z'
const request = {
  id: 'sub42',
  customer_id: 'member-42',
  name: '구독',
  plan,
  schedules: ['OLD-2', 'OLD-3'],
}
const existing = { customer_id: 'member-42', method: 'existing', customer_uid: 'm42_c1' }

async function createOldShop({ registers = true, pg_provider = 'nice_v2' } = {}) {
  const database = new DatabaseSync(':memory:')
  await migrateSqlite(database)
  const merchant = createMerchant((now) => createSqliteStore(database, { now }))
  await merchant.control('/billing-keys', {
    customer_uid: 'm42_c1',
    customer_id: 'old',
    pg_provider,
  })
  const schedule = (merchant_uid: string, at: string, more: object = {}) =>
    merchant.control('/schedules', {
      customer_uid: 'm42_c1',
      merchant_uid,
      amount: 9_900,
      name: '구독',
      schedule_at: Date.parse(at) / 1_000,
      ...more,
    })
  await schedule('OLD-2', february)
  await schedule('OLD-3', march)
  if (registers) await merchant.api('/billing-keys', existing)
  const readState = () =>
    merchant.control<{
      readonly payments: readonly { readonly merchant_uid: string; readonly status: string }[]
      readonly schedules: readonly {
        readonly merchant_uid: string
        readonly schedule_status: string
      }[]
    }>('/state')
  const paid = async () =>
    (await readState()).payments.map(({ merchant_uid, status }) => `${merchant_uid} ${status}`)
  const schedules = async () =>
    (await readState()).schedules.map((each) => `${each.merchant_uid} ${each.schedule_status}`)
  const store = createSqliteStore(database, { now: () => merchant.clock.now() })
  return { ...merchant, store, schedule, paid, schedules }
}

describe('a billing key that the provider has already', () => {
  it('is registered by its record, once, and is charged as any other', async () => {
    const shop = await createOldShop({ registers: false })
    const registered = await shop.api('/billing-keys', existing)
    expect(registered).toMatchObject({
      status: 201,
      body: {
        ...existing,
        status: 'registered',
        pg_provider: 'nice_v2',
        window: null,
      },
    })
    const { window: _, token: __, ...key } = registered.body
    expect((await shop.api('/billing-keys', existing)).body).toEqual(registered.body)
    expect(await shop.api('/billing-keys/m42_c1')).toEqual({ status: 200, body: key })
    const charged = { ...request, schedules: undefined }
    expect((await shop.api('/subscriptions', charged)).body).toMatchObject({ period: 2 })
  })

  it('T192: is not given to a second customer', async () => {
    const shop = await createOldShop()
    expect(await shop.api('/billing-keys', { ...existing, customer_id: 'other' })).toMatchObject({
      status: 422,
      body: { error: 'billing_key_of_another_customer' },
    })
  })

  it('T211: is registered by a corrected request after a wrong one, which leaves nothing', async () => {
    const shop = await createOldShop({ registers: false })
    const wrong = { ...existing, customer_id: 'member-24', pg: 'kakaopay' }
    expect(await shop.api('/billing-keys', wrong)).toMatchObject({
      status: 422,
      body: { error: 'card_refused', detail: 'channel_mismatch' },
    })
    expect((await shop.api('/billing-keys/m42_c1')).status).toBe(404)
    const right = { ...existing, pg: 'nice_v2' }
    const registered = { ...existing, status: 'registered', pg_provider: 'nice_v2' }
    expect(await shop.api('/billing-keys', right)).toMatchObject({ status: 201, body: registered })
    expect(await shop.api('/billing-keys/m42_c1', undefined, 'DELETE')).toMatchObject({
      status: 200,
      body: { status: 'deleted' },
    })
  })

  it('T211: is registered by a corrected request, although a wrong one was stored by an earlier version', async () => {
    const shop = await createOldShop({ registers: false })
    const id = parseMerchantUid('billingkey0000000000000000000001')
    const amount = parseMoney(0, 'KRW')
    if (!id.ok || !amount.ok) throw new TypeError('the registration')
    const stored = await shop.store.billingKeys.create({
      registrationId: id.value,
      customerUid: existing.customer_uid,
      customerId: existing.customer_id,
      mode: 'test',
      requested: {
        method: 'existing',
        pg: 'kakaopay',
        channelKey: null,
        payMethod: null,
        amount: amount.value,
        name: null,
      },
      orderUid: null,
      replaces: null,
    })
    expect(stored.ok).toBe(true)
    const registered = { ...existing, status: 'registered', pg_provider: 'nice_v2' }
    expect(await shop.api('/billing-keys', { ...existing, pg: 'nice_v2' })).toMatchObject({
      status: 201,
      body: registered,
    })
  })

  it.each([
    [{ customer_uid: 'unknown' }, 404, 'billing_key_unknown'],
    [{ customer_uid: undefined }, 400, 'request_invalid'],
    [{ customer_uid: '..' }, 400, 'request_invalid'],
    [{ method: 'window', pg: 'kakaopay' }, 400, 'request_invalid'],
    [{ order: { merchant_uid: 'ORD-1' } }, 400, 'request_invalid'],
    [{ pg: 'kakaopay' }, 422, 'card_refused'],
  ])('is refused with %o', async (more, status, error) => {
    const shop = await createOldShop({ registers: false })
    const refused = await shop.api('/billing-keys', { ...existing, ...more })
    expect(refused).toMatchObject({ status, body: { error } })
  })
})

describe('POST /subscriptions with the schedules that it takes over', () => {
  it('T193: revokes them, and charges from the day of the first of them on, once each', async () => {
    const shop = await createOldShop()
    const created = await shop.api('/subscriptions', request)
    expect(created).toMatchObject({
      status: 201,
      body: { status: 'trialing', next_at: '2027-02-05T01:00:00.000Z' },
    })
    expect(await shop.schedules()).toEqual(['OLD-2 revoked', 'OLD-3 revoked'])
    expect(await shop.api('/subscriptions', request)).toEqual({ ...created, status: 200 })
    for (const at of [february, '2027-02-05T01:01:00Z', march, '2027-03-05T01:01:00Z']) {
      await shop.moveTo(at)
    }
    expect(await shop.paid()).toEqual(['sub-sub42-1-1 paid', 'sub-sub42-2-1 paid'])
  })

  it('T193: the answer of the revocation may be lost, and so may that of the whole request', async () => {
    const shop = await createOldShop()
    await shop.fault('reset_after', '/subscribe/payments/unschedule', 1)
    const body = { status: 'trialing', next_at: '2027-02-05T01:00:00.000Z' }
    expect(await shop.api('/subscriptions', request)).toMatchObject({ status: 201, body })
    const interrupted = await createOldShop()
    await interrupted.schedule('OLD-4', march, { schedule_status: 'revoked' })
    const again = { ...request, schedules: ['OLD-4'] }
    expect(await interrupted.api('/subscriptions', again)).toMatchObject({
      status: 201,
      body: { next_at: '2027-03-05T01:00:00.000Z' },
    })
  })

  it('T193: without an answer of the provider there is no subscription', async () => {
    const shop = await createOldShop()
    await shop.fault('unavailable_json', '/subscribe/payments/schedule/{merchant_uid}', 99)
    expect(await shop.api('/subscriptions', request)).toMatchObject({
      status: 503,
      body: { error: 'schedules_not_revoked' },
    })
    expect((await shop.api('/subscriptions/sub42')).status).toBe(404)
  })

  it('T193: one that was executed before the request counts for its own period', async () => {
    const shop = await createOldShop()
    await shop.clock.set(new Date(february))
    expect(await shop.api('/subscriptions', request)).toMatchObject({
      status: 201,
      body: { next_at: '2027-03-05T01:00:00.000Z' },
    })
    expect(await shop.schedules()).toEqual(['OLD-2 executed', 'OLD-3 revoked'])
  })

  it.each([
    [{ schedules: ['OLD-9'] }, 422, 'schedule_unknown'],
    [{ schedules: ['OLD-2', 'OTHER-1'] }, 422, 'schedule_of_another_key'],
    [{ starts_at: '2027-01-01T00:00:00Z' }, 400, 'request_invalid'],
    [{ starts_at: '2029-01-01T00:00:00Z' }, 400, 'request_invalid'],
    [{ schedules: ['RUN-1'] }, 409, 'schedule_executed'],
    [{ schedules: ['OLD-2', 'OLD-2'] }, 400, 'request_invalid'],
  ])('revokes nothing with %o', async (more, status, error) => {
    const shop = await createOldShop()
    await shop.control('/billing-keys', { customer_uid: 'other', pg_provider: 'nice_v2' })
    await shop.schedule('OTHER-1', march, { customer_uid: 'other' })
    await shop.schedule('RUN-1', '2027-01-30T00:00:00Z', { schedule_status: 'executed' })
    const refused = await shop.api('/subscriptions', { ...request, ...more })
    expect(refused).toMatchObject({ status, body: { error } })
    expect((await shop.schedules()).toSorted()).toEqual([
      'OLD-2 scheduled',
      'OLD-3 scheduled',
      'OTHER-1 scheduled',
      'RUN-1 executed',
    ])
  })

  it('T194: a charge elsewhere with the key of a subscription is an issue', async () => {
    const shop = await createOldShop()
    await shop.api('/subscriptions', { ...request, schedules: ['OLD-2'] })
    for (const at of [
      march,
      '2027-03-05T01:30:00Z',
      '2027-03-06T02:00:00Z',
      '2027-03-07T02:00:00Z',
    ]) {
      await shop.moveTo(at)
    }
    const { body } = await shop.api('/reconciliation-issues')
    expect(body['reconciliation_issues']).toMatchObject([
      { kind: 'order_unknown', merchant_uid: 'OLD-3', amount: 9_900, outcome: null },
    ])
  })
})
