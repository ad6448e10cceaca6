import { describe, expect, it } from 'vitest'
import { type Body, cardData, createKeyShop } from './key-shop.ts'

type Shop = Awaited<ReturnType<typeof createKeyShop>>

const beginCard = (shop: Shop, more: Body = {}) =>
  shop.begin({ method: 'card', pg: 'nice_v2', channel_key: 'channel-key-nice_v2-api', ...more })
const sendCard = (shop: Shop, begun: Body, more: Body = {}) =>
  shop.send(`/billing-keys/${String(begun['customer_uid'])}/card`, { ...cardData, ...more })
const problem = (status: number, error: string, title: string, detail?: string) => ({
  status,
  body: {
    type: `urn:quayside:problem:${error}`,
    title,
    status,
    ...(detail === undefined ? {} : { detail }),
    error,
  },
})
/** How often the provider was asked to issue a key. */
const countIssues = (shop: Shop) => {
  let count = 0
  const { answer } = shop.provider
  shop.provider.answer = async (request) => {
    if (request.method === 'POST' && request.url.includes('/subscribe/customers/')) count += 1
    return answer === null ? null : answer(request)
  }
  return () => count
}

describe('a card that is registered by its data', () => {
  it('is registered, with the end of its month in Seoul', async () => {
    const shop = await createKeyShop()
    const begun = await beginCard(shop)
    expect(begun).toMatchObject({ status: 'pending', method: 'card', window: null })
    const registered = await sendCard(shop, begun)
    expect(registered).toMatchObject({
      status: 200,
      body: {
        status: 'registered',
        imp_uid: null,
        expires_at: '2028-12-31T15:00:00.000Z',
        expires_soon: false,
      },
    })
    await shop.nextMinute()
    expect(shop.typesOf()).toEqual(['billing_key.registered'])
  })

  it('T136: leaves no digit of it in the database, the log or an event', async () => {
    const shop = await createKeyShop()
    const refused = await beginCard(shop)
    await sendCard(shop, refused, { card_number: '0000-0000-0000-0000' })
    const begun = await beginCard(shop)
    await sendCard(shop, begun)
    const lost = await beginCard(shop)
    shop.provider.answer = async ({ method }) =>
      method === 'POST' ? new Response('broken', { status: 502 }) : null
    await sendCard(shop, lost)
    await shop.nextMinute()
    const tables = ['billing_keys', 'outbox', 'orders', 'attempts', 'reconciliation_issues']
    const rows = tables.map((table) => shop.database.prepare(`SELECT * FROM ${table}`).all())
    const kept = JSON.stringify([rows, shop.events, shop.lines])
    expect(kept).toContain(String(begun['customer_uid']))
    for (const secret of ['4518', '7894', '4212', '880524', '"73"', '0000-0000']) {
      expect(kept).not.toContain(secret)
    }
  })

  it('T136: is in no text of the provider that repeats it', async () => {
    const shop = await createKeyShop()
    for (const echoed of ['4518-4212-3456-7894', '4518421234567894', '4518 4212 3456 7894']) {
      const begun = await beginCard(shop)
      shop.provider.answer = async ({ method, url }) =>
        method === 'POST' && url.includes('/subscribe/customers/')
          ? Response.json({
              code: -1,
              message: `카드번호 ${echoed} (880524) 오류 [F112]`,
              response: null,
            })
          : null
      expect(await sendCard(shop, begun)).toEqual(
        problem(
          422,
          'card_refused',
          'The card was refused',
          '카드번호 [redacted] ([redacted]) 오류 [F112]',
        ),
      )
      expect(await shop.read(begun)).toMatchObject({
        fail_reason: '카드번호 [redacted] ([redacted]) 오류 [F112]',
      })
      shop.provider.answer = null
    }
    await shop.nextMinute()
    const rows = ['billing_keys', 'outbox'].map((table) =>
      shop.database.prepare(`SELECT * FROM ${table}`).all(),
    )
    expect(JSON.stringify([rows, shop.events, shop.lines])).not.toMatch(/4518|880524/)
  })

  it('that was refused says why, and may be tried again', async () => {
    const shop = await createKeyShop()
    const begun = await beginCard(shop)
    const text =
      '카드정보 인증 및 빌키 발급에 실패하였습니다. [F112]유효하지않은 카드번호를 입력하셨습니다.'
    shop.provider.answer = async ({ method, url }) =>
      method === 'POST' && url.includes('/subscribe/customers/')
        ? Response.json({ code: -1, message: text, response: null })
        : null
    expect(await sendCard(shop, begun)).toEqual(
      problem(422, 'card_refused', 'The card was refused', text),
    )
    expect(await shop.read(begun)).toMatchObject({ status: 'failed', failure: 'refused' })
    shop.provider.answer = null
    expect(await sendCard(shop, begun)).toMatchObject({ body: { status: 'registered' } })
  })

  it('T132: is not registered through another channel than the merchant named', async () => {
    const shop = await createKeyShop()
    // The key of the channel is that of another PG.
    const begun = await beginCard(shop, { pg: 'tosspayments' })
    expect(await sendCard(shop, begun)).toMatchObject({
      status: 422,
      body: { error: 'card_refused', detail: 'channel_mismatch' },
    })
    expect(await shop.read(begun)).toMatchObject({ status: 'failed', failure: 'channel_mismatch' })
  })

  it('T134: whose answer was lost is known by its record, and is not sent again', async () => {
    const shop = await createKeyShop()
    const begun = await beginCard(shop)
    // The provider issues the key, and its answer is lost; so is that of the lookup.
    shop.provider.answer = async (request) => {
      if (!request.url.includes('/subscribe/customers/')) return null
      if (request.method === 'POST') await shop.simulator.fetch(request)
      const isFirstRead = request.method === 'GET' && !lost
      lost ||= request.method === 'POST'
      return isFirstRead ? null : new Response('', { status: 502 })
    }
    let lost = false
    expect(await sendCard(shop, begun)).toMatchObject({
      status: 503,
      body: { error: 'outcome_unknown' },
    })
    expect(await shop.read(begun)).toMatchObject({ status: 'pending' })
    shop.provider.answer = null
    const issues = countIssues(shop)
    expect(await sendCard(shop, begun)).toMatchObject({
      status: 200,
      body: { status: 'registered', expires_at: '2028-12-31T15:00:00.000Z' },
    })
    expect(await sendCard(shop, begun)).toMatchObject({ body: { status: 'registered' } })
    expect(issues()).toBe(0)
  })

  it('whose answer was lost is found by the job', async () => {
    const shop = await createKeyShop()
    const begun = await beginCard(shop)
    shop.provider.answer = async (request) => {
      if (request.method !== 'POST' || !request.url.includes('/subscribe/customers/')) return null
      await shop.simulator.fetch(request)
      shop.provider.answer = async ({ url }) =>
        url.includes('/subscribe/') ? new Response('', { status: 502 }) : null
      return new Response('', { status: 502 })
    }
    await sendCard(shop, begun)
    shop.provider.answer = null
    await shop.nextMinute()
    await shop.nextMinute()
    expect(await shop.read(begun)).toMatchObject({
      status: 'registered',
      expires_at: '2028-12-31T15:00:00.000Z',
    })
  })

  it.each([
    ['2026-10', 'ended with October'],
    ['2025-12', 'ended last year'],
  ])('%s has expired: it %s', async (expiry) => {
    const shop = await createKeyShop()
    const begun = await beginCard(shop)
    const issues = countIssues(shop)
    expect(await sendCard(shop, begun, { expiry })).toEqual(
      problem(422, 'card_expired', 'The card has expired'),
    )
    expect(issues()).toBe(0)
  })

  it('that ends tomorrow is registered and marked, and not used once it has ended', async () => {
    const shop = await createKeyShop()
    // 30 November, 12:00 in Seoul.
    await shop.clock.set(new Date('2026-11-30T03:00:00Z'))
    const begun = await beginCard(shop)
    expect(await sendCard(shop, begun, { expiry: '2026-11' })).toMatchObject({
      body: { status: 'registered', expires_at: '2026-11-30T15:00:00.000Z', expires_soon: true },
    })
    const usable = async () => shop.store.billingKeys.usableKeys('member/1', 'test')
    expect(await usable()).toMatchObject({ value: [begun['customer_uid']] })
    await shop.clock.set(new Date('2026-11-30T15:00:00Z'))
    expect(await usable()).toMatchObject({ value: [] })
  })

  it('is not taken for a registration in a window, nor after the key was deleted', async () => {
    const shop = await createKeyShop()
    const window = await shop.begin()
    expect(await sendCard(shop, window)).toEqual(
      problem(
        409,
        'billing_key_not_by_card',
        "It is registered in the provider's window, not by the data of a card",
      ),
    )
    const begun = await beginCard(shop)
    await sendCard(shop, begun)
    await shop.send(`/billing-keys/${String(begun['customer_uid'])}`, undefined, 'DELETE')
    expect(await sendCard(shop, begun)).toMatchObject({
      status: 409,
      body: { error: 'billing_key_not_registered' },
    })
  })

  it.each([
    [{ card_number: '4518' }, 'card_number'],
    [{ expiry: '2028-13' }, 'expiry'],
    [{ birth: '88' }, 'birth'],
    [{ pwd_2digit: '7' }, 'pwd_2digit'],
    [{ amount: 100 }, 'amount'],
  ])('T136: %o is refused by its name only', async (wrong, field) => {
    const shop = await createKeyShop()
    expect(await sendCard(shop, await beginCard(shop), wrong)).toEqual(
      problem(400, 'request_invalid', 'A field is missing, unknown or malformed', field),
    )
  })
})
