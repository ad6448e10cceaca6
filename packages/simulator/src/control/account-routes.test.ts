import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTimeSeconds } from '../../test/merchant.ts'

const channel = {
  pg_provider: 'ksnet',
  pg_id: 'shop1',
  channel_key: 'channel-key-ksnet-shop1',
  type: 'payment',
  sandbox: true,
  module: 'new',
  store_id: 'store-simulator',
}
const account = {
  merchant_uid: 'order-1',
  amount: 1000,
  channel_key: 'channel-key-settle',
  vbank_code: '004',
  vbank_due: fixedTimeSeconds + 3600,
  vbank_holder: '가게',
}

describe('/_simulator/channels', () => {
  it('adds a channel with the defaults of its PG, replaces the one with its key, and removes it', async () => {
    const { control, call, get } = createMerchant()
    const added = await control('/channels', { pg_provider: 'ksnet', pg_id: 'shop1' })
    expect(added).toEqual({ status: 200, body: channel })
    await control('/channels', { ...channel, sandbox: false, channel_group_id: 'group-1' })
    const listed = [(await get('/users/pg')).body['response']].flat()
    expect(listed.filter((each) => Object(each).channel_key === channel.channel_key)).toEqual([
      {
        pg_provider: 'ksnet',
        pg_id: 'shop1',
        sandbox: false,
        type: 'payment',
        channel_name: 'ksnet 실연동',
        channel_key: channel.channel_key,
      },
    ])

    const remove = () => call(`/_simulator/channels/${channel.channel_key}`, { method: 'DELETE' })
    expect((await remove()).body).toMatchObject({ channel_group_id: 'group-1' })
    expect(await remove()).toEqual({ status: 404, body: { reason: 'channel_unknown' } })
  })

  it('replaces all channels at once: windows open at the new ones only', async () => {
    const { control, call, simulator } = createMerchant()
    const channels = [{ pg_provider: 'ksnet', pg_id: 'shop1' }]
    expect(await control('/channels', { channels }, 'PUT')).toEqual({
      status: 200,
      body: { channels: [channel] },
    })
    expect((await call('/_simulator/channels')).body).toEqual({ channels: [channel] })
    const params = { merchant_uid: 'order-1', amount: 1000, pg: 'kcp' }
    const request = { user_code: 'imp00000000', device: 'pc', user_agent: '', params } as const
    expect(simulator.paymentWindow.open(request)).toMatchObject({ ok: true, channel })
  })

  it.each([
    ['pg_provider', { pg_id: 'shop1' }],
    ['pg_provider', { pg_provider: 'KG 이니시스', pg_id: 'shop1' }],
    ['pg_id', { pg_provider: 'ksnet' }],
    ['pg_id', { pg_provider: 'ksnet', pg_id: 'x'.repeat(81) }],
    ['type', { pg_provider: 'ksnet', pg_id: 'shop1', type: 'window' }],
    ['sandbox', { pg_provider: 'ksnet', pg_id: 'shop1', sandbox: 'no' }],
    ['module', { pg_provider: 'ksnet', pg_id: 'shop1', module: 'v2' }],
    ['sandbx', { pg_provider: 'ksnet', pg_id: 'shop1', sandbx: false }],
  ])('names the wrong member %s, and changes nothing', async (field, body) => {
    const { control, call } = createMerchant()
    const before = await call('/_simulator/channels')
    const invalid = { reason: 'invalid', expected: expect.any(String) }
    expect(await control('/channels', body)).toEqual({
      status: 400,
      body: { ...invalid, field },
    })
    expect(await control('/channels', { channels: [channel, body] }, 'PUT')).toEqual({
      status: 400,
      body: { ...invalid, field: `channels[1].${field}` },
    })
    expect(await call('/_simulator/channels')).toEqual(before)
  })

  it.each([
    ['no list', {}],
    ['an empty list', { channels: [] }],
    ['a list of texts', { channels: ['ksnet'] }],
    ['two channels of one key', { channels: [channel, channel] }],
  ])('refuses %s', async (_, body) => {
    const { control } = createMerchant()
    expect(await control('/channels', body, 'PUT')).toEqual({
      status: 400,
      body: { reason: 'invalid', field: 'channels', expected: expect.any(String) },
    })
  })
})

describe('/_simulator/contracts', () => {
  it('ends and concludes a contract, for the agency and its sub-merchants', async () => {
    const { control, send, call, authorized, json } = createMerchant()
    const ended = await control('/contracts', { vbanks: false }, 'PUT')
    expect(ended.body).toMatchObject({ vbanks: false, escrow: true })
    expect((await call('/_simulator/contracts')).body).toEqual(ended.body)
    const refused = await send('POST', '/vbanks', account)
    expect(refused).toEqual({
      status: 200,
      body: {
        code: -1,
        message: 'API 가상계좌 발급은 PG사와 별도 계약이 필요합니다.',
        response: null,
      },
    })
    const headers = { 'content-type': 'application/json', tier: 'T01' }
    expect(await authorized('/vbanks', { ...json('POST', account), headers })).toEqual(refused)

    await control('/contracts', { vbanks: true }, 'PUT')
    expect(fieldOf(await send('POST', '/vbanks', account), 'status')).toBe('ready')
  })

  it.each([
    ['vbank', { vbank: false }],
    ['vbanks', { vbanks: 'sometimes' }],
  ])('names the wrong member %s, and changes nothing', async (field, body) => {
    const { control, call } = createMerchant()
    const before = await call('/_simulator/contracts')
    expect(await control('/contracts', { escrow: false, ...body }, 'PUT')).toEqual({
      status: 400,
      body: { reason: 'invalid', field, expected: expect.any(String) },
    })
    expect(await call('/_simulator/contracts')).toEqual(before)
  })
})

describe('/_simulator/tiers', () => {
  it('adds a sub-merchant with windows and payments of its own, and renames it', async () => {
    const { control, get, simulator, call } = createMerchant()
    const tier = { tier_code: 'A1B', tier_name: '둘째 상점' }
    expect((await get('/tiers/A1B')).status).toBe(404)
    expect(await control('/tiers', { tier_code: 'A1B' })).toMatchObject({ status: 200 })
    expect(await control('/tiers', tier)).toEqual({ status: 200, body: tier })
    expect((await get('/tiers/A1B')).body['response']).toEqual(tier)
    expect((await call('/_simulator/tiers')).body).toEqual({
      tiers: [{ tier_code: 'T01', tier_name: '하위상점 1' }, tier],
    })

    const opened = simulator.paymentWindow.open({
      user_code: 'imp00000000',
      tier_code: 'A1B',
      device: 'pc',
      user_agent: '',
      params: { merchant_uid: 'order-1', amount: 1000 },
    })
    const impUid = opened.imp_uid ?? ''
    await simulator.paymentWindow.approve(impUid, {})
    const state = await call('/_simulator/state', { headers: { tier: 'A1B' } })
    expect(state.body['payments']).toEqual([
      expect.objectContaining({ imp_uid: impUid, status: 'paid' }),
    ])
    expect((await call('/_simulator/state')).body['payments']).toEqual([])
  })

  it.each([
    ['tier_code', {}],
    ['tier_code', { tier_code: 'a1b' }],
    ['tier_code', { tier_code: 'A1B2' }],
    ['name', { tier_code: 'A1B', name: '상점' }],
  ])('names the wrong member %s', async (field, body) => {
    expect(await createMerchant().control('/tiers', body)).toEqual({
      status: 400,
      body: { reason: 'invalid', field, expected: expect.any(String) },
    })
  })
})
