import type { SimulatorOptions } from '../src/options.ts'
import { createMerchant, fixedTimeSeconds } from './merchant.ts'

/** A card that issues a key and pays. */
export const card = { card_number: '4518-4212-3456-7894', expiry: '2028-12', birth: '900101' }
// In seconds, like all times below.
const hour = 3600
export const day = 24 * hour
export const month = 30 * day
/** A month from the fixed time. */
export const at = fixedTimeSeconds + month
/** The path that creates schedules. */
export const path = '/subscribe/payments/schedule'
/** One scheduled charge, as a shop requests it. */
export const entry = { merchant_uid: 'month-2', schedule_at: at, amount: 9900, name: '정기결제' }
/** The same charge in the provider's JSON. */
export const stored = {
  customer_uid: 'gildong',
  customer_id: null,
  merchant_uid: 'month-2',
  imp_uid: null,
  pg_provider: null,
  pg_id: null,
  schedule_at: at,
  executed_at: 0,
  revoked_at: 0,
  amount: 9900,
  currency: 'KRW',
  name: '정기결제',
  buyer_name: '',
  buyer_email: '',
  buyer_tel: '',
  buyer_addr: '',
  buyer_postcode: '',
  custom_data: null,
  promotion_id: null,
  schedule_status: 'scheduled',
  payment_status: null,
  fail_reason: null,
}
/** A refusal in the provider's envelope. */
export const refused = (message: string, status = 200) => ({
  status,
  body: { code: 1, message, response: null },
})

/** A merchant with one subscriber. */
export const setUp = async (customer_uid = 'gildong', options: SimulatorOptions = {}) => {
  const merchant = createMerchant({ webhook: { url: 'https://shop.example/webhook' }, ...options })
  await merchant.send('POST', `/subscribe/customers/${customer_uid}`, card)
  const schedule = (...schedules: Record<string, unknown>[]) =>
    merchant.send('POST', path, { customer_uid, schedules })
  const read = (uid = 'month-2') => merchant.get(`${path}/${uid}`)
  const advance = (seconds: number) => merchant.simulator.clock.advance(seconds * 1000)
  // A month later the token of the test has expired.
  const sendWithNewToken = async (method: string, to: string, body: unknown) => {
    const authorization = await merchant.login()
    const init = merchant.json(method, body)
    return merchant.call(to, {
      ...init,
      headers: { 'content-type': 'application/json', authorization },
    })
  }
  const readWithNewToken = async (uid = 'month-2') => {
    const authorization = await merchant.login()
    return merchant.call(`${path}/${uid}`, { headers: { authorization } })
  }
  const webhooks = () => merchant.receivedRequests.map(({ body }): unknown => JSON.parse(body))
  return { ...merchant, schedule, read, advance, sendWithNewToken, readWithNewToken, webhooks }
}
