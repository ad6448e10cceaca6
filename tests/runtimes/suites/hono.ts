import type { Case } from '../report.ts'
import { openShop, pages } from './shop.ts'

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'
type Shop = ReturnType<typeof openShop>
type Response = readonly unknown[]

/** A request to a shop whose order has been paid. */
const paid = (
  name: string,
  given: (shop: Shop, impUid: string) => Promise<Response>,
  expected: Response,
): Case => ({
  name,
  given: async () => {
    const shop = openShop()
    return given(shop, await shop.pay())
  },
  expected,
})

/** Requests of browsers, of the provider and of strangers, and what is shown of each response. */
export const hono: readonly Case[] = [
  paid(
    'the callback as JSON',
    ({ post }, id) =>
      post('/payments/complete', json, JSON.stringify({ imp_uid: id, merchant_uid: 'ORD-1' })),
    [200, 'success'],
  ),
  paid(
    'the callback as a form',
    ({ post }, id) => post('/payments/complete', form, `imp_uid=${id}&merchant_uid=ORD-1`),
    [200, 'success'],
  ),
  paid(
    'the form of jQuery, labelled JSON',
    ({ post }, id) => post('/payments/complete', json, `imp_uid=${id}&merchant_uid=ORD-1`),
    [200, 'success'],
  ),
  paid(
    'the return of a phone',
    ({ request }, id) =>
      request(`/payments/redirect?imp_uid=${id}&merchant_uid=ORD-1&imp_success=true`),
    [303, pages.success],
  ),
  paid(
    'the return of a phone as a form',
    ({ post }, id) => post('/payments/redirect', form, `imp_uid=${id}&merchant_uid=ORD-1`),
    [303, pages.success],
  ),
  paid(
    'a return that cannot be read is not failed',
    ({ request }) => request('/payments/redirect?imp_uid=%00'),
    [303, pages.pending],
  ),
  paid(
    'the webhook as JSON',
    async ({ post, readStatus }, id) => {
      const body = JSON.stringify({ imp_uid: id, merchant_uid: 'ORD-1', status: 'paid' })
      return [...(await post('/payments/webhook', json, body)), await readStatus()]
    },
    [200, 'received', 'paid'],
  ),
  paid(
    'the webhook as a form',
    async ({ post, readStatus }, id) => [
      ...(await post('/payments/webhook', form, `imp_uid=${id}&merchant_uid=ORD-1&status=paid`)),
      await readStatus(),
    ],
    [200, 'received', 'paid'],
  ),
  paid(
    'the shop refuses a payment before it is approved',
    ({ post }) =>
      post(
        '/payments/confirm',
        json,
        JSON.stringify({ imp_uid: 'imp_1', merchant_uid: 'ORD-1', amount: 64_900 }),
      ),
    [409, '결제를 승인할 수 없습니다 (payment cannot be approved)'],
  ),
  paid(
    'a payment of another amount',
    async ({ pay, post }) =>
      post('/payments/complete', form, `imp_uid=${await pay({ amount: 100 })}&merchant_uid=ORD-1`),
    [409, 'forgery'],
  ),
  paid(
    'an unknown order',
    ({ post }, id) => post('/payments/complete', form, `imp_uid=${id}&merchant_uid=ORD-2`),
    [409, 'forgery'],
  ),
  paid(
    'the question of a browser from the shop',
    ({ request }) =>
      request('/payments/complete', {
        method: 'OPTIONS',
        headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
      }),
    [204, ''],
  ),
  paid(
    'a page of a stranger',
    ({ request }, id) =>
      request('/payments/complete', {
        method: 'POST',
        headers: { origin: 'https://stranger.example', 'content-type': json },
        body: JSON.stringify({ imp_uid: id, merchant_uid: 'ORD-1' }),
      }),
    [403, 'invalid'],
  ),
  paid(
    'a body that is too large',
    ({ post }) => post('/payments/complete', json, `{"imp_uid":"${'x'.repeat(70_000)}"}`),
    [413, 'invalid'],
  ),
  paid(
    'a media type that is not read',
    ({ post }) => post('/payments/complete', 'text/xml', '<imp_uid/>'),
    [415, 'invalid'],
  ),
]
