import { expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTime, toRecord } from './merchant.ts'

const months = 24
const card = { card_number: '4518-4212-3456-7894', expiry: '2029-12' }

/** The same day and hour, `count` months later in Seoul. */
const monthsLater = (count: number) => {
  const at = new Date(fixedTime)
  at.setUTCMonth(at.getUTCMonth() + count)
  return at
}

it('plays two years of a subscription by moving its clock from due date to due date', async () => {
  const merchant = createMerchant({ webhook: { url: 'https://shop.example/webhook' } })
  const { control, call, login, json, receivedRequests } = merchant
  // The token of a month ago has expired.
  const send = async (path: string, body: unknown) => {
    const init = json('POST', body)
    const headers = { 'content-type': 'application/json', authorization: await login() }
    return call(path, { ...init, headers })
  }
  const customer_uid = 'gildong'
  const amount = 9900
  const plan = (month: number) =>
    send('/subscribe/payments/schedule', {
      customer_uid,
      schedules: [
        {
          merchant_uid: `month-${month}`,
          schedule_at: monthsLater(month).getTime() / 1000,
          amount,
          name: '정기구독',
        },
      ],
    })
  await send(`/subscribe/customers/${customer_uid}`, card)
  const first = await send('/subscribe/payments/again', {
    customer_uid,
    merchant_uid: 'month-0',
    amount,
    name: '정기구독',
  })

  for (let month = 1; month < months; month++) {
    expect((await plan(month)).body['code']).toBe(0)
    const moved = await control('/clock', { advance_to: 'next_due' })
    expect(moved.body['now']).toBe(new Date(monthsLater(month).getTime() + 1000).toISOString())
  }

  expect(fieldOf(first, 'status')).toBe('paid')
  expect(receivedRequests.map(({ body }) => toRecord(JSON.parse(body)))).toEqual(
    Array.from({ length: months }, (_, month) => ({
      imp_uid: expect.stringMatching(month === 0 ? /^imp_/ : /^imps_/),
      merchant_uid: `month-${month}`,
      status: 'paid',
    })),
  )
})
