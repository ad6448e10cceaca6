import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTimeSeconds } from '../../../test/merchant.ts'

const person = { name: '홍길동', tel: '0212345678', addr: '서울 어딘가 1', postcode: '04524' }
const logis = { company: 'CJGLS', invoice: '1234567890', sent_at: fixedTimeSeconds - 60 }
const delivery = { sender: person, receiver: person, logis }
const registered = {
  status: 200,
  body: {
    code: 0,
    message: null,
    response: { ...logis, applied_at: fixedTimeSeconds },
  },
}
const refused = (status: number, message: string) => ({
  status,
  body: { code: 1, message, response: null },
})

const setUp = async (payment: object = {}) => {
  const merchant = createMerchant({ webhook: { url: 'https://shop.example/webhook' } })
  await merchant.seedPayment({ imp_uid: 'imp_1', escrow: true, ...payment })
  const path = '/escrows/logis/imp_1'
  return {
    ...merchant,
    register: (body: object = delivery) => merchant.send('POST', path, body),
    change: (body: object = delivery) => merchant.send('PUT', path, body),
    read: () => merchant.get(path),
    decide: (body: object) => merchant.control('/payments/imp_1/escrow', body),
    events: async () => {
      await merchant.simulator.waitForIdle()
      return merchant.receivedRequests.map(({ body }) => JSON.parse(body))
    },
  }
}

describe('/escrows/logis/{imp_uid}', () => {
  it('registers a delivery once, and returns it', async () => {
    const { register, read } = await setUp()
    expect(await register()).toEqual(registered)
    expect(await read()).toEqual(registered)
    expect(await register()).toEqual(refused(409, '이미 배송정보가 등록된 거래입니다.'))
  })

  it('changes a registered delivery, and stores an unknown courier as ETC', async () => {
    const { register, change, read } = await setUp()
    await register()
    const changed = await change({ ...delivery, logis: { ...logis, company: 'DRONE' } })
    expect(changed.body['response']).toEqual({
      ...logis,
      company: 'ETC',
      applied_at: fixedTimeSeconds,
    })
    expect(await read()).toEqual(changed)
  })

  it.each(['REGISTPOST', 'CHUNIL', 'ILYANG', 'CVSNET', 'KDEXP', 'HONAM', 'HDEXP'])(
    'stores the courier %s as given',
    async (company) => {
      const { register, read } = await setUp()
      await register({ ...delivery, logis: { ...logis, company } })
      expect(fieldOf(await read(), 'company')).toBe(company)
    },
  )

  it('changes nothing before it is registered', async () => {
    const { change, read } = await setUp()
    const nothing = refused(409, '배송정보가 등록되지 않은 거래입니다.')
    expect([await change(), await read()]).toEqual([nothing, nothing])
  })

  it('accepts the objects as JSON text and as a bracketed form', async () => {
    const asText = await setUp()
    const texts = Object.entries(delivery).map(([name, value]) => [name, JSON.stringify(value)])
    const asForm = await setUp()
    const pairs = Object.entries(delivery).flatMap(([group, members]) =>
      Object.entries(members).map(([name, value]) => [`${group}[${name}]`, String(value)]),
    )
    const body = new URLSearchParams(pairs)
    const response = await asForm.authorized('/escrows/logis/imp_1', { method: 'POST', body })
    expect(await asText.register(Object.fromEntries(texts))).toEqual(registered)
    expect(response).toEqual(registered)
  })

  it.each([
    ['a courier', { logis: { ...logis, company: '' } }, 'logis.company'],
    ['a number', { logis: { ...logis, invoice: null } }, 'logis.invoice'],
    ['a time', { logis: { ...logis, sent_at: 'now' } }, 'logis.sent_at'],
    ['a sender’s address', { sender: { ...person, addr: '' } }, 'sender.addr'],
    ['a receiver', { receiver: 'unknown' }, 'receiver.name'],
  ])('requires %s', async (_, changes, name) => {
    const { register } = await setUp()
    expect(await register({ ...delivery, ...changes })).toEqual(
      refused(400, `${name} 파라메터가 누락되었습니다.`),
    )
  })

  it.each([
    ['not an escrow payment', { escrow: false }],
    ['not paid', { status: 'ready' }],
  ])('refuses a payment that is %s', async (_, payment) => {
    const { register } = await setUp(payment)
    expect(await register()).toEqual(refused(409, '에스크로로 결제완료된 거래가 아닙니다.'))
  })

  it('refuses operations that the PG does not support', async () => {
    const kakao = await setUp({ pg_provider: 'kakaopay' })
    const unsupported = refused(400, '에스크로 배송등록을 지원하지 않는 PG사입니다.')
    expect([await kakao.register(), await kakao.read()]).toEqual([unsupported, unsupported])
    const nice = await setUp({ pg_provider: 'nice_v2' })
    await nice.register()
    expect(await nice.change()).toEqual(
      refused(400, '에스크로 배송정보 수정을 지원하지 않는 PG사입니다.'),
    )
  })

  it('returns 404 for an unknown payment', async () => {
    const { get } = await setUp()
    expect(await get('/escrows/logis/imp_none')).toEqual(
      refused(404, '존재하지 않는 결제정보입니다.'),
    )
  })
})

describe('the escrow webhook of Inicis', () => {
  const event = (extra: object) => ({
    event: 'Inicis.Escrow.Changed',
    imp_uid: 'imp_1',
    merchant_uid: 'order-1',
    status: 'paid',
    extra: { changed_at: fixedTimeSeconds, ...extra },
  })

  it('reports the registration, a refusal with its reason, and the last status', async () => {
    const { register, decide, events } = await setUp()
    await register()
    await decide({ escrow_status: '4', denied_reason: '색상이 다름' })
    await decide({ escrow_status: '10' })
    expect(await events()).toEqual([
      event({ escrow_status: '2' }),
      event({ escrow_status: '4', denied_reason: '색상이 다름' }),
      event({ escrow_status: '10' }),
    ])
  })

  it('is a bracketed form when the console is set so', async () => {
    const merchant = createMerchant({
      webhook: { url: 'https://shop.example/webhook', contentType: 'form' },
    })
    await merchant.seedPayment({ imp_uid: 'imp_1', escrow: true })
    await merchant.send('POST', '/escrows/logis/imp_1', delivery)
    await merchant.simulator.waitForIdle()
    expect(
      merchant.receivedRequests.map(({ body }) => Object.fromEntries(new URLSearchParams(body))),
    ).toEqual([
      {
        event: 'Inicis.Escrow.Changed',
        imp_uid: 'imp_1',
        merchant_uid: 'order-1',
        status: 'paid',
        'extra[escrow_status]': '2',
        'extra[changed_at]': String(fixedTimeSeconds),
      },
    ])
  })

  it('is not sent by other PGs', async () => {
    const { register, decide, events } = await setUp({ pg_provider: 'kcp' })
    await register()
    expect((await decide({ escrow_status: '3' })).status).toBe(200)
    expect(await events()).toEqual([])
  })

  it.each([
    ['nothing was registered', false, '3', 409, { reason: 'not_registered' }],
    ['the status is unknown', true, '5', 400, { reason: 'invalid', field: 'escrow_status' }],
    ['it was never refused', true, '10', 409, { reason: 'not_changeable' }],
  ])('is not sent when %s', async (_, isRegistered, escrow_status, status, body) => {
    const { register, decide, receivedRequests, simulator } = await setUp()
    if (isRegistered) await register()
    await simulator.waitForIdle()
    receivedRequests.length = 0
    expect(await decide({ escrow_status })).toEqual({ status, body })
    await simulator.waitForIdle()
    expect(receivedRequests).toEqual([])
  })

  it('makes the delivery unchangeable', async () => {
    const { register, decide, change } = await setUp()
    await register()
    await decide({ escrow_status: '3' })
    expect(await change()).toEqual(refused(409, '배송정보를 수정할 수 없는 거래입니다.'))
  })
})
