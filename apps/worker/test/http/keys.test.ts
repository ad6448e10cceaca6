import { describe, expect, it } from 'vitest'
import { createShop, key, now, problem } from '../fixtures/merchant.ts'

type Shop = ReturnType<typeof createShop>

const oldSecret = 'token-secret-of-the-tests'
const newSecret = 'next-token-secret-of-the-tests'
const newKey = 'next-merchant-key-of-the-tests'
const dayMs = 24 * 60 * 60_000

const order = async (shop: Shop, merchant_uid: string): Promise<string> => {
  const { body } = await shop.post('/orders', { merchant_uid, amount: 64_900, currency: 'KRW' })
  return String(body['order_token'])
}
/** The status with which a buyer's page is answered. */
const readWith = async (shop: Shop, id: string, token: string): Promise<number> => {
  const headers = { authorization: `Bearer ${token}` }
  return (await shop.send(`/payments/orders/${id}`, { headers })).status
}
/** The same shop, deployed with other settings or on another day. */
const deployed = (settings: Readonly<Record<string, string>>, days = 0): Shop =>
  createShop(settings, undefined, { now: () => new Date(now.getTime() + days * dayMs) })

describe('the key of the merchant API', () => {
  const listWith = async (settings: Readonly<Record<string, string>>, bearer: string) =>
    createShop(settings).send('/events?state=pending', {
      headers: { authorization: `Bearer ${bearer}` },
    })

  it('T74: is replaced without a refusal: both are accepted meanwhile', async () => {
    const both = { MERCHANT_API_KEY: `${newKey},${key}` }
    const statuses = [
      await listWith({}, key),
      await listWith(both, key),
      await listWith(both, newKey),
      await listWith({ MERCHANT_API_KEY: newKey }, newKey),
    ].map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 200, 200])
  })

  it('T74: is worth nothing once it was replaced', async () => {
    expect(await listWith({ MERCHANT_API_KEY: newKey }, key)).toEqual(
      problem(401, 'unauthorized', 'API key is missing or wrong'),
    )
  })

  it('T74: is one of the two, not both together', async () => {
    const both = { MERCHANT_API_KEY: `${newKey},${key}` }
    expect((await listWith(both, `${newKey},${key}`)).status).toBe(401)
  })
})

describe('the token of an order', () => {
  it('T74: survives a change of the secret, and new ones are made with the new secret', async () => {
    const oldToken = await order(createShop(), 'K-rotated')
    const both = createShop({ ORDER_TOKEN_SECRET: `${newSecret},${oldSecret}` })
    const newToken = await order(both, 'K-rotated')
    const after = createShop({ ORDER_TOKEN_SECRET: newSecret })
    const statuses = {
      'old token, both secrets': await readWith(both, 'K-rotated', oldToken),
      'new token, both secrets': await readWith(both, 'K-rotated', newToken),
      'old token, new secret': await readWith(after, 'K-rotated', oldToken),
      'new token, new secret': await readWith(after, 'K-rotated', newToken),
    }
    expect(statuses).toEqual({
      'old token, both secrets': 200,
      'new token, both secrets': 200,
      'old token, new secret': 404,
      'new token, new secret': 200,
    })
  })

  for (const [what, settings, days] of [
    ['thirty days', {}, 30],
    ['the days of ORDER_TOKEN_DAYS', { ORDER_TOKEN_DAYS: '2' }, 2],
  ] as const) {
    it(`T74: is accepted for ${what} and not on the day after`, async () => {
      const id = `K-age-${days}`
      const token = await order(deployed(settings), id)
      expect(await readWith(deployed(settings, days), id, token)).toBe(200)
      expect(await readWith(deployed(settings, days + 1), id, token)).toBe(404)
    })
  }

  it('T74: of a later day is refused, except by a clock that is a day behind', async () => {
    const token = await order(deployed({}, 10), 'K-early')
    expect(await readWith(deployed({}, 9), 'K-early', token)).toBe(200)
    expect(await readWith(deployed({}, 8), 'K-early', token)).toBe(404)
  })

  it('T74: has its day in it, which cannot be changed', async () => {
    const token = await order(deployed({}), 'K-day')
    const today = String(Math.floor(now.getTime() / dayMs))
    expect(token).toMatch(new RegExp(`^${today}-[\\w-]{43}$`))
    const later = token.replace(today, String(Number(today) + 30))
    expect(await readWith(deployed({}, 30), 'K-day', later)).toBe(404)
    expect(await readWith(deployed({}), 'K-day', token.slice(today.length + 1))).toBe(404)
  })

  it('is the same all day, so that a repeated request has the same response', async () => {
    const [first, second] = [deployed({}, 0.1), deployed({}, 0.8)]
    expect(await order(first, 'K-same')).toBe(await order(second, 'K-same'))
  })
})
