/// <reference types="node" />
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFixture, read } from './completion-fixture.ts'

const json = { 'content-type': 'application/json' }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** The response that comes when the timeout is reached, and not before. */
async function afterTimeout<T>(timeoutMs: number, response: Promise<T>): Promise<T> {
  let isSettled = false
  const settled = response.finally(() => {
    isSettled = true
  })
  while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve))
  await vi.advanceTimersByTimeAsync(timeoutMs - 1)
  expect(isSettled).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  return settled
}

describe('every wait of a route has a timeout', () => {
  it('T27: 5 seconds for a body that stops', async () => {
    const { app, reports } = createFixture()
    let isCancelled = false
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"imp_uid":')),
      cancel: () => {
        isCancelled = true
      },
    })
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body,
      headers: json,
      duplex: 'half',
    }
    const response = await afterTimeout(
      5_000,
      read(app.request(new Request('https://x/payments/webhook', init))),
    )
    expect(response).toEqual({ status: 408, body: { status: 'invalid', error: 'body_too_slow' } })
    expect(isCancelled).toBe(true)
    expect(reports).toEqual([
      { kind: 'refused_request', route: 'webhook', failure: { reason: 'body_too_slow' } },
    ])
  })

  it('8 seconds for a confirm hook that does not respond', async () => {
    let onConfirm = (): void => undefined
    const confirmCalled = new Promise<void>((resolve) => {
      onConfirm = resolve
    })
    const { app, order, reports } = createFixture({
      isProvider: () => true,
      hooks: {
        confirm: () => {
          onConfirm()
          return new Promise(() => undefined)
        },
      },
    })
    order('ORD-1')
    const pending = read(
      app.request('/payments/confirm', {
        method: 'POST',
        body: '{"imp_uid":"imp_1","merchant_uid":"ORD-1","amount":64900}',
        headers: json,
      }),
    )
    // By then the timeout of the body is over and its timer is cleared.
    await confirmCalled
    const response = await afterTimeout(8_000, pending)
    expect(response).toEqual({
      status: 409,
      body: { reason: '상점이 응답하지 않습니다 (shop did not answer in time)' },
    })
    expect(reports.map((report) => report.kind === 'confirm_refused' && report.reason)).toEqual([
      'shop_too_slow',
    ])
  })
})
