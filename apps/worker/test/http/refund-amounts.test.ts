import { env } from 'cloudflare:workers'
import { createClock } from '@quayside/simulator'
import { describe, expect, it } from 'vitest'
import { createShop, now, problem, type TestResponse } from '../fixtures/merchant.ts'

/** A shop on a clock: Naver Pay reports a payment after some minutes only. */
const createTimedShop = () => {
  const clock = createClock({ at: now })
  return { ...createShop({}, undefined, { clock, now: () => clock.now() }), clock }
}
type Shop = ReturnType<typeof createTimedShop>

/** An order whose payment differs from it by an allowance. Amounts in won, or dollars with cents. */
interface Allowed {
  readonly title: string
  readonly ordered: number
  readonly currency: string
  readonly allowance: string
  /** Pays in the window or by the control API, and returns the `imp_uid`. */
  readonly pay: (shop: Shop, merchantUid: string) => Promise<string>
  readonly paid: number
}

const seed =
  (fields: Readonly<Record<string, unknown>>) =>
  async (shop: Shop, merchant_uid: string): Promise<string> => {
    const created = await shop.control('/payments', { merchant_uid, ...fields })
    const record: { imp_uid: string } = await created.json()
    return record.imp_uid
  }
const naverProducts = [
  { id: 'P1', name: '양말', basePrice: 10_000, quantity: 1, shipping: { baseFee: 3_000 } },
]
const promotion = (discount: number) => ({ id: 'promotion-id-simulator-hyundai', discount })

const allowed: readonly Allowed[] = [
  {
    title: 'Naver Pay added its delivery fee in the window',
    ordered: 10_000,
    currency: 'KRW',
    allowance: 'naverco_delivery_fee',
    pay: (shop, id) =>
      shop.pay(id, { pg: 'naverco', amount: 10_000, buyer_tel: '010-1234-5678', naverProducts }),
    paid: 13_000,
  },
  {
    title: 'a card promotion left the order amount in the record',
    ordered: 10_000,
    currency: 'KRW',
    allowance: 'card_promotion',
    pay: (shop, id) =>
      shop.pay(id, {
        amount: 10_000,
        promotion_id: 'promotion-id-simulator-hyundai',
        card: { direct: { code: '367', quota: 0 } },
      }),
    paid: 10_000,
  },
  {
    title: 'a card promotion lowered the amount in the record',
    ordered: 10_000,
    currency: 'KRW',
    allowance: 'card_promotion',
    pay: seed({ amount: 9_000, currency: 'KRW', overrides: { promotion: promotion(1_000) } }),
    paid: 9_000,
  },
  {
    title: 'a promotion in a currency with cents',
    ordered: 20.3,
    currency: 'USD',
    allowance: 'card_promotion',
    pay: seed({ amount: 18.2, currency: 'USD', overrides: { promotion: promotion(2.1) } }),
    paid: 18.2,
  },
  {
    title: 'the issue of a billing key charged',
    ordered: 10_000,
    currency: 'KRW',
    allowance: 'billing_key_charge',
    pay: seed({
      amount: 10_000,
      currency: 'KRW',
      customer_uid: 'buyer-1',
      pg_provider: 'kakaopay',
    }),
    paid: 10_000,
  },
]

const cancel = (shop: Shop, id: string, body: unknown = {}): Promise<TestResponse> =>
  shop.post(`/orders/${id}/cancel`, body)

/** Creates the order, pays it and reports the payment. */
async function payOrder(shop: Shop, id: string, each: Allowed): Promise<string> {
  const { ordered, currency, allowance } = each
  const order = { merchant_uid: id, amount: ordered, currency, allowances: [allowance] }
  await shop.post('/orders', order)
  const impUid = await each.pay(shop, id)
  await shop.clock.advance(10 * 60_000)
  await shop.report(id, impUid)
  return impUid
}

const amounts = ({ status, body }: TestResponse) => {
  const { amount, paid_amount, cancelled_amount, status: orderStatus } = body
  return { status, order: [amount, paid_amount, cancelled_amount, orderStatus] }
}

describe.each(allowed)('the refund of an order for which $title', (each) => {
  const { ordered, paid, currency } = each
  const id = `RA-${allowed.indexOf(each)}`
  const rest = Math.round((paid - 1) * 100) / 100
  const text = (amount: number) =>
    `${currency === 'USD' ? amount.toFixed(2) : String(amount)} ${currency}`

  it('shows what was really paid, in the order and in its event', async () => {
    const shop = createTimedShop()
    await payOrder(shop, `${id}-shown`, each)
    expect(amounts(await shop.send(`/orders/${id}-shown`))).toEqual({
      status: 200,
      order: [ordered, paid, 0, 'paid'],
    })
    const event = await env.DB.prepare("SELECT payload FROM outbox WHERE id = ?1 AND kind = 'paid'")
      .bind(`${id}-shown:1`)
      .first<{ payload: string }>()
    expect(JSON.parse(event?.payload ?? '')).toMatchObject({ amount: ordered, paid_amount: paid })
  })

  it('gives back all of it, once, however often it is requested', async () => {
    const shop = createTimedShop()
    await payOrder(shop, `${id}-all`, each)
    const whole = { status: 200, order: [ordered, paid, paid, 'cancelled'] }
    const both = await Promise.all([cancel(shop, `${id}-all`), cancel(shop, `${id}-all`)])
    expect(both.map(amounts)).toEqual([whole, whole])
    expect(amounts(await cancel(shop, `${id}-all`))).toEqual(whole)
    const { body } = await shop.send(`/orders/${id}-all/cancels`)
    expect(body['cancels']).toMatchObject([{ checksum: paid, amount: paid, state: 'confirmed' }])
  })

  it('gives back a part and the rest, each with the checksum of the payment', async () => {
    const shop = createTimedShop()
    await payOrder(shop, `${id}-part`, each)
    const keep = { retain_promotion: true }
    const part = { amount: 1, checksum: paid, ...keep }
    const first = await cancel(shop, `${id}-part`, part)
    expect(amounts(first)).toEqual({
      status: 200,
      order: [ordered, paid, 1, 'partially_cancelled'],
    })
    const title = 'The cancellable balance differs from checksum'
    const detail = `checksum is ${text(paid)}, ${text(rest)} of the payment remain`
    expect(await cancel(shop, `${id}-part`, part)).toEqual(
      problem(409, 'balance_mismatch', title, detail),
    )
    expect(amounts(await cancel(shop, `${id}-part`, { checksum: rest, ...keep }))).toEqual({
      status: 200,
      order: [ordered, paid, paid, 'cancelled'],
    })
  })

  it('is refused beyond what remains', async () => {
    const shop = createTimedShop()
    await payOrder(shop, `${id}-much`, each)
    const title = 'Amount is larger than the cancellable balance'
    const detail = `amount is ${text(paid + 1)}, ${text(paid)} of the payment remain`
    expect(await cancel(shop, `${id}-much`, { amount: paid + 1 })).toEqual(
      problem(409, 'balance_exceeded', title, detail),
    )
    expect(amounts(await shop.send(`/orders/${id}-much`))).toEqual({
      status: 200,
      order: [ordered, paid, 0, 'paid'],
    })
  })
})

describe('an order that was paid before its row had the amount', () => {
  const forget = (id: string) =>
    env.DB.prepare('UPDATE orders SET paid_amount = NULL WHERE merchant_uid = ?1').bind(id).run()

  it('was paid its own amount where nothing else was allowed', async () => {
    const shop = createTimedShop()
    await shop.post('/orders', { merchant_uid: 'RA-before', amount: 64_900, currency: 'KRW' })
    await shop.report('RA-before', await shop.pay('RA-before'))
    await forget('RA-before')
    expect(amounts(await shop.send('/orders/RA-before'))).toEqual({
      status: 200,
      order: [64_900, 64_900, 0, 'paid'],
    })
  })

  it('shows no amount where another was allowed, and is refunded by its record', async () => {
    const [fee] = allowed
    const shop = createTimedShop()
    if (fee !== undefined) await payOrder(shop, 'RA-fee', fee)
    await forget('RA-fee')
    expect(amounts(await shop.send('/orders/RA-fee'))).toEqual({
      status: 200,
      order: [10_000, null, 0, 'paid'],
    })
    expect(amounts(await cancel(shop, 'RA-fee'))).toEqual({
      status: 200,
      order: [10_000, 13_000, 13_000, 'cancelled'],
    })
  })
})

describe('the checksum of a refund', () => {
  const [fee] = allowed
  if (fee === undefined) throw new TypeError('no allowance')

  it("is not the order's amount where the payment differs: both are named", async () => {
    const shop = createTimedShop()
    await payOrder(shop, 'RA-checksum', fee)
    const title = 'The cancellable balance differs from checksum'
    const detail = 'checksum is 10000 KRW, 13000 KRW of the payment remain'
    expect(await cancel(shop, 'RA-checksum', { checksum: 10_000 })).toEqual(
      problem(409, 'balance_mismatch', title, detail),
    )
  })

  it('must be an amount of the currency', async () => {
    const shop = createTimedShop()
    await payOrder(shop, 'RA-fraction', fee)
    const title = 'A field is missing, unknown or malformed'
    expect(await cancel(shop, 'RA-fraction', { checksum: 12_999.5 })).toEqual(
      problem(400, 'request_invalid', title, 'checksum'),
    )
  })
})
