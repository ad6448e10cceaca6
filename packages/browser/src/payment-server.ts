import type { Report } from './claim.ts'
import type { Page } from './page.ts'
import type { VirtualAccount } from './result.ts'

const timeoutMs = 15_000
const longestWaitMs = 60_000

const known = [
  'success',
  'vbankIssued',
  'failed',
  'cancelled',
  'partiallyCancelled',
  'pending',
  'received',
] as const

/** What the payment server says, or that it says nothing. */
export type AnswerStatus =
  | (typeof known)[number]
  /** It cannot tell now: a limit, a failure of the database, a proxy that answers instead. */
  | 'unavailable'
  | 'offline'
  /** Another question will not help. */
  | 'not_this_order'
  | 'server_refused'

/** An answer of the payment server. */
export interface Answer {
  readonly status: AnswerStatus
  readonly message: string | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
  /** Null in an answer that has no account, and for an order without one. */
  readonly account: VirtualAccount | null
  readonly retryAfterMs: number
}

/** The completion routes of the payment server. Every request is safe to repeat. */
export interface PaymentServer {
  /** Reports what a window or a return said. The server looks the payment up itself. */
  report(fields: Report): Promise<Answer>
  /** Reads an order, or another subject, with its token. */
  read(kind: 'orders' | 'subjects', merchantUid: string, token: string): Promise<Answer>
}

/** Makes the requests to the completion routes at `baseUrl`. */
export function createPaymentServer(baseUrl: string, page: Page): PaymentServer {
  return {
    report: (fields) =>
      ask(page, `${baseUrl}/complete`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(fields),
      }),
    read: (kind, merchantUid, token) =>
      ask(page, `${baseUrl}/${kind}/${encodeURIComponent(merchantUid)}`, {
        headers: { Authorization: `Bearer ${token}` },
        cache: 'no-store',
      }),
  }
}

async function ask(page: Page, url: string, init: RequestInit): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await page.fetch(url, { ...init, signal })
    const body: Fields = Object(await response.json())
    return toAnswer(toStatus(response, body), body, response.headers.get('Retry-After'))
  } catch {
    // No connection, no answer in time, or one of a proxy in between: the question stays open.
    return toAnswer('offline', {}, null)
  }
}

type Fields = Readonly<Record<string, unknown>>

function toAnswer(status: AnswerStatus, body: Fields, retryAfter: string | null): Answer {
  return {
    status,
    message: text(body.message),
    errorCode: text(body.error_code ?? body.error),
    errorMessage: text(body.error_msg),
    account: toAccount(Object(body.virtual_account)),
    retryAfterMs: Math.min(Number(retryAfter) * 1_000 || 0, longestWaitMs),
  }
}

function toStatus({ ok, status }: Response, body: Fields): AnswerStatus {
  if (ok) return known.find((one) => one === body.status) ?? 'unavailable'
  // Not any 404, which may be that of a proxy.
  if (body.status === 'forgery' || body.error === 'order_unknown') return 'not_this_order'
  // A rate limit and a request that was cut off pass; what is malformed, or of a foreign origin, does not.
  return [400, 403, 413, 415].includes(status) ? 'server_refused' : 'unavailable'
}

function toAccount({ bank, number, holder, due_at: dueAt }: Fields): VirtualAccount | null {
  if (typeof number !== 'string') return null
  return { bank: text(bank), number, holder: text(holder), dueAt: text(dueAt) }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
