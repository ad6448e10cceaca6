import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { isSentAfter, useFakeTimers } from '../../test/fake-timers.ts'
import { createMerchant, toRecord } from '../../test/merchant.ts'

const path = '/payments/imp_1'
const address = `https://api.iamport.kr${path}`

const setUp = async (fault: string, more: Record<string, unknown> = {}) => {
  const merchant = createMerchant()
  const healthy = await merchant.seedPayment({ imp_uid: 'imp_1' })
  const authorization = await merchant.login()
  await merchant.control('/faults', { fault, path: '/payments/{imp_uid}', ...more })
  const fetchPayment = (init: RequestInit = {}) =>
    merchant.simulator.fetch(address, { headers: { authorization }, ...init })
  const record = async () => toRecord(toRecord(await (await fetchPayment()).json())['response'])
  return { ...merchant, healthy, authorization, fetchPayment, record }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('a fault', () => {
  for (const [fault, status] of [
    ['unauthorized', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['request_timeout', 408],
    ['too_many', 429],
    ['too_many_bare', 429],
    ['error_html', 500],
    ['error_json', 500],
    ['not_implemented', 501],
    ['bad_gateway_html', 502],
    ['unavailable_json', 503],
    ['unavailable_retry_after', 503],
    ['gateway_timeout', 504],
    ['redirect', 302],
    ['created', 201],
    ['html', 200],
    ['empty_body', 200],
  ] as const) {
    it(`${fault}: returns ${status} once`, async () => {
      const { fetchPayment } = await setUp(fault)
      expect([(await fetchPayment()).status, (await fetchPayment()).status]).toEqual([status, 200])
    })
  }

  for (const [fault, retryAfter] of [
    ['too_many', '1'],
    ['too_many_bare', null],
    ['unavailable_retry_after', '1'],
    ['unavailable_json', null],
  ] as const) {
    it(`${fault}: sends ${retryAfter ?? 'no'} Retry-After`, async () => {
      const { fetchPayment } = await setUp(fault)
      expect((await fetchPayment()).headers.get('retry-after')).toBe(retryAfter)
    })
  }

  for (const [fault, envelope] of [
    ['refused', { code: 1, message: '요청을 처리할 수 없습니다.', response: null }],
    ['pg_refused', { code: -1, message: 'PG사 오류입니다.', response: null }],
    ['null_response', { code: 0, message: null, response: null }],
  ] as const) {
    it(`T12: ${fault}: returns 200 with an envelope without a payment`, async () => {
      const { fetchPayment } = await setUp(fault)
      const response = await fetchPayment()
      expect([response.status, await response.json()]).toEqual([200, envelope])
    })
  }

  for (const [fault, change] of [
    ['amount_as_string', { amount: '1000' }],
    ['amount_null', { amount: null }],
    ['unknown_status', { status: 'held' }],
    ['stale_record', { status: 'ready', paid_at: 0 }],
  ] as const) {
    it(`${fault}: changes only that member of the record`, async () => {
      const { record, healthy } = await setUp(fault)
      expect(await record()).toEqual({ ...healthy, ...change })
    })
  }

  it('missing_field: removes the named member', async () => {
    const { record, healthy } = await setUp('missing_field', { field: 'sandbox' })
    const { sandbox, ...rest } = healthy
    expect(await record()).toEqual(rest)
    expect(sandbox).toBe(false)
  })

  it('other_payment: returns another order than the requested one', async () => {
    const { record, seedPayment } = await setUp('other_payment')
    await seedPayment({ imp_uid: 'imp_2', merchant_uid: 'order-2' })
    expect(await record()).toMatchObject({ imp_uid: 'imp_2', merchant_uid: 'order-2' })
  })

  it('other_payment: invents another payment when there is only one', async () => {
    const { record } = await setUp('other_payment')
    expect((await record())['imp_uid']).toBe('imp_000000000001')
  })

  it('truncated_json: stops in the middle of the body', async () => {
    const { fetchPayment } = await setUp('truncated_json')
    await expect(fetchPayment().then((response) => response.json())).rejects.toThrow(SyntaxError)
  })

  it('doubled_body: repeats the body', async () => {
    const { fetchPayment } = await setUp('doubled_body')
    const twice = await (await fetchPayment()).text()
    const once = await (await fetchPayment()).text()
    expect(twice).toBe(once + once)
  })

  it('byte_order_mark: starts the body with one', async () => {
    const { fetchPayment } = await setUp('byte_order_mark')
    const bytes = new Uint8Array(await (await fetchPayment()).arrayBuffer())
    expect(bytes.slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]))
  })

  for (const [fault, header, value] of [
    ['wrong_encoding', 'content-encoding', 'gzip'],
    ['wrong_charset', 'content-type', 'text/html; charset=EUC-KR'],
  ] as const) {
    it(`${fault}: claims ${header} ${value}`, async () => {
      const { fetchPayment } = await setUp(fault)
      expect((await fetchPayment()).headers.get(header)).toBe(value)
    })
  }

  it('reset: breaks the connection without running the operation', async () => {
    const { fetchPayment } = await setUp('reset')
    await expect(fetchPayment()).rejects.toThrow(TypeError)
    expect((await fetchPayment()).status).toBe(200)
  })

  it('reset_after: runs the operation and breaks before the response', async () => {
    const { simulator, authorization, control, fetchPayment } = await setUp('created')
    await control('/faults', { fault: 'reset_after', path: '/payments/cancel' })
    const body = new URLSearchParams({ imp_uid: 'imp_1' })
    const init = { method: 'POST', headers: { authorization }, body }
    await expect(simulator.fetch('https://api.iamport.kr/payments/cancel', init)).rejects.toThrow(
      TypeError,
    )
    expect(toRecord(await (await fetchPayment()).json())['response']).toMatchObject({
      cancel_amount: 1000,
    })
  })

  for (const fault of ['hang', 'stalled_body', 'stalled_last_byte']) {
    it(`T36: ${fault}: never finishes, until the caller aborts`, async () => {
      const { fetchPayment } = await setUp(fault)
      const reading = fetchPayment({ signal: AbortSignal.timeout(30) }).then((response) =>
        response.text(),
      )
      await expect(reading).rejects.toThrow('timeout')
    })
  }

  it('T36: hang: is aborted by a caller with a token', async () => {
    const { fetchPayment, authorization } = await setUp('hang')
    const signal = AbortSignal.timeout(30)
    await expect(fetchPayment({ headers: { authorization }, signal })).rejects.toThrow('timeout')
  })

  it('slow: responds after its delay', async () => {
    const { fetchPayment } = await setUp('slow', { delay_ms: 40 })
    useFakeTimers()
    const response = fetchPayment()
    expect([await isSentAfter(40, response), (await response).status]).toEqual([true, 200])
  })
})

describe('POST /_simulator/faults', () => {
  it('affects the next n calls, or all of them', async () => {
    const { fetchPayment, control } = await setUp('error_html', { times: 2 })
    const statuses = [
      (await fetchPayment()).status,
      (await fetchPayment()).status,
      (await fetchPayment()).status,
    ]
    await control('/faults', { fault: 'unauthorized', times: 'always' })
    const always = [(await fetchPayment()).status, (await fetchPayment()).status]
    await control('/faults', {}, 'DELETE')

    expect([...statuses, ...always, (await fetchPayment()).status]).toEqual([
      500, 500, 200, 401, 401, 200,
    ])
  })

  it('affects only its path and method', async () => {
    const { get, send, control } = await setUp('created', { path: '/elsewhere' })
    await control('/faults', { fault: 'error_html', path: '/payments/prepare', method: 'PUT' })
    const order = { merchant_uid: 'order-1', amount: 1 }

    expect((await send('POST', '/payments/prepare', order)).status).toBe(200)
    expect((await get(path)).status).toBe(200)
  })

  it('delays every call by the set latency', async () => {
    const { fetchPayment, control } = await setUp('created')
    await control('/faults', { latency_ms: 40 })
    useFakeTimers()
    expect(await isSentAfter(40, fetchPayment())).toBe(true)
  })

  it('refuses an unknown fault, and lists the faults of the README', async () => {
    const { control, call } = await setUp('created')
    const { body } = await call('/_simulator/faults')

    expect(await control('/faults', { fault: 'toString' })).toEqual({
      status: 400,
      body: { reason: 'invalid', field: 'fault' },
    })
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
    const rows = readme.slice(readme.indexOf('## Faults')).matchAll(/^\| `(\w+)` \|/gm)
    expect(body['available']).toEqual(Array.from(rows, ([, name]) => name))
  })
})
