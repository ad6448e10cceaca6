import { describe, expect, it } from 'vitest'
import { type Body, control, createTwoAccounts } from './two-accounts.ts'

const second = { account: 'second' }
const money = { amount: 64_900, currency: 'KRW' }
const person = { name: '홍길동', tel: '010-9876-5432', addr: '서울시 중구', postcode: '04524' }
const logis = { company: 'CJGLS', invoice: '1234567890', sent_at: '2027-01-31T10:00:00+09:00' }
const delivery = { sender: person, receiver: person, logis }
const link = {
  buyer: { tel: '01012345678' },
  pay_methods: [{ channelKey: 'channel-key-1', pay_method: 'card', label: '카드' }],
}

type Shop = Awaited<ReturnType<typeof createTwoAccounts>>

/** Pays at the second account, without any message. */
async function stage(shop: Shop, imp_uid: string, merchant_uid: string, more: Body = {}) {
  await control(shop.providers.second, '/payments', { imp_uid, merchant_uid, ...money, ...more })
}

/** A shop with a paid and an open order of the second account, and a payment there that belongs to no order. */
async function createOrders() {
  const shop = await createTwoAccounts()
  for (const merchant_uid of ['paid', 'open']) {
    await shop.send('/orders', { merchant_uid, ...money, ...second })
  }
  await stage(shop, 'imp_1', 'paid', { pay_method: 'trans' })
  await stage(shop, 'imp_2', 'nobody')
  const notice = { imp_uid: 'imp_1', merchant_uid: 'paid', status: 'paid' }
  await shop.send('/payments/webhook', notice)
  const { id: linkId } = (await shop.send('/orders/open/payment-links', link)).body
  for (let minute = 0; minute < 12; minute++) await shop.nextMinute()
  const { reconciliation_issues: issues } = (await shop.read('/reconciliation-issues')).body
  const [issue] = issues as readonly Body[]
  return { ...shop, linkId: String(linkId), issueId: String(issue?.['id']) }
}

const accountUnknown = {
  status: 422,
  body: {
    type: 'urn:quayside:problem:account_unknown',
    title: 'The settings (ACCOUNTS) name no such account',
    status: 422,
    error: 'account_unknown',
  },
}

describe('orders of an account that was taken out of the settings', () => {
  it.each(['removeSecond', 'removeAll'] as const)(
    'are shown, and what the provider would have to be asked for is 422 account_unknown (%s)',
    async (remove) => {
      const shop = await createOrders()
      const { linkId, issueId } = shop
      const calls = { first: await shop.callsOf('first'), second: await shop.callsOf('second') }
      shop[remove]()
      expect(await shop.read('/orders/paid')).toMatchObject({
        status: 200,
        body: { status: 'paid', ...second },
      })
      const refused: readonly (readonly [string, string, Body?])[] = [
        ['POST', '/orders/paid/cancel', {}],
        ['POST', '/orders/paid/cancel', { amount: 1_000, checksum: 64_900 }],
        ['POST', '/orders/open/cancel', {}],
        ['GET', '/orders/paid/cash-receipt'],
        ['POST', '/orders/paid/cash-receipt', { identifier: '010-1234-5678' }],
        ['DELETE', '/orders/paid/cash-receipt'],
        ['GET', '/orders/paid/escrow-delivery'],
        ['POST', '/orders/paid/escrow-delivery', delivery],
        ['PUT', '/orders/paid/escrow-delivery', delivery],
        ['POST', '/orders/open/payment-links', link],
        ['POST', `/payment-links/${linkId}/close`],
        ['POST', `/reconciliation-issues/${issueId}/refund`, {}],
      ]
      for (const [method, path, body] of refused) {
        const answer = await shop.send(path, body, method)
        expect({ method, path, ...answer }).toEqual({ method, path, ...accountUnknown })
      }
      expect({ first: await shop.callsOf('first'), second: await shop.callsOf('second') }).toEqual(
        calls,
      )
      // Nothing waits for an answer that nobody gives.
      expect((await shop.read('/orders/paid/cancels')).body).toEqual({
        cancels: [],
        revocations: [],
      })
    },
  )

  it('are cancelled, and their links closed, once it is back', async () => {
    const shop = await createOrders()
    const path = `/payment-links/${shop.linkId}/close`
    shop.removeAll()
    for (const refused of ['/orders/paid/cancel', '/orders/open/cancel', path]) {
      expect(await shop.send(refused, {})).toEqual(accountUnknown)
    }
    shop.putSecondBack()
    expect(await shop.send(path, {})).toMatchObject({ body: { state: 'closed_by_merchant' } })
    expect(await shop.send('/orders/open/cancel', {})).toMatchObject({
      status: 200,
      body: { status: 'cancelled', paid_amount: null },
    })
    const cancelled = { status: 200, body: { status: 'cancelled', cancelled_amount: 64_900 } }
    expect(await shop.send('/orders/paid/cancel', {})).toMatchObject(cancelled)
    expect(await shop.callsOf('second')).toMatchObject({ 'POST /payments/cancel': 1 })
    // A request that is repeated asks nobody.
    shop.removeAll()
    expect(await shop.send('/orders/paid/cancel', {})).toMatchObject(cancelled)
  })

  it('are tier_unknown where the settings name their account without the tier', async () => {
    const shop = await createTwoAccounts()
    await shop.send('/orders', { merchant_uid: 'O-tier', ...money, tier: 'T01' })
    shop.removeAll()
    expect(await shop.send('/orders/O-tier/cancel', {})).toEqual({
      status: 422,
      body: {
        type: 'urn:quayside:problem:tier_unknown',
        title: 'The settings name no such tier of this account',
        status: 422,
        error: 'tier_unknown',
      },
    })
  })

  it('keep no order of another account from being completed by the jobs', async () => {
    const shop = await createOrders()
    await shop.send('/orders', { merchant_uid: 'own', ...money })
    shop.removeSecond()
    await control(shop.providers.first, '/payments', {
      imp_uid: 'imp_1',
      merchant_uid: 'own',
      ...money,
    })
    for (let minute = 0; minute < 3; minute++) await shop.nextMinute()
    expect((await shop.read('/orders/own')).body).toMatchObject({ status: 'paid' })
    expect((await shop.read('/orders/open')).body).toMatchObject({ status: 'pending' })

    await stage(shop, 'imp_3', 'open')
    shop.putSecondBack()
    for (let minute = 0; minute < 3; minute++) await shop.nextMinute()
    expect((await shop.read('/orders/open')).body).toMatchObject({ status: 'paid', ...second })
  })

  it('T184: are asked about once an hour, so that any number of them keeps no other order from its poll', async () => {
    const shop = await createTwoAccounts()
    for (let index = 0; index < 120; index++) {
      await shop.send('/orders', { merchant_uid: `second-${index}`, ...money, ...second })
    }
    shop.removeSecond()
    await shop.advance(1_000)
    await shop.send('/orders', { merchant_uid: 'own', ...money })
    // No list has it before it is paid.
    const account = { imp_uid: 'imp_1', merchant_uid: 'own', pay_method: 'vbank', status: 'ready' }
    await control(shop.providers.first, '/payments', { ...account, ...money })
    await shop.nextMinute()
    expect((await shop.read('/orders/own')).body).toMatchObject({ status: 'vbank_issued' })
    for (let minute = 0; minute < 50; minute++) await shop.nextMinute()
    expect(shop.lines.filter((line) => line.includes('"payments_not_read"'))).toEqual([
      '{"event":"payments_not_read","ids":100,"reason":"account_unknown","payee":"second"}',
      '{"event":"payments_not_read","ids":20,"reason":"account_unknown","payee":"second"}',
    ])
  })
})
