import { describe, expect, it } from 'vitest'
import { createFixture, read } from './completion-fixture.ts'

const json = { 'content-type': 'application/json' }

/** How long an answer took, to the half second below. */
async function timed<T>(response: Promise<T>): Promise<readonly [answer: T, seconds: number]> {
  const at = performance.now()
  const given = await response
  return [given, Math.floor((performance.now() - at) / 500) / 2]
}

describe('a door waits for nobody without end', { timeout: 15_000 }, () => {
  it.concurrent('T27: 5 seconds for a body of which no more comes', async () => {
    const { app, reports } = createFixture()
    let isGivenUp = false
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"imp_uid":')),
      cancel: () => {
        isGivenUp = true
      },
    })
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body,
      headers: json,
      duplex: 'half',
    }
    const [response, seconds] = await timed(
      read(app.request(new Request('https://x/payments/webhook', init))),
    )
    expect(response).toEqual({ status: 408, body: { status: 'invalid', error: 'body_too_slow' } })
    expect(seconds).toBeGreaterThanOrEqual(4.5)
    expect(seconds).toBeLessThan(7)
    expect(isGivenUp).toBe(true)
    expect(reports).toEqual([
      { kind: 'refused_request', route: 'webhook', failure: { reason: 'body_too_slow' } },
    ])
  })

  it.concurrent('8 seconds for a shop that does not say whether to approve', async () => {
    const { app, order, reports } = createFixture({
      hooks: { confirm: () => new Promise(() => undefined) },
    })
    order('ORD-1')
    const [response, seconds] = await timed(
      read(
        app.request('/payments/confirm', {
          method: 'POST',
          body: '{"imp_uid":"imp_1","merchant_uid":"ORD-1","amount":64900}',
          headers: json,
        }),
      ),
    )
    expect(response).toEqual({
      status: 409,
      body: { reason: '상점이 응답하지 않습니다 (shop did not answer in time)' },
    })
    expect(seconds).toBeGreaterThanOrEqual(7.5)
    expect(seconds).toBeLessThan(10)
    expect(reports.map((report) => report.kind === 'confirm_refused' && report.reason)).toEqual([
      'shop_too_slow',
    ])
  })
})
