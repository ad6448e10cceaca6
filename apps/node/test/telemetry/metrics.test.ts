import { fail, ok } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { run, serve, settings, until } from '../program.ts'
import { createShop, startProvider, startReceiver } from '../shop-and-provider.ts'

/** The samples of a scrape, by name and labels. */
function parse(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ')
      return [line.slice(0, end), Number(line.slice(end + 1))]
    }),
  )
}

async function scrape(port: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`http://127.0.0.1:${String(port)}/metrics`, { headers })
  return { status: response.status, text: await response.text() }
}

async function startMeasured(env: Readonly<Record<string, string>> = {}) {
  const server = await serve({ METRICS_PORT: '0', ...env })
  const [started] = await until(
    () => server.log().filter(({ event }) => event === 'started'),
    (lines) => lines.length > 0,
  )
  return { ...server, port: started?.['metricsPort'] }
}

describe('the metrics of quayside serve', () => {
  it('count requests, completions, calls, events and jobs', async () => {
    const provider = await startProvider()
    const receiver = await startReceiver()
    const server = await startMeasured({ PROVIDER_URL: provider.url, EVENT_URL: receiver.url })
    const shop = createShop(server.url)
    await shop.createOrder('ORD-1')
    await shop.complete('ORD-1', await provider.pay('ORD-1'))
    await until(
      () => receiver.received.length,
      (count) => count > 0,
    )
    const delivered = 'quayside_event_delivery_duration_seconds_count{attempt="first",outcome="ok"}'
    const samples = await until(
      async () => parse((await scrape(server.port)).text),
      (found) => found.has(delivered),
    )
    const expected = [
      [delivered, 1],
      [
        'quayside_http_request_duration_seconds_count{method="POST",route="/orders",status="2xx"}',
        1,
      ],
      [
        'quayside_http_request_duration_seconds_count{method="POST",route="/payments/complete",status="2xx"}',
        1,
      ],
      ['quayside_completions_total{route="complete",result="become"}', 1],
      [
        'quayside_provider_call_duration_seconds_count{operation="GET /payments/{imp_uid}",outcome="ok"}',
        1,
      ],
      ['quayside_store_call_duration_seconds_count{operation="orders.record",outcome="ok"}', 1],
      ['quayside_backlog_up', 1],
      ['quayside_events_failed', 0],
      ['quayside_reconciliation_issues_open', 0],
    ] as const
    for (const [name, value] of expected) expect([name, samples.get(name)]).toEqual([name, value])
    expect(samples.get('process_start_time_seconds')).toBeGreaterThan(0)
    await server.stop()
  })

  it('T102: have no label that grows with what is requested', async () => {
    const server = await startMeasured()
    for (let i = 0; i < 30; i++) {
      const methods = ['GET', 'PROPFIND', 'GET', 'MKCOL']
      await fetch(`${server.url}/unknown/${i}`, { method: methods[i % 4] ?? '' })
      await fetch(`${server.url}/payments/orders/ORD-${i}?token=${i}`)
    }
    const { text } = await scrape(server.port)
    expect(text).not.toContain('ORD-')
    const requests = [...parse(text)].filter(([name]) =>
      name.startsWith('quayside_http_request_duration_seconds_count'),
    )
    expect(new Map(requests)).toEqual(
      new Map([
        [
          'quayside_http_request_duration_seconds_count{method="GET",route="none",status="4xx"}',
          15,
        ],
        [
          'quayside_http_request_duration_seconds_count{method="other",route="none",status="4xx"}',
          15,
        ],
        [
          'quayside_http_request_duration_seconds_count{method="GET",route="/payments/orders/:merchant_uid",status="4xx"}',
          30,
        ],
      ]),
    )
    await server.stop()
  })

  it('T102: are not at the address of the payments, and need their token elsewhere', async () => {
    const token = 'a-token-of-the-metrics'
    const server = await startMeasured({ METRICS_HOST: '0.0.0.0', METRICS_TOKEN: token })
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404)
    expect((await scrape(server.port)).status).toBe(401)
    expect((await scrape(server.port, { authorization: `Bearer ${token}x` })).status).toBe(401)
    expect((await scrape(server.port, { authorization: `Bearer ${token}` })).status).toBe(200)
    await server.stop()
    const open = { ...settings, METRICS_PORT: '0', METRICS_HOST: '0.0.0.0' }
    expect(await run(['serve'], open)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('set METRICS_TOKEN'),
    })
  })
})

describe('createMetrics()', () => {
  const size = {
    pendingEvents: 3,
    dueEvents: 2,
    oldestPendingAt: new Date('2026-11-22T02:59:00Z'),
    failedEvents: 1,
    openIssues: 4,
  }

  it('asks the database at most once in fifteen seconds, and leaves out what it does not say', async () => {
    let at = new Date('2026-11-22T03:00:00Z')
    let reads = 0
    let isAway = false
    const metrics = createMetrics({ now: () => at, seconds: () => 0 })
    metrics.watchBacklog({
      async size() {
        reads++
        return isAway ? fail({ reason: 'store_unavailable', cause: null }) : ok(size)
      },
    })
    const backlog = async () => {
      const samples = [...parse(await metrics.text())]
      const names = /^quayside_(backlog|events?_(pending|due|oldest|failed$)|reconciliation)/
      return Object.fromEntries(samples.filter(([name]) => names.test(name)))
    }
    const known = {
      quayside_backlog_up: 1,
      quayside_events_pending: 3,
      quayside_events_due: 2,
      quayside_event_oldest_pending_age_seconds: 60,
      quayside_events_failed: 1,
      quayside_reconciliation_issues_open: 4,
    }
    expect(await backlog()).toEqual(known)
    at = new Date('2026-11-22T03:00:14Z')
    isAway = true
    expect(await backlog()).toEqual({ ...known, quayside_event_oldest_pending_age_seconds: 74 })
    expect(reads).toBe(1)
    at = new Date('2026-11-22T03:00:15Z')
    expect(await backlog()).toEqual({ quayside_backlog_up: 0 })
    expect(reads).toBe(2)
  })

  it('responds while the database does not', async () => {
    const metrics = createMetrics({ now: () => new Date(0), seconds: () => 0 })
    metrics.watchBacklog({ size: () => new Promise(() => undefined) })
    expect(parse(await metrics.text()).get('quayside_backlog_up')).toBe(0)
  })
})
