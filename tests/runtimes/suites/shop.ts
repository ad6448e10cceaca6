import { createClient } from '@quayside/client'
import { createMemoryStore, parseMerchantUid, parseMoney } from '@quayside/core'
import { completion } from '@quayside/hono'
import { createSimulator } from '@quayside/simulator'

const site = 'https://shop.example'
export const pages = {
  success: `${site}/success`,
  vbankIssued: `${site}/vbank`,
  failed: `${site}/failed`,
  cancelled: `${site}/cancelled`,
  pending: `${site}/pending`,
}
const hourMs = 60 * 60_000

/** A shop with the order `ORD-1` of 64,900 KRW, and the provider without a network port. */
export function openShop() {
  const simulator = createSimulator()
  const client = createClient({
    key: 'simulator-key',
    secret: 'simulator-secret',
    fetch: simulator.fetch,
    // A busy machine never reaches them.
    timeoutMs: hourMs,
    attemptTimeoutMs: hourMs,
  })
  const store = createMemoryStore()
  const [merchantUid, amount] = [parseMerchantUid('ORD-1'), parseMoney(64_900, 'KRW')]
  if (!merchantUid.ok || !amount.ok) throw new TypeError('the order is wrong')
  store.open({ merchantUid: merchantUid.value, amount: amount.value, allowances: [] })
  const app = completion({
    store,
    client,
    mode: 'live',
    origins: [site],
    pages,
    hooks: { confirm: async () => '품절되었습니다' },
  })

  /** Adds a payment at the provider, and returns its `imp_uid`. */
  async function pay(fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const response = await simulator.fetch('https://simulator.example/_simulator/payments', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        merchant_uid: 'ORD-1',
        amount: 64_900,
        currency: 'KRW',
        status: 'paid',
        pay_method: 'card',
        sandbox: false,
        ...fields,
      }),
    })
    const { imp_uid }: { readonly imp_uid: string } = await response.json()
    return imp_uid
  }

  /** What a response of the completion routes shows: status, page or body. */
  async function request(path: string, init: RequestInit = {}) {
    const received = new Request(`${site}${path}`, init)
    // A page may not set `origin`, and a browser drops it.
    Object.defineProperty(received, 'headers', { value: new Headers(init.headers) })
    const response = await app.fetch(received)
    const text = await response.text()
    const { status, reason } = text.startsWith('{') ? JSON.parse(text) : {}
    return [response.status, response.headers.get('location') ?? status ?? reason ?? text]
  }

  const post = (path: string, type: string, body: string) =>
    request(path, { method: 'POST', headers: { 'content-type': type }, body })

  const readStatus = async () => {
    const found = await store.find(merchantUid.value)
    return found.ok && found.value?.status
  }

  return { client, simulator, pay, request, post, readStatus }
}
