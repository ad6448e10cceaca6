import { describe, expect, it } from 'vitest'
import { type Client, customers, pages, payments, subscribe, unwrap, vbanks } from '../src/index.ts'
import { createSimulatedClient } from './simulated-client.ts'

const card = {
  card_number: '4242-4242-4242-4242',
  expiry: '2030-03',
  birth: '500203',
  pwd_2digit: '19',
}
const channel_key = 'channel-key-nice_v2-api'
const customer_uid = '구매자 1/가'
const dayS = 86_400

async function issued(client: Client) {
  return unwrap(await client.call(customers.post, { customer_uid, channel_key, ...card }))
}

describe('billing keys with a simulated provider', () => {
  it('are issued, found and deleted', async () => {
    const { client, startedAt } = createSimulatedClient()
    const key = await issued(client)
    expect(key).toMatchObject({ customer_uid, pg_provider: 'nice_v2', inserted: startedAt })
    expect(unwrap(await client.call(customers.get, { customer_uid }))).toEqual(key)

    const several = await client.call(customers.several, { customer_uid: [customer_uid, 'nobody'] })
    expect(several).toEqual({ ok: true, value: [key], partial: true })

    expect(unwrap(await client.call(customers.remove, { customer_uid }))).toEqual(key)
    expect(await client.call(customers.get, { customer_uid })).toMatchObject({
      ok: false,
      failure: { reason: 'refused', httpStatus: 200, code: 1 },
    })
  })

  it('are refused for an invalid card, and the failure does not contain its number', async () => {
    const { client } = createSimulatedClient()
    const bad = { ...card, card_number: '4092-0230-1234-1234' }
    const result = await client.call(customers.post, { customer_uid, channel_key, ...bad })
    expect(result).toMatchObject({
      ok: false,
      failure: { reason: 'refused', httpStatus: 200, code: -1 },
    })
    expect(JSON.stringify(result)).not.toMatch(/4092|1234/)
  })

  it('are charged now, and next month by a schedule', async () => {
    const { client, simulator, startedAt } = createSimulatedClient()
    await issued(client)
    const first = { customer_uid, merchant_uid: 'SUB-1', amount: 9900, name: '구독 1월' }
    const today = unwrap(await client.call(subscribe.again, first))
    expect([today.status, today.amount, today.customer_uid]).toEqual(['paid', 9900, customer_uid])

    const planned = unwrap(
      await client.call(subscribe.schedule, {
        customer_uid,
        schedules: [
          {
            merchant_uid: 'SUB-2',
            schedule_at: startedAt + 30 * dayS,
            currency: 'KRW',
            amount: 9900,
            name: '구독 2월',
          },
        ],
      }),
    )
    const found = unwrap(await client.call(subscribe.scheduled, { merchant_uid: 'SUB-2' }))
    expect([planned, found.schedule_status, found.imp_uid]).toEqual([[found], 'scheduled', null])

    const schedule_at = startedAt + dayS
    unwrap(await client.call(subscribe.move, { merchant_uid: 'SUB-2', schedule_at }))
    await simulator.clock.advance(2 * dayS * 1000)
    const run = unwrap(await client.call(subscribe.scheduled, { merchant_uid: 'SUB-2' }))
    expect([run.schedule_status, run.payment_status, run.executed_at]).toEqual([
      'executed',
      'paid',
      schedule_at,
    ])
    const page = unwrap(await client.call(customers.payments, { customer_uid }))
    expect(page.list.map(({ merchant_uid }) => merchant_uid).toSorted()).toEqual(['SUB-1', 'SUB-2'])

    const again = { merchant_uid: 'SUB-2', schedule_at: schedule_at + 9 * dayS }
    const refused = { ok: false, failure: { reason: 'refused', httpStatus: 400 } }
    expect(await client.call(subscribe.reschedule, again)).toMatchObject(refused)
    const { merchant_uid } = again
    expect(await client.call(subscribe.retry, { merchant_uid })).toMatchObject(refused)
  })

  it('list their scheduled charges by every operation, to the last page', async () => {
    const { client, startedAt } = createSimulatedClient()
    await issued(client)
    const schedules = Array.from({ length: 45 }, (_, number) => ({
      merchant_uid: `SUB-${number}`,
      schedule_at: startedAt + 60 * (number + 1),
      currency: 'KRW',
      amount: 9900,
      name: '구독',
    }))
    unwrap(await client.call(subscribe.schedule, { customer_uid, schedules }))

    const window = { customer_uid, from: startedAt, to: startedAt + dayS }
    const times = { schedule_from: startedAt, schedule_to: startedAt + dayS }
    const lists = [
      pages(client, customers.schedules, window),
      pages(client, subscribe.schedulesOfCustomer, window),
      pages(client, subscribe.schedules, times),
    ]
    for (const list of lists) {
      const ids: string[] = []
      for await (const page of list) {
        ids.push(...unwrap(page).map(({ merchant_uid }) => merchant_uid))
      }
      expect([ids.length, new Set(ids).size]).toEqual([45, 45])
    }
  })

  it('have some scheduled charges cancelled, then all', async () => {
    const { client, startedAt } = createSimulatedClient()
    await issued(client)
    const schedules = ['A', 'B', 'C'].map((merchant_uid) => ({
      merchant_uid,
      schedule_at: startedAt + dayS,
      currency: 'KRW',
      amount: 9900,
      name: '구독',
    }))
    unwrap(await client.call(subscribe.schedule, { customer_uid, schedules }))
    const some = unwrap(await client.call(subscribe.unschedule, { merchant_uid: ['B'] }))
    const rest = unwrap(await client.call(subscribe.unscheduleAll, { customer_uid }))
    expect(some.map(({ merchant_uid }) => merchant_uid)).toEqual(['B'])
    expect(rest.map(({ merchant_uid }) => merchant_uid).toSorted()).toEqual(['A', 'C'])
    expect(await client.call(subscribe.unscheduleAll, { customer_uid })).toMatchObject({
      ok: false,
      failure: { reason: 'refused', message: '취소할 예약결제 기록이 존재하지 않습니다.' },
    })
  })

  it('are not needed for a charge by card data', async () => {
    const { client } = createSimulatedClient()
    const once = { merchant_uid: 'ONE-1', amount: 500, name: '한 번', ...card }
    expect(unwrap(await client.call(subscribe.onetime, once)).status).toBe('paid')
  })

  it('are charged once when the response is lost, and the lookup finds the charge', async () => {
    const { client, simulator } = createSimulatedClient()
    await issued(client)
    await simulator.fetch('https://api.iamport.kr/_simulator/faults', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fault: 'reset_after', path: '/subscribe/payments/again', times: 1 }),
    })
    const charge = { customer_uid, merchant_uid: 'SUB-1', amount: 9900, name: '구독' }
    expect(await client.call(subscribe.again, charge)).toMatchObject({
      ok: false,
      failure: {
        reason: 'outcome_unknown',
        lookup: { call: 'payments.find', params: { merchant_uid: 'SUB-1' } },
        cause: { reason: 'unreachable' },
      },
    })
    const all = unwrap(await client.call(payments.findAll, { merchant_uid: 'SUB-1' }))
    expect(all.list.map(({ status, amount }) => [status, amount])).toEqual([['paid', 9900]])
  })
})

describe('virtual accounts with a simulated provider', () => {
  it('are issued, changed and revoked', async () => {
    const { client, startedAt } = createSimulatedClient()
    const { imp_uid, status, vbank_date } = unwrap(
      await client.call(vbanks.post, {
        channel_key: 'channel-key-settle',
        merchant_uid: 'VB-1',
        amount: 1000,
        vbank_code: '04',
        vbank_due: startedAt + 5 * dayS,
        vbank_holder: '상점',
        name: '티셔츠',
      }),
    )
    expect([status, vbank_date]).toEqual(['ready', startedAt + 5 * dayS])
    expect(unwrap(await client.call(vbanks.put, { imp_uid, amount: 900 })).amount).toBe(900)
    unwrap(await client.call(vbanks.remove, { imp_uid }))
    expect(await client.call(vbanks.remove, { imp_uid })).toMatchObject({
      ok: false,
      failure: { reason: 'refused', httpStatus: 400 },
    })
  })

  it('have holders', async () => {
    const { client } = createSimulatedClient()
    const account = { bank_code: '004', bank_num: '1234567890' }
    expect(await client.call(vbanks.holder, account)).toMatchObject({ ok: true, partial: false })
  })
})
