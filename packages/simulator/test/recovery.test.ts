import { describe, expect, it } from 'vitest'
import { createClock } from '../src/runtime/clock.ts'
import { createSimulator } from '../src/simulator.ts'
import { createMerchant, fieldOf, fixedTimeSeconds } from './merchant.ts'
import { day, entry, path, setUp as setUpSubscriber } from './subscriber.ts'

const hour = 3600
const iso = (seconds: number) => new Date(seconds * 1000).toISOString()
/** 12:00 of 2 March 2026 in Seoul. */
const noon = fixedTimeSeconds

/** A charge that fails today at 13:00 in Seoul, and how it stands. */
const setUp = async (recovery_hour: unknown = 9) => {
  const merchant = await setUpSubscriber()
  const { control, schedule, advance, readWithNewToken, webhooks } = merchant
  await control('/billing', { recovery_hour }, 'PUT')
  await control('/billing-keys/gildong', { card: 'no_balance' }, 'PUT')
  await schedule({ ...entry, schedule_at: noon + hour })
  const statuses = () => webhooks().map((body) => Object(body).status)
  const runs = async () => {
    const { body } = await readWithNewToken()
    return [Object(body['response']).executed_at, statuses()]
  }
  await advance(hour)
  return { ...merchant, runs, statuses }
}

describe('the console’s recovery', () => {
  it('charges a failed schedule at its hour of the next day, and again each day until it is paid', async () => {
    const { advance, control, runs, readWithNewToken } = await setUp()
    const nextMorning = noon + 21 * hour
    await advance(20 * hour - 1)
    expect(await runs()).toEqual([noon + hour, ['failed']])
    await advance(1)
    expect(await runs()).toEqual([nextMorning, ['failed', 'failed']])
    await advance(day)
    expect(await runs()).toEqual([nextMorning + day, ['failed', 'failed', 'failed']])
    await control('/billing-keys/gildong', { card: 'normal' }, 'PUT')
    await advance(3 * day)
    expect(await runs()).toEqual([nextMorning + 2 * day, ['failed', 'failed', 'failed', 'paid']])
    expect((await readWithNewToken()).body['response']).toMatchObject({
      merchant_uid: 'month-2',
      schedule_status: 'executed',
      payment_status: 'paid',
    })
  })

  it('charges weeks after the shop has given up: nothing at the shop’s hand ends it', async () => {
    const { advance, control, sendWithNewToken, statuses } = await setUp()
    const gaveUp = await sendWithNewToken('POST', '/subscribe/payments/unschedule', {
      customer_uid: 'gildong',
    })
    await advance(21 * day)
    await control('/billing-keys/gildong', { card: 'normal' }, 'PUT')
    await advance(day)
    expect(gaveUp.body['message']).toBe('취소할 예약결제 기록이 존재하지 않습니다.')
    expect(statuses().slice(-2)).toEqual(['failed', 'paid'])
  })

  it('leaves what was paid otherwise, and what never ran', async () => {
    const { advance, control, sendWithNewToken, schedule, runs } = await setUp()
    await schedule({ ...entry, merchant_uid: 'month-3', schedule_at: noon + 100 * day })
    await control('/billing-keys/gildong', { card: 'normal' }, 'PUT')
    const retried = await sendWithNewToken('POST', `${path}/month-2/retry`, {})
    await advance(5 * day)
    expect([fieldOf(retried, 'status'), await runs()]).toEqual([
      'paid',
      [noon + hour, ['failed', 'paid']],
    ])
  })

  it('is off unless it is switched on, and ends when it is switched off', async () => {
    const off = await setUp('off')
    await off.advance(5 * day)
    expect(await off.runs()).toEqual([noon + hour, ['failed']])

    const ended = await setUp(9)
    await ended.advance(day)
    await ended.control('/billing', { recovery_hour: 'off' }, 'PUT')
    await ended.advance(5 * day)
    expect(ended.statuses()).toEqual(['failed', 'failed'])
  })

  it('takes up what failed the day before it was switched on, and nothing older', async () => {
    const young = await setUp('off')
    await young.advance(20 * hour - 1)
    await young.control('/billing', { recovery_hour: 9 }, 'PUT')
    await young.advance(1)
    expect(young.statuses()).toEqual(['failed', 'failed'])

    const old = await setUp('off')
    await old.advance(2 * day)
    await old.control('/billing', { recovery_hour: 9 }, 'PUT')
    await old.advance(5 * day)
    expect(old.statuses()).toEqual(['failed'])
  })

  it('moves to another hour, and runs once a day', async () => {
    const { advance, control, runs } = await setUp(9)
    await control('/billing', { recovery_hour: 23 }, 'PUT')
    await advance(34 * hour)
    expect(await runs()).toEqual([noon + 35 * hour, ['failed', 'failed']])
  })

  it('goes on after a restart, and makes up for what it missed', async () => {
    const { simulator } = await setUp(9)
    const later = createSimulator({
      snapshot: simulator.snapshot(),
      clock: createClock({ at: new Date((noon + 2 * day) * 1000) }),
      fetch: () => new Response('ok'),
    })
    await later.waitForIdle()
    const state = await (await later.fetch('http://simulator/_simulator/state')).json()
    expect(state).toMatchObject({
      schedules: [{ executed_at: noon + 2 * day, payment_status: 'failed' }],
    })
  })

  it('is a setting of each sub-merchant', async () => {
    const { call } = createMerchant()
    const headers = { 'content-type': 'application/json', tier: 'T01' }
    const body = JSON.stringify({ recovery_hour: '7' })
    const tier = await call('/_simulator/billing', { method: 'PUT', headers, body })
    const agency = await call('/_simulator/billing')
    expect([tier.body['recovery_hour'], agency.body['recovery_hour']]).toEqual([7, 'off'])
  })
})

describe('/_simulator/billing', () => {
  it('changes the named settings', async () => {
    const { control, call } = createMerchant()
    const defaults = { key_webhooks: 'every_pg', key_amounts: 'zero', recovery_hour: 'off' }
    expect((await call('/_simulator/billing')).body).toEqual(defaults)
    const changed = { ...defaults, key_amounts: 'displayed', recovery_hour: 23 }
    const put = await control('/billing', { key_amounts: 'displayed', recovery_hour: 23 }, 'PUT')
    expect([put.body, (await call('/_simulator/billing')).body]).toEqual([changed, changed])
  })

  it.each([
    [{ recovery_hour: 0 }, 'recovery_hour'],
    [{ recovery_hour: 24 }, 'recovery_hour'],
    [{ key_webhooks: 'none' }, 'key_webhooks'],
    [{ key_amounts: 'zero', hour: 3 }, 'hour'],
  ])('refuses %j, and changes nothing', async (body, field) => {
    const { control, call } = createMerchant()
    const before = await call('/_simulator/billing')
    const refused = await control('/billing', { key_webhooks: 'documented', ...body }, 'PUT')
    expect(refused).toMatchObject({ status: 400, body: { reason: 'invalid', field } })
    expect(await call('/_simulator/billing')).toEqual(before)
  })
})

describe('a schedule in milliseconds', () => {
  it('is taken silently for the year 58138, is in no list, and is not what is due next', async () => {
    const { schedule, get, control, call, webhooks } = await setUpSubscriber()
    const schedule_at = (noon + day) * 1000
    const created = await schedule({ ...entry, schedule_at })
    const list = await get(`${path}?schedule_from=${noon}&schedule_to=${noon + 90 * day}`)
    const one = await get(`${path}/month-2`)
    expect([created.status, created.body['code']]).toEqual([200, 0])
    expect(iso(schedule_at)).toMatch(/^\+058138-/)
    expect([fieldOf(list, 'total'), fieldOf(one, 'schedule_at')]).toEqual([0, schedule_at])
    expect((await call('/_simulator/clock')).body['next_due']).toBeNull()
    await control('/clock', { advance_ms: 400 * day * 1000 })
    expect(webhooks()).toEqual([])
  })
})
