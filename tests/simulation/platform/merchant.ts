import { merchantKey } from '../worker/settings.ts'
import { post, shopOrigin } from '../workload/notice-http.ts'
import type { Fixture } from './fixture.ts'
import type { NewPayment, ProviderRecord } from './provider/record.ts'

/** An order as the merchant API shows it. */
export interface ShownOrder {
  readonly merchant_uid: string
  readonly status: string
  readonly imp_uid: string | null
  readonly cancelled_amount: number
  readonly paid_at: string | null
  readonly order_token?: string
}

/** An issue as the merchant API shows it. */
export interface ShownIssue {
  readonly id: string
  readonly kind: string
  readonly merchant_uid: string
  readonly imp_uid: string
  readonly created_at: string
  readonly closed_at: string | null
}

/** Sends a request of the merchant's server, and returns its response and the JSON of it. */
export async function callApi<Body>(
  { request }: Fixture,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: Body }> {
  const headers = { authorization: `Bearer ${merchantKey}`, 'content-type': 'application/json' }
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await request(new Request(`${shopOrigin}${path}`, { method, headers, ...init }))
  return { status: response.status, body: JSON.parse(await response.text()) }
}

/** The merchant creates an order. */
export async function createOrder(
  fixture: Fixture,
  merchant_uid: string,
  amount: number,
  more: Readonly<Record<string, unknown>> = {},
): Promise<ShownOrder> {
  const order = { merchant_uid, amount, currency: 'KRW', ...more }
  const { status, body } = await callApi<ShownOrder>(fixture, 'POST', '/orders', order)
  if (status >= 300) throw new Error(`POST /orders responded ${status}: ${JSON.stringify(body)}`)
  return body
}

export async function readOrder(fixture: Fixture, merchantUid: string): Promise<ShownOrder> {
  return (await callApi<ShownOrder>(fixture, 'GET', `/orders/${merchantUid}`)).body
}

/** Every issue, closed ones included. */
export async function listIssues(fixture: Fixture): Promise<readonly ShownIssue[]> {
  interface Page {
    readonly reconciliation_issues: readonly ShownIssue[]
    readonly next: string | null
  }
  const issues: ShownIssue[] = []
  for (let after: string | null = ''; after !== null; ) {
    const query = new URLSearchParams({ state: 'all', limit: '100', after })
    const path = `/reconciliation-issues?${query}`
    const page: Page = (await callApi<Page>(fixture, 'GET', path)).body
    issues.push(...page.reconciliation_issues)
    after = page.next
  }
  return issues
}

/** The provider reports the payment as it is now; the response's status decides whether it would resend. */
export async function sendWebhook(
  { request }: Fixture,
  { imp_uid, merchant_uid, status }: ProviderRecord,
): Promise<number> {
  const body = JSON.stringify({ imp_uid, merchant_uid, status })
  return (await request(post('webhook', 'application/json', body))).status
}

/** A payment of an order is made; no message reports it. */
export function payUnheard({ provider }: Fixture, payment: NewPayment): ProviderRecord {
  const record = provider.open(payment)
  provider.pay(record)
  return record
}
