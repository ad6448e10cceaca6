import { describe, expect, it } from 'vitest'
import { createMerchant, fixedTime, fixedTimeSeconds } from '../../test/merchant.ts'
import { createClock } from '../runtime/clock.ts'
import type { Snapshot } from './snapshot.ts'

const hour = 60 * 60

/** What a file would bring back: JSON, and nothing else. */
const stored = (snapshot: Snapshot): Snapshot => JSON.parse(JSON.stringify(snapshot))

/** A merchant with a record of every kind that the control API can seed. */
async function createBusyMerchant() {
  const merchant = createMerchant({ webhook: { url: 'https://shop.example/webhook' } })
  const { seedPayment, control, send } = merchant
  await seedPayment({ imp_uid: 'imp_paid', merchant_uid: 'order-paid' })
  await seedPayment({ imp_uid: 'imp_part', merchant_uid: 'order-part', cancel_amount: 300 })
  await seedPayment({
    imp_uid: 'imp_account',
    merchant_uid: 'order-account',
    status: 'ready',
    pay_method: 'vbank',
    vbank_date: fixedTimeSeconds + 4 * hour,
  })
  await control('/billing-keys', { customer_uid: 'gildong' })
  await control('/kcpquick/members', { member_id: 'member-1' })
  await control('/benepia', { benepia_user: 'user-1', point: 500 })
  await send('POST', '/payments/prepare', { merchant_uid: 'order-next', amount: 2000 })
  const schedule = { schedule_at: fixedTimeSeconds + 2 * hour, amount: 9900, name: '구독' }
  await send('POST', '/subscribe/payments/schedule', {
    customer_uid: 'gildong',
    schedules: [{ ...schedule, merchant_uid: 'month-2' }],
  })
  await control('/payments/imp_paid/resend')
  await merchant.simulator.waitForIdle()
  return merchant
}

describe('a simulator made from the snapshot of another', () => {
  it('has every record of the other, its settings and its token', async () => {
    const before = await createBusyMerchant()
    await before.control('/webhooks', { timing: 'after', resend: true }, 'PUT')
    await before.control('/contracts', { vbanks: false }, 'PUT')
    await before.control('/channels', { pg_provider: 'settle', pg_id: 'shop1' })
    await before.control('/tiers', { tier_code: 'ZZZ', tier_name: '새 하위상점' })
    const after = createMerchant({ snapshot: stored(before.simulator.snapshot()) })
    const stateOf = async ({ call }: typeof before) => {
      const { body } = await call('/_simulator/state')
      return { ...body, request_log: null }
    }
    expect(await stateOf(after)).toEqual(await stateOf(before))
    expect(after.simulator.snapshot()).toEqual(before.simulator.snapshot())
  })

  it('can refund a payment that was made before', async () => {
    const before = await createBusyMerchant()
    const after = createMerchant({ snapshot: stored(before.simulator.snapshot()) })
    const refunded = await after.send('POST', '/payments/cancel', { imp_uid: 'imp_part' })
    expect(refunded.body['response']).toMatchObject({ status: 'cancelled', cancel_amount: 1000 })
  })

  it('runs the schedules that were waiting, and those that fell due while it was stopped', async () => {
    const before = await createBusyMerchant()
    const snapshot = stored(before.simulator.snapshot())
    const waiting = createMerchant({ snapshot })
    await waiting.simulator.clock.advance(2 * hour * 1000)
    const late = createMerchant({
      snapshot,
      clock: createClock({ at: new Date(fixedTime.getTime() + 3 * hour * 1000) }),
    })
    await late.simulator.waitForIdle()
    for (const { call } of [waiting, late]) {
      expect((await call('/_simulator/state')).body['schedules']).toMatchObject([
        { merchant_uid: 'month-2', schedule_status: 'executed' },
      ])
    }
  })

  it('completes an approval at Naver that the provider had not polled yet', async () => {
    const { simulator } = createMerchant()
    const opened = simulator.paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: '',
      params: {
        pg: 'naverco',
        merchant_uid: 'order-1',
        amount: 1000,
        name: '차',
        buyer_tel: '010-1234-5678',
        naverProducts: [
          { id: 'P1', name: '차', basePrice: 1000, infoUrl: 'i', imageUrl: 'i', shipping: {} },
        ],
      },
    })
    if (!opened.ok) throw new TypeError(opened.error_msg)
    await simulator.paymentWindow.approve(opened.imp_uid, {})

    const after = createMerchant({ snapshot: stored(simulator.snapshot()) })
    await after.simulator.clock.advance(60_000)
    const record = await after.get(`/payments/${opened.imp_uid}?include_sandbox=true`)
    expect(record.body['response']).toMatchObject({ status: 'paid', amount: 1000 })
  })

  it('shows a message whose response a stop cut off as not delivered', async () => {
    const never = new Promise<Response>(() => undefined)
    const { simulator, seedPayment, control } = createMerchant({
      webhook: { url: 'https://shop.example/webhook' },
      respond: () => never,
    })
    await seedPayment({ imp_uid: 'imp_1' })
    await control('/payments/imp_1/resend')
    const after = createMerchant({ snapshot: stored(simulator.snapshot()) })
    expect((await after.call('/_simulator/webhooks')).body['deliveries']).toMatchObject([
      { imp_uid: 'imp_1', response: { error: 'network', detail: 'The simulator was stopped.' } },
    ])
  })

  it('keeps sub-merchants apart', async () => {
    const before = createMerchant()
    const headers = { tier: 'T01', 'content-type': 'application/json' }
    const body = JSON.stringify({ imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 1000 })
    await before.call('/_simulator/payments', { method: 'POST', headers, body })
    const after = createMerchant({ snapshot: stored(before.simulator.snapshot()) })
    const own = await after.call('/_simulator/state', { headers: { tier: 'T01' } })
    expect(own.body['payments']).toMatchObject([{ imp_uid: 'imp_1' }])
    expect((await after.call('/_simulator/state')).body['payments']).toEqual([])
  })

  it('is as far ahead of real time as the other was', async () => {
    const before = createMerchant({ clock: createClock() })
    await before.simulator.clock.advance(3 * hour * 1000)
    const { simulator } = createMerchant({ snapshot: stored(before.simulator.snapshot()) })
    expect(simulator.snapshot().ahead_ms).toBe(0)
    const moved = createClock({ aheadMs: before.simulator.snapshot().ahead_ms })
    expect(moved.aheadMs()).toBe(3 * hour * 1000)
  })

  it('sends webhooks to the URL it was given, not to the one that was kept', async () => {
    const before = await createBusyMerchant()
    const after = createMerchant({
      snapshot: stored(before.simulator.snapshot()),
      webhook: { url: 'https://shop.example/other' },
    })
    expect((await after.call('/_simulator/webhooks')).body['settings']).toMatchObject({
      url: 'https://shop.example/other',
    })
  })

  it('keeps the newest thousand messages', async () => {
    const { simulator, control } = await createBusyMerchant()
    await control('/webhooks', { times: 20 }, 'PUT')
    for (let sent = 0; sent < 52; sent++) await control('/payments', paymentWithWebhook(sent))
    for (let sent = 0; sent < 52; sent++) await control(`/payments/imp_x${sent}/cancel`)
    await simulator.waitForIdle()
    const after = createMerchant({ snapshot: stored(simulator.snapshot()) })
    const { deliveries } = (await after.call('/_simulator/webhooks')).body
    const all = (await createState(simulator))['deliveries']
    expect(deliveries).toEqual(Array.isArray(all) ? all.slice(-1000) : null)
  })
})

const paymentWithWebhook = (n: number) => ({
  imp_uid: `imp_x${n}`,
  merchant_uid: `order-x${n}`,
  amount: 1000,
})

async function createState({ fetch }: ReturnType<typeof createMerchant>['simulator']) {
  const response = await fetch('http://simulator/_simulator/state')
  const body: Record<string, unknown> = await response.json()
  return body
}
