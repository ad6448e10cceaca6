import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { createSqliteStore, migrateSqlite } from '../../src/index.ts'
import { createMerchant } from './merchant.ts'

// What the provider is told with each charge of a subscription, and with its refund.

const plan = { amount: 9_900, currency: 'KRW', period: { unit: 'month', count: 1 } }
const buyer = { name: '홍길동', email: 'gildong@example.com', tel: '010-1234-5678' }
const told = { buyer_name: buyer.name, buyer_email: buyer.email, buyer_tel: buyer.tel }

async function createShop() {
  const database = new DatabaseSync(':memory:')
  await migrateSqlite(database)
  const merchant = createMerchant((now) => createSqliteStore(database, { now }))
  await merchant.register('c')
  const create = (more: object) =>
    merchant.api('/subscriptions', { id: 's', customer_id: 'c', name: '구독', plan, ...more })
  const rows = () => JSON.stringify(database.prepare('SELECT * FROM subscriptions').all())
  return { ...merchant, create, rows }
}

describe('charges of a subscription', () => {
  it('tell the PG the buyer and the tax-free share of what they charge', async () => {
    const shop = await createShop()
    const discounts = [{ periods: 1, percent: 33 }]
    const request = { buyer, tax_free: 3_300, plan: { ...plan, discounts } }
    expect((await shop.create(request)).body).toMatchObject({ period: 2 })
    await shop.moveTo('2027-02-28T01:00:00Z')
    await shop.moveTo('2027-02-28T03:01:00Z')
    expect(shop.charges).toMatchObject([
      { merchant_uid: 'sub-s-1-1', amount: 6_633, tax_free: 2_211, ...told },
      { merchant_uid: 'sub-s-2-1', amount: 9_900, tax_free: 3_300, ...told },
    ])
    expect((await shop.api('/orders/sub-s-1-1')).body).toMatchObject({ tax_free: 2_211 })
    expect(await shop.create(request)).toMatchObject({ status: 200 })
    expect(await shop.create({ ...request, tax_free: 1 })).toMatchObject({
      status: 409,
      body: { error: 'subscription_conflict' },
    })
  })

  it('T197: the refund of a period sends the tax-free part that its charge had', async () => {
    const shop = await createShop()
    await shop.create({ tax_free: 3_300 })
    await shop.api('/subscriptions/s/refund-period', { period: 1 })
    expect(shop.cancels).toMatchObject([{ tax_free: 3_300 }])
    expect(await shop.ledger('s')).toEqual(['sub-s-1-1 cancelled -9900'])
  })

  it('name neither where the subscription has none', async () => {
    const shop = await createShop()
    await shop.create({})
    expect(shop.charges.map((each) => Object.keys(each).toSorted())).toEqual([
      ['amount', 'currency', 'customer_uid', 'merchant_uid', 'name'],
    ])
  })

  it.each([
    [{ tax_free: 9_901 }, 'tax_free'],
    [{ tax_free: 0.5 }, 'tax_free'],
    [{ tax_free: -1 }, 'tax_free'],
    [{ buyer: { name: '' } }, 'buyer.name'],
    [{ buyer: { name: '홍길동', card: '1' } }, 'buyer.card'],
  ])('are refused with %o', async (more, detail) => {
    const shop = await createShop()
    expect(await shop.create(more)).toMatchObject({
      status: 400,
      body: { error: 'request_invalid', detail },
    })
  })
})

describe("other details of a subscription's buyer", () => {
  const changed = { name: '김철수', email: 'chulsoo@example.com' }
  const change = (shop: Awaited<ReturnType<typeof createShop>>, body: object, id = 's') =>
    shop.api(`/subscriptions/${id}`, body, 'PATCH')
  const moveToNextPeriod = async (shop: Awaited<ReturnType<typeof createShop>>) => {
    await shop.moveTo('2027-02-28T01:00:00Z')
    await shop.moveTo('2027-02-28T03:01:00Z')
  }

  it('T238: are told with the next charge in place of those before, and charge nothing', async () => {
    const shop = await createShop()
    const created = await shop.create({ buyer })
    const answer = await change(shop, { buyer: changed })
    expect(answer).toMatchObject({ status: 200, body: { id: 's', period: 2, status: 'active' } })
    expect(await change(shop, { buyer: changed })).toMatchObject({ status: 200 })
    expect(shop.charges).toHaveLength(1)
    await moveToNextPeriod(shop)
    expect(shop.charges[1]).toMatchObject({
      merchant_uid: 'sub-s-2-1',
      buyer_name: changed.name,
      buyer_email: changed.email,
    })
    expect(shop.charges[1]).not.toHaveProperty('buyer_tel')
    // The request with which it was created is still the same one.
    expect(await shop.create({ buyer })).toMatchObject({ status: 200 })
    expect(created.status).toBe(201)
  })

  it('T238: are in no response, event or log line', async () => {
    const shop = await createShop()
    await shop.create({ buyer })
    const answer = await change(shop, { buyer: { ...changed, tel: '010-9999-0000' } })
    await moveToNextPeriod(shop)
    const read = await shop.api('/subscriptions/s')
    const seen = JSON.stringify([answer, read, shop.received, shop.lines])
    for (const text of [...Object.values(changed), '010-9999-0000', ...Object.values(buyer)]) {
      expect(seen).not.toContain(text)
    }
    expect(shop.received.length).toBeGreaterThan(1)
  })

  it.each([{}, { tax_free: 3_300 }])(
    'T238: are all that is stored of the buyer, with %o',
    async (more) => {
      const shop = await createShop()
      await shop.create({ buyer, ...more })
      expect(shop.rows()).toContain(buyer.tel)
      await change(shop, { buyer: changed })
      const after = shop.rows()
      for (const text of Object.values(buyer)) expect(after).not.toContain(text)
      await moveToNextPeriod(shop)
      expect(shop.charges[1]).toMatchObject({ buyer_name: changed.name })
      expect(shop.charges[1]?.['tax_free']).toBe(shop.charges[0]?.['tax_free'])
      await shop.api('/subscriptions/s/cancel', { at: 'now' })
      await change(shop, { buyer: {} })
      const erased = shop.rows()
      for (const text of Object.values(changed)) expect(erased).not.toContain(text)
      // A repeated request is the same one, and any other is not.
      expect(await shop.create({ buyer, ...more })).toMatchObject({ status: 200 })
      expect(await shop.create({ buyer, ...more, name: '잡지' })).toMatchObject({ status: 409 })
      expect(await shop.create({ buyer, ...more, tax_free: 1_100 })).toMatchObject({ status: 409 })
    },
  )

  it('may be none', async () => {
    const shop = await createShop()
    await shop.create({ buyer })
    await change(shop, { buyer: {} })
    await moveToNextPeriod(shop)
    expect(Object.keys(shop.charges[1] ?? {}).filter((name) => name.startsWith('buyer'))).toEqual(
      [],
    )
  })

  it.each([
    [{}, 400, 'request_invalid'],
    [{ buyer: { name: '' } }, 400, 'request_invalid'],
    [{ buyer: changed, plan }, 400, 'request_invalid'],
  ])('are refused with %o', async (body, status, error) => {
    const shop = await createShop()
    await shop.create({ buyer })
    expect(await change(shop, body)).toMatchObject({ status, body: { error } })
    expect(await change(shop, { buyer: changed }, 'unknown')).toMatchObject({
      status: 404,
      body: { error: 'subscription_unknown' },
    })
  })
})
