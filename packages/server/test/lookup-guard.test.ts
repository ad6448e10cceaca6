import { createClient } from '@quayside/client'
import { createMemoryStore, ok, parseMerchantUid } from '@quayside/core'
import { completion } from '@quayside/hono'
import { createClock, createSimulator } from '@quayside/simulator'
import { describe, expect, it } from 'vitest'
import { createLookupGuards } from '../src/lookup-guard/lookup-guard.ts'
import { createOrderPayments } from '../src/payments/order-payments.ts'
import { sleepOnTimer } from '../src/timers.ts'
import { requestControl } from './simulator-control.ts'
import { immediateSleep, untilAborted } from './timers.ts'

const page = 'https://shop.example/result'
const floodSize = 10_000

/** The completion routes with a lookup guard, the provider, and a clock that moves while a request waits. */
function createFixture() {
  const clock = createClock({ at: new Date('2026-11-22T03:00:00Z') })
  const simulator = createSimulator({ clock })
  const provider = { isHanging: false }
  const nowMs = () => clock.now().getTime()
  const client = createClient({
    key: 'simulator-key',
    secret: 'simulator-secret',
    fetch: simulator.fetch,
    now: nowMs,
    random: () => 0,
    // Only a call that never gets a response times out.
    sleep: (ms, signal) =>
      provider.isHanging && ms > 1_000 ? sleepOnTimer(20, signal) : immediateSleep(ms, signal),
  })
  const store = createMemoryStore()
  const clientAddress = (request: Request) => request.headers.get('X-Client-Address')
  const sleep = async (ms: number, signal?: AbortSignal) => {
    // A timeout does not move the clock.
    if (signal !== undefined) return untilAborted(signal)
    const until = nowMs() + ms
    await Promise.resolve()
    if (nowMs() < until) await clock.set(new Date(until))
  }
  const routes = completion({
    store,
    client,
    mode: 'test',
    origins: ['https://shop.example'],
    pages: { success: page, vbankIssued: page, failed: page, cancelled: page, pending: page },
    ...createLookupGuards(
      {
        now: nowMs,
        sleep,
        clientAddress,
        fetchPaymentsOfOrder: ({ merchantUid }) => createOrderPayments(client)(merchantUid),
        findPayee: async () => ok(undefined),
        isKnownPayee: () => false,
      },
      { buyer: 1_200, provider: 1_200, unknown: 300 },
    ),
  })

  const control = async (path: string, body: unknown = {}, method = 'POST') => {
    const response = await requestControl(simulator, path, body, method)
    return (await response.json()) as Record<string, unknown>
  }
  const post = async (route: string, body: unknown, address?: string) => {
    const response = await routes.request(`/payments/${route}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(address === undefined ? {} : { 'X-Client-Address': address }),
      },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() }
  }
  const lookups = async () => {
    const response = await requestControl(simulator, '/request-log', {}, 'GET')
    const calls: Record<string, number> = await response.json()
    return calls['GET /payments/{imp_uid}'] ?? 0
  }
  /** All reads of payments, by id and by order. */
  const calls = async () => {
    const response = await requestControl(simulator, '/request-log', {}, 'GET')
    const log: Record<string, number> = await response.json()
    const names = Object.keys(log).filter((name) => name.startsWith('GET /payments/'))
    return names.reduce((sum, name) => sum + (log[name] ?? 0), 0)
  }
  const order = (id: string) => {
    const merchantUid = parseMerchantUid(id)
    if (!merchantUid.ok) throw new TypeError(id)
    const amount = { minor: 64_900, currency: 'KRW' } as const
    return store.open({ merchantUid: merchantUid.value, amount, allowances: [] })
  }
  const pay = async (id: string, more: Readonly<Record<string, unknown>> = {}) => {
    const fields = { merchant_uid: id, amount: 64_900, currency: 'KRW', ...more }
    const payment = await control('/payments', fields)
    return { imp_uid: String(payment['imp_uid']), merchant_uid: id }
  }
  return { clock, store, provider, calls, control, lookups, order, pay, post }
}

type Fixture = ReturnType<typeof createFixture>
const repeat = <T>(times: number, operation: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => operation(index)))
/** A flood, a thousand at once: the runtime has no more than ten thousand timers for one caller. */
async function sendFlood<T>(operation: (index: number) => Promise<T>): Promise<T[]> {
  const done: T[] = []
  while (done.length < floodSize) {
    const first = done.length
    done.push(...(await repeat(1_000, (index) => operation(first + index))))
  }
  return done
}
const count = (values: readonly unknown[]) =>
  values.reduce<Record<string, number>>((counts, value) => {
    const name = String(value)
    return { ...counts, [name]: (counts[name] ?? 0) + 1 }
  }, {})
const card = { pay_method: 'card', status: 'ready' }

/** Ten buyers pay and their pages report it, during a flood. */
async function completeTenOrders(fixture: Fixture, round: number): Promise<unknown[]> {
  return repeat(10, async (index) => {
    const id = `HONEST-${round}-${index}`
    fixture.order(id)
    const { body } = await fixture.post('complete', await fixture.pay(id))
    return body.status
  })
}

describe('createLookupGuards()', () => {
  it('T25: ten thousand webhooks of an order that is up to date cost no lookup', async () => {
    const fixture = createFixture()
    fixture.order('A')
    const ids = await fixture.pay('A')
    await fixture.post('webhook', { ...ids, status: 'paid' })
    const before = await fixture.lookups()
    const responses = await sendFlood(() => fixture.post('webhook', { ...ids, status: 'paid' }))
    expect(count(responses.map(({ status }) => status))).toEqual({ 200: floodSize })
    expect(await fixture.lookups()).toBe(before)
  })

  it('T25: ten thousand webhooks of unknown orders cost no lookup', async () => {
    const fixture = createFixture()
    const responses = await sendFlood((index) =>
      fixture.post('webhook', { imp_uid: `imp_${index}`, merchant_uid: `no-${index}` }),
    )
    expect(count(responses.map(({ status }) => status))).toEqual({ 503: floodSize })
    expect(await fixture.lookups()).toBe(0)
  })

  it('T25: ten thousand invented payments for an open order cost ten lookups, and one call per window', async () => {
    const fixture = createFixture()
    fixture.order('A')
    const startedAt = fixture.clock.now().getTime()
    await sendFlood((index) =>
      fixture.post('webhook', { imp_uid: `imp_${index}`, merchant_uid: 'A', status: 'paid' }),
    )
    const seconds = (fixture.clock.now().getTime() - startedAt) / 1_000
    expect(await fixture.lookups()).toBeLessThanOrEqual(10 + seconds / 6)
    expect(await fixture.calls()).toBeLessThanOrEqual(11 + seconds / 6 + seconds / 2)
  })

  it('T25: ten thousand invented payments without an order cost 600 lookups, and none of the others', async () => {
    const fixture = createFixture()
    fixture.order('A')
    const ids = await fixture.pay('A')
    await sendFlood((index) => fixture.post('complete', { imp_uid: `imp_${index}` }))
    expect(await fixture.lookups()).toBe(600)
    expect((await fixture.post('complete', ids)).status).toBe(200)
    expect((await fixture.post('complete', { imp_uid: ids.imp_uid })).status).toBe(200)
  })

  it('T25: ten thousand webhooks of an open payment cost one lookup per window', async () => {
    const fixture = createFixture()
    fixture.order('A')
    const ids = await fixture.pay('A', card)
    const responses = await sendFlood(() => fixture.post('webhook', { ...ids, status: 'ready' }))
    expect(count(responses.map(({ status }) => status))).toEqual({ 200: floodSize })
    expect(await fixture.lookups()).toBe(1)

    const startedAt = fixture.clock.now().getTime()
    await sendFlood(() => fixture.post('webhook', { ...ids, status: 'cancelled' }))
    const windows = (fixture.clock.now().getTime() - startedAt) / 2_000
    expect(await fixture.lookups()).toBeLessThanOrEqual(1 + windows)
  })

  it('T25: foreign payments count against the order they are offered for', async () => {
    const fixture = createFixture()
    fixture.order('A')
    const foreign = await repeat(30, (index) => fixture.pay(`other-${index}`))
    const startedAt = fixture.clock.now().getTime()
    const statuses = []
    for (const { imp_uid } of foreign) {
      statuses.push((await fixture.post('complete', { imp_uid, merchant_uid: 'A' })).status)
    }
    const seconds = (fixture.clock.now().getTime() - startedAt) / 1_000
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(409))
    expect(await fixture.lookups()).toBeLessThanOrEqual(10 + seconds / 6)
    expect(fixture.order('A').status).toBe('pending')
  })

  it('a webhook gets a record from after the last lookup, not the earlier one', async () => {
    const fixture = createFixture()
    fixture.order('A')
    const ids = await fixture.pay('A', card)
    expect((await fixture.post('complete', ids)).status).toBe(202)
    await fixture.control(`/payments/${ids.imp_uid}/approve`)
    const webhook = await fixture.post('webhook', { ...ids, status: 'paid' })
    expect([webhook.status, fixture.order('A').status]).toEqual([200, 'paid'])
  })

  it('finds each of two partial cancels that arrive at once', async () => {
    const fixture = createFixture()
    fixture.order('A')
    const ids = await fixture.pay('A')
    await fixture.post('complete', ids)
    for (const amount of [1_000, 2_000]) {
      await fixture.control(`/payments/${ids.imp_uid}/cancel`, { amount })
      await fixture.post('webhook', { ...ids, status: 'cancelled' })
    }
    const { status, cancelled } = fixture.order('A')
    expect([status, cancelled.minor]).toEqual(['partially_cancelled', 3_000])
  })

  it('T26: buyers complete during a flood of webhooks and invented payments', async () => {
    const fixture = createFixture()
    const targets = await repeat(100, async (index) => {
      fixture.order(`TARGET-${index}`)
      return fixture.pay(`TARGET-${index}`, card)
    })
    const completed: unknown[] = []
    for (let round = 0; round < 20; round++) {
      const flood = repeat(500, (index) => {
        const target = targets[index % 100] ?? { imp_uid: '', merchant_uid: '' }
        const imp_uid = index % 2 === 0 ? target.imp_uid : `imp_${round}_${index}`
        const claim = { ...target, imp_uid, status: 'paid' }
        return fixture.post(index % 5 === 0 ? 'complete' : 'webhook', claim)
      })
      completed.push(...(await completeTenOrders(fixture, round)))
      await flood
    }
    expect(count(completed)).toEqual({ success: 200 })
  })

  it('T72: guesses from a thousand addresses a second hold up neither the buyer nor the provider', async () => {
    const fixture = createFixture()
    fixture.order('A')
    fixture.order('B')
    const startedAt = fixture.clock.now().getTime()
    const guess = (round: number, route: 'complete' | 'webhook') => (index: number) =>
      fixture.post(
        route,
        { imp_uid: `imp_${round}_${index}`, merchant_uid: index % 2 === 0 ? 'A' : 'B' },
        `203.0.${round}.${index}`,
      )
    const completed: unknown[] = []
    for (let round = 0; round < 10; round++) {
      const flood = [
        repeat(1_000, guess(round, 'complete')),
        repeat(1_000, guess(round, 'webhook')),
      ]
      if (round === 4) {
        const askedAt = fixture.clock.now().getTime()
        const buyer = await fixture.post('complete', await fixture.pay('A'), '198.51.100.7')
        completed.push([buyer.status, buyer.body.status])
        const webhook = { ...(await fixture.pay('B')), status: 'paid' }
        completed.push((await fixture.post('webhook', webhook, '52.78.100.19')).status)
        // No address is known to be the provider's where there is no address.
        completed.push((await fixture.post('webhook', webhook)).status)
        const seconds = (fixture.clock.now().getTime() - askedAt) / 1_000
        completed.push(seconds <= 6)
      }
      await Promise.all(flood)
    }
    expect(completed).toEqual([[200, 'success'], 200, 200, true])
    const minutes = (fixture.clock.now().getTime() - startedAt) / 60_000
    // Two orders and three kinds of caller: ten guesses a minute each, and a call per window.
    const limit = 2 * 3 * (10 + 10 * minutes) + 2 * (1 + 30 * minutes)
    expect(await fixture.calls()).toBeLessThanOrEqual(limit)
  })

  it('T72: the payment that an order has is looked up again, however many guesses came', async () => {
    const fixture = createFixture()
    fixture.order('A')
    const ids = await fixture.pay('A', card)
    expect((await fixture.post('complete', ids)).status).toBe(202)
    await repeat(20, (index) =>
      fixture.post('complete', { imp_uid: `imp_${index}`, merchant_uid: 'A' }),
    )
    await fixture.clock.advance(2_000)
    await fixture.control(`/payments/${ids.imp_uid}/approve`)
    const askedAt = fixture.clock.now().getTime()
    expect((await fixture.post('complete', ids)).body.status).toBe('success')
    expect(fixture.clock.now().getTime()).toBe(askedAt)
  })

  it("T26: a flood from unknown addresses does not block the provider's webhooks", async () => {
    const fixture = createFixture()
    await repeat(1_000, async (index) => {
      fixture.order(`OPEN-${index}`)
      const ids = { imp_uid: `imp_${index}`, merchant_uid: `OPEN-${index}`, status: 'paid' }
      await fixture.post('webhook', ids, '198.51.100.7')
    })
    expect(await fixture.lookups()).toBe(300)
    fixture.order('A')
    const webhook = { ...(await fixture.pay('A')), status: 'paid' }
    expect((await fixture.post('webhook', webhook, '198.51.100.7')).status).toBe(503)
    expect((await fixture.post('webhook', webhook, '52.78.100.19')).status).toBe(200)
    expect(fixture.order('A').status).toBe('paid')
  })

  it('T34: a forwarded address does not count as the provider', async () => {
    const fixture = createFixture()
    const spoofed = async (id: string) => {
      fixture.order(id)
      await fixture.post(
        'webhook',
        { imp_uid: `imp_${id}`, merchant_uid: id },
        '::ffff:52.78.100.19',
      )
    }
    await repeat(1_000, (index) => spoofed(`S-${index}`))
    expect(await fixture.lookups()).toBe(300)
  })

  it('T36: a failing provider is asked five times, then once per pause', async () => {
    const fixture = createFixture()
    await fixture.control('/faults', {
      fault: 'not_implemented',
      path: '/payments/{imp_uid}',
      times: 'always',
    })
    const targets = await repeat(100, async (index) => {
      fixture.order(`A-${index}`)
      return fixture.pay(`A-${index}`)
    })
    const completeAll = async () => {
      const seen: unknown[] = []
      for (const ids of targets) seen.push((await fixture.post('complete', ids)).body.status)
      return count(seen)
    }
    expect(await completeAll()).toEqual({ pending: 100 })
    const calls = await fixture.lookups()
    await fixture.clock.advance(5_000)
    expect(await completeAll()).toEqual({ pending: 100 })
    const perLookup = calls / 5
    expect(await fixture.lookups()).toBe(calls + perLookup)
  })

  it('after the clock was set back, a payment is looked up again, and nobody waits longer than for a window', async () => {
    const fixture = createFixture()
    fixture.order('A')
    const ids = await fixture.pay('A', card)
    expect((await fixture.post('complete', ids)).body).toMatchObject({ status: 'pending' })
    await fixture.control(`/payments/${ids.imp_uid}/approve`)
    const from = fixture.clock.now().getTime()
    await fixture.clock.set(new Date(from - 3_600_000))
    expect((await fixture.post('complete', ids)).body).toMatchObject({ status: 'success' })
    expect(await fixture.lookups()).toBe(2)
    expect(from - fixture.clock.now().getTime()).toBeGreaterThan(3_590_000)
  })

  it('T36: one moment without a connection does not stop the lookups after it', async () => {
    const fixture = createFixture()
    await fixture.control('/faults', {
      fault: 'reset',
      path: '/payments/{imp_uid}',
      times: 'always',
    })
    const targets = await repeat(50, async (index) => {
      fixture.order(`A-${index}`)
      return fixture.pay(`A-${index}`)
    })
    const during = await Promise.all(targets.map((ids) => fixture.post('complete', ids)))
    expect(count(during.map(({ status }) => status))).toEqual({ 202: 50 })
    await fixture.control('/faults', {}, 'DELETE')
    fixture.order('B')
    expect((await fixture.post('complete', await fixture.pay('B'))).body.status).toBe('success')
  })

  it('T36: a hanging provider delays each request by its own timeout, and recovery is noticed', async () => {
    const fixture = createFixture()
    await fixture.control('/faults', {
      fault: 'hang',
      path: '/payments/{imp_uid}',
      times: 'always',
    })
    fixture.provider.isHanging = true
    fixture.order('A')
    const ids = await fixture.pay('A')
    const concurrent = await repeat(200, () => fixture.post('complete', ids))
    expect(count(concurrent.map(({ status }) => status))).toEqual({ 202: 200 })
    fixture.provider.isHanging = false
    await fixture.control('/reset')
    const paid = await fixture.pay('A')
    await fixture.clock.advance(60_000)
    expect((await fixture.post('complete', paid)).body.status).toBe('success')
  })
})
