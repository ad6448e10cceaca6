import { createClient, payments } from '@quayside/client'
import {
  createMemoryStore,
  type MerchantUid,
  type Mode,
  parseMerchantUid,
  parseMoney,
  parsePayment,
} from '@quayside/core'
import { type CompletionOptions, type CompletionReport, completion } from '@quayside/hono'
import { createSimulator } from '@quayside/simulator'

export const shop = 'https://shop.example'
export const pages = {
  success: `${shop}/result/success`,
  vbankIssued: `${shop}/result/vbank`,
  failed: `${shop}/result/failed`,
  cancelled: `${shop}/result/cancelled`,
  pending: `${shop}/result/pending`,
}

const hourMs = 60 * 60_000
/** Timeouts of the client: a busy machine never reaches them. */
export const longTimeouts = { timeoutMs: hourMs, attemptTimeoutMs: hourMs }

/** What differs from the usual shop. */
type FixtureOptions = Partial<CompletionOptions> & {
  readonly mode?: Mode
  /** For lookups that never get a response. */
  readonly attemptTimeoutMs?: number
}

/** The completion routes of a shop with a memory store and the simulator: real parts, without a network port. */
export function createFixture({
  attemptTimeoutMs = longTimeouts.attemptTimeoutMs,
  ...given
}: FixtureOptions = {}) {
  const simulator = createSimulator()
  const store = createMemoryStore()
  const reports: CompletionReport[] = []
  const client = createClient({
    key: 'simulator-key',
    secret: 'simulator-secret',
    fetch: simulator.fetch,
    ...longTimeouts,
    attemptTimeoutMs,
  })
  const app = completion({
    store,
    client,
    mode: 'live',
    origins: [shop],
    pages,
    ...given,
    hooks: { report: (report) => reports.push(report), ...given.hooks },
  })

  async function control(path: string, body?: unknown) {
    const response = await simulator.fetch(`https://simulator.example/_simulator${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json() as Promise<Record<string, unknown>>
  }

  const post = (route: string, body: unknown, headers: Record<string, string> = {}) =>
    app.request(`/payments/${route}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    })

  return {
    store,
    app,
    reports,
    /** Creates an order of the shop. */
    order: (merchantUid: string, amount = 64_900, currency = 'KRW') =>
      store.open({
        merchantUid: idOf(merchantUid),
        amount: moneyOf(amount, currency),
        allowances: [],
      }),
    /** Adds a payment of real money at the provider; `overrides` change its record. */
    pay: async (merchantUid: string, fields: Record<string, unknown> = {}) => {
      const record = await control('/payments', {
        merchant_uid: merchantUid,
        amount: 64_900,
        currency: 'KRW',
        status: 'paid',
        pay_method: 'card',
        sandbox: false,
        ...fields,
      })
      return String(record['imp_uid'])
    },
    /** A payment as the provider's record shows it. */
    payment: async (imp_uid: string) => {
      const found = await client.call(payments.get, { imp_uid })
      const payment = found.ok ? parsePayment(found.value) : found
      if (!payment.ok) throw new TypeError(imp_uid)
      return payment.value
    },
    control,
    fault: (fault: string, more: Record<string, unknown> = {}) =>
      control('/faults', { fault, path: '/payments/{imp_uid}', times: 'always', ...more }),
    lookups: async () => {
      const calls = await control('/request-log')
      return Object.entries(calls)
        .filter(([path]) => path.includes('/payments/'))
        .reduce((sum, [, count]) => sum + Number(count), 0)
    },
    complete: (body: unknown, headers?: Record<string, string>) => post('complete', body, headers),
    webhook: (body: unknown, headers?: Record<string, string>) => post('webhook', body, headers),
  }
}

export function idOf(text: string): MerchantUid {
  const id = parseMerchantUid(text)
  if (!id.ok) throw new TypeError(text)
  return id.value
}

function moneyOf(amount: number, currency: string) {
  const money = parseMoney(amount, currency)
  if (!money.ok) throw new TypeError(currency)
  return money.value
}

/** The status and the JSON of a response, to be compared as a whole. */
export async function read(response: Response | Promise<Response>) {
  const { status } = await response
  return { status, body: (await (await response).json()) as unknown }
}
