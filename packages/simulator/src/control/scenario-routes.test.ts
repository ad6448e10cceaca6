import { describe, expect, it } from 'vitest'
import { createMerchant, toRecord } from '../../test/merchant.ts'
import { scenarioNames } from '../services/scenarios.ts'

const setUp = () => createMerchant({ webhook: { url: 'https://shop.example/webhook' } })

describe('a scenario', () => {
  const sent: Readonly<Record<string, readonly string[]>> = {
    paid: ['paid'],
    account_issued: ['ready'],
    deposited: ['ready', 'paid'],
    failed: [],
    approved_late: ['paid'],
    cancelled: ['paid', 'cancelled'],
    partly_cancelled: ['paid', 'cancelled'],
  }
  const ended: Readonly<Record<string, readonly [string, number]>> = {
    paid: ['paid', 0],
    account_issued: ['ready', 0],
    deposited: ['paid', 0],
    failed: ['failed', 0],
    approved_late: ['paid', 0],
    cancelled: ['cancelled', 64_901],
    partly_cancelled: ['cancelled', 32_451],
  }

  it.each(scenarioNames)('%s sends the webhooks of its course to the shop', async (name) => {
    const { control, receivedRequests, simulator } = setUp()
    const order = { merchant_uid: 'ORD-1', amount: 64_901 }
    const { status, body } = await control(`/scenarios/${name}`, order)
    await simulator.waitForIdle()
    const statuses = receivedRequests.map(({ body: text }) => toRecord(JSON.parse(text))['status'])

    expect([status, body['merchant_uid'], body['amount']]).toEqual([200, 'ORD-1', 64_901])
    expect([body['status'], body['cancel_amount']]).toEqual(ended[name])
    expect(statuses).toEqual(sent[name])
  })

  it('without an order is one of its own, which no shop knows', async () => {
    const { control } = setUp()
    const { body } = await control('/scenarios/paid', {})
    expect(body).toMatchObject({
      merchant_uid: expect.stringMatching(/^order-\d{8}$/),
      amount: 1000,
    })
  })

  it('that is unknown, or has a wrong member, is refused', async () => {
    const { control } = setUp()
    expect(await control('/scenarios/constructor', {})).toEqual({
      status: 404,
      body: { reason: 'scenario_unknown' },
    })
    expect(await control('/scenarios/paid', { amount: -1 })).toMatchObject({
      status: 400,
      body: { reason: 'invalid', field: 'amount' },
    })
  })

  it('is listed with what it sends', async () => {
    const { call } = setUp()
    const { body } = await call('/_simulator/scenarios')
    expect(Object.keys(toRecord(body['scenarios']))).toEqual([...scenarioNames])
  })
})

describe('a message of the log', () => {
  it('is sent again as it was, though the payment has changed since', async () => {
    const { control, receivedRequests, simulator, call } = setUp()
    await control('/scenarios/deposited', { merchant_uid: 'ORD-1' })
    await simulator.waitForIdle()
    const again = await control('/deliveries/1/resend', {})
    await simulator.waitForIdle()
    const { body } = await call('/_simulator/webhooks')
    const log = Array.isArray(body['deliveries']) ? body['deliveries'] : []

    expect(again).toEqual({ status: 200, body: {} })
    expect(receivedRequests[2]).toEqual(receivedRequests[0])
    expect(log.map(({ id, attempt }) => [id, attempt])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
    ])
  })

  it('that asked for a decision before the approval is not sent again', async () => {
    const { simulator, control, receivedRequests } = setUp()
    const opened = simulator.paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: '',
      params: {
        merchant_uid: 'ORD-1',
        amount: 1000,
        pay_method: 'card',
        confirm_url: 'https://shop.example/confirm',
      },
    })
    if (!opened.ok) throw new TypeError(opened.error_msg)
    await simulator.paymentWindow.approve(opened.imp_uid, { webhook: { timing: 'never' } })
    await simulator.waitForIdle()

    expect(receivedRequests.map(({ url }) => url)).toEqual(['https://shop.example/confirm'])
    expect(await control('/deliveries/1/resend', {})).toEqual({
      status: 409,
      body: { reason: 'delivery_not_resendable' },
    })
    await simulator.waitForIdle()
    expect(receivedRequests.length).toBe(1)
  })

  it('that is not there is 404', async () => {
    const { control } = setUp()
    expect(await control('/deliveries/7/resend', {})).toEqual({
      status: 404,
      body: { reason: 'delivery_unknown' },
    })
  })
})
