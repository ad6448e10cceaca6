import { getRequestListener } from '@hono/node-server'
import { createSimulator } from '@quayside/simulator'
import { describe, expect, it } from 'vitest'
import { apiKey, serve, until } from '../program.ts'
import { listen } from '../shop-and-provider.ts'

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly attributes: readonly {
    readonly key: string
    readonly value: { readonly stringValue?: string; readonly intValue?: number | string }
  }[]
}

/** Receives spans as an OpenTelemetry collector does, and keeps them as text, too. */
async function startCollector() {
  const spans: Span[] = []
  const bodies: string[] = []
  const url = await listen(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    bodies.push(`${request.url} ${body}`)
    for (const { scopeSpans } of JSON.parse(body).resourceSpans) {
      for (const scope of scopeSpans) spans.push(...scope.spans)
    }
    response.setHeader('content-type', 'application/json').end('{}')
  })
  return { url, spans, text: () => bodies.join('\n') }
}

/** A provider that keeps the headers of all requests; a receiver of events does the same. */
async function startOthers() {
  const simulator = createSimulator()
  const toProvider: Headers[] = []
  const provider = await listen(
    getRequestListener((request) => {
      toProvider.push(new Headers(request.headers))
      return simulator.fetch(request)
    }),
  )
  const toReceiver: string[] = []
  const receiver = await listen((request, response) => {
    toReceiver.push(String(request.headers['traceparent']))
    request.resume()
    response.writeHead(204).end()
  })
  return { simulator, provider, toProvider, eventUrl: `${receiver}/events`, toReceiver }
}

const traceId = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${traceId}-b7ad6b7169203331-01`
const order = JSON.stringify({ merchant_uid: 'ORD-1', amount: 64_900, currency: 'KRW' })
const json = { 'content-type': 'application/json' }

describe('the traces of quayside serve', () => {
  it('T102: continue the trace of the shop only, and pass it on to the receiver of events and not to the provider', async () => {
    const collector = await startCollector()
    const others = await startOthers()
    const server = await serve({
      PROVIDER_URL: others.provider,
      EVENT_URL: others.eventUrl,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'payments-of-the-shop',
      LOG_LEVEL: 'debug',
    })
    const own = { ...json, authorization: `Bearer ${apiKey}`, traceparent }
    await fetch(`${server.url}/orders`, { method: 'POST', headers: own, body: order })
    const opened = others.simulator.paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: 'test',
      params: {
        merchant_uid: 'ORD-1',
        amount: 64_900,
        pay_method: 'card',
        buyer_tel: '010-1234-5678',
      },
    })
    if (!opened.ok) throw new TypeError(opened.error_msg)
    await others.simulator.paymentWindow.approve(opened.imp_uid, { webhook: { timing: 'never' } })
    const completed = await fetch(`${server.url}/payments/complete?token=secret-of-a-buyer`, {
      method: 'POST',
      headers: { ...json, traceparent },
      body: JSON.stringify({ imp_uid: opened.imp_uid, merchant_uid: 'ORD-1' }),
    })
    expect(completed.status).toBe(200)
    await until(
      () => others.toReceiver.length,
      (count) => count > 0,
    )
    await until(
      () => server.log().some(({ event }) => event === 'synced'),
      (isLogged) => isLogged,
    )
    const synced = server.log().find(({ event }) => event === 'synced')
    await server.stop()

    const byName = (name: string) => collector.spans.filter((span) => span.name === name)
    const [created] = byName('POST /orders')
    expect(created).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331' })
    // A buyer's page can send the same header: it joins no trace of the shop.
    const [completion] = byName('POST /payments/complete')
    expect(completion?.traceId).not.toBe(traceId)
    expect(synced).toMatchObject({ traceId: completion?.traceId })
    const within = { traceId: completion?.traceId, parentSpanId: completion?.spanId }
    expect(byName('GET /payments/{imp_uid}')[0]).toMatchObject(within)
    expect(byName('orders.record')[0]).toMatchObject(within)
    const [delivery] = byName('send event')
    expect(delivery?.traceId).toBe(completion?.traceId)
    expect(others.toReceiver).toEqual([`00-${delivery?.traceId}-${delivery?.spanId}-01`])
    expect(others.toProvider.map((headers) => headers.get('traceparent'))).toEqual(
      others.toProvider.map(() => null),
    )
    const attributes = Object.fromEntries(
      (completion?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]),
    )
    expect(attributes).toEqual({
      'http.request.method': 'POST',
      'http.response.status_code': 200,
      'http.route': '/payments/complete',
    })
    expect(collector.text()).toContain('payments-of-the-shop')
    expect(collector.text()).toMatch(/^\/v1\/traces /)
    for (const secret of [
      'secret-of-a-buyer',
      apiKey,
      'simulator-secret',
      '010-1234-5678',
      'whsec_',
    ]) {
      expect(collector.text()).not.toContain(secret)
    }
  })

  it('leave the server alone while nobody collects them', async () => {
    const server = await serve({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' })
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    expect(await server.stop()).toMatchObject({ code: 0 })
  })
})
