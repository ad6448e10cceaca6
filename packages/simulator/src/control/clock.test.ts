import { describe, expect, it } from 'vitest'
import { createMerchant, fixedTime, fixedTimeSeconds } from '../../test/merchant.ts'
import { createClock } from '../runtime/clock.ts'

const hours = 60 * 60

describe('/_simulator/clock', () => {
  it('says how far it is ahead of real time, for programs that follow it', async () => {
    const { control, call } = createMerchant({ clock: createClock() })
    expect((await call('/_simulator/clock')).body['ahead_ms']).toBe(0)
    const moved = await control('/clock', { advance_ms: 3 * hours * 1000 })
    expect(moved.body['ahead_ms']).toBe(3 * hours * 1000)
    expect((await call('/_simulator/clock')).body['ahead_ms']).toBe(3 * hours * 1000)
  })

  it('moves just past the next due date, one after the other', async () => {
    const { control, call, seedPayment, send } = createMerchant()
    const account = { status: 'ready', pay_method: 'vbank' }
    await seedPayment({
      ...account,
      imp_uid: 'imp_2',
      vbank_date: fixedTimeSeconds + 5 * hours,
    })
    await seedPayment({
      ...account,
      imp_uid: 'imp_1',
      vbank_date: fixedTimeSeconds + 2 * hours,
    })
    await control('/billing-keys', { customer_uid: 'gildong' })
    const schedules = [
      {
        merchant_uid: 'month-2',
        schedule_at: fixedTimeSeconds + 3 * hours,
        amount: 9900,
        name: '구독',
      },
    ]
    await send('POST', '/subscribe/payments/schedule', { customer_uid: 'gildong', schedules })

    const at = (hour: number, seconds = 0) =>
      new Date(fixedTime.getTime() + hour * hours * 1000 + seconds * 1000).toISOString()
    expect((await call('/_simulator/clock')).body['next_due']).toBe(at(2))
    const moves = []
    for (let move = 0; move < 3; move++) {
      moves.push((await control('/clock', { advance_to: 'next_due' })).body)
    }
    expect(moves).toEqual([
      { now: at(2, 1), ahead_ms: null, next_due: at(3) },
      { now: at(3, 1), ahead_ms: null, next_due: at(5) },
      { now: at(5, 1), ahead_ms: null, next_due: null },
    ])
    expect((await call('/_simulator/state')).body['schedules']).toMatchObject([
      { merchant_uid: 'month-2', schedule_status: 'executed' },
    ])
    expect(await control('/clock', { advance_to: 'next_due' })).toEqual({
      status: 409,
      body: { reason: 'nothing_due' },
    })
  })
})

describe('the clock of the console', () => {
  const setUp = () => {
    const merchant = createMerchant()
    const page = async (lang: string) =>
      (await merchant.simulator.fetch(`http://localhost:8788/?lang=${lang}`)).text()
    const submit = (fields: Record<string, string>) =>
      merchant.simulator.fetch('http://localhost:8788/console/clock?lang=en', {
        method: 'POST',
        body: new URLSearchParams(fields),
      })
    return { ...merchant, page, submit }
  }

  it('shows the time and what moving it moves, in both languages', async () => {
    const { page } = setUp()
    const [english, korean] = [await page('en'), await page('ko')]
    expect(english.replaceAll('\u202f', ' ')).toContain(
      `<time datetime="${fixedTime.toISOString()}" data-clock>March 2, 2026 12:00:00 PM</time>`,
    )
    expect(english).toContain('so do the payment server and the shop of npm start')
    expect(korean).toContain('2026년 3월 2일 오후 12:00:00')
    expect(korean).toContain('결제 서버와 상점도 같은 시각으로 동작합니다')
  })

  it('moves by the minute, the hour, the day and 30 days', async () => {
    const { submit, simulator } = setUp()
    for (const ms of ['60000', '3600000', '86400000', '2592000000'])
      await submit({ advance_ms: ms })
    expect(simulator.clock.now().getTime() - fixedTime.getTime()).toBe(
      60_000 + 3_600_000 + 31 * 86_400_000,
    )
  })

  it('moves to the next due date, and refuses when nothing is due', async () => {
    const { submit, page, seedPayment, simulator } = setUp()
    expect(await page('en')).toContain('value="next_due" disabled')
    const refused = await submit({ advance_to: 'next_due' })
    expect(refused.headers.get('location')).toBe('/?lang=en&error=nothing_due')
    const vbank_date = fixedTimeSeconds + hours
    await seedPayment({ status: 'ready', pay_method: 'vbank', vbank_date })
    expect(await page('en')).not.toContain('value="next_due" disabled')
    await submit({ advance_to: 'next_due' })
    expect(simulator.clock.seconds()).toBe(vbank_date + 1)
  })

  it('does not move for what is not a distance', async () => {
    const { submit, simulator } = setUp()
    for (const advance_ms of ['-1', 'soon', '']) {
      const response = await submit({ advance_ms })
      expect(response.headers.get('location')).toBe('/?lang=en&error=invalid')
    }
    expect(simulator.clock.now()).toEqual(fixedTime)
  })
})
