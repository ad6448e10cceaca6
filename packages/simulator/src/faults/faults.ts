// What can go wrong between a merchant and the provider: one handler a fault.

import type { FaultName, FaultRule } from '../domain/fault.ts'
import { refusals } from '../domain/refusals.ts'
import { sleep } from '../runtime/sleep.ts'
import { envelope, refuse } from '../wire/envelope.ts'
import { alterRecord, halves, stalled, withBytes } from './corrupt-response.ts'

/** What a fault handler works with. */
export interface FaultContext {
  readonly request: Request
  readonly rule: FaultRule
  /** Runs the real operation and returns its response. */
  readonly runOperation: () => Promise<Response>
  /** A payment other than the requested one, as the API shows it. */
  readonly otherPayment: () => Record<string, unknown>
}

/** The connection broke; the caller sees a network error. */
export class ConnectionReset extends TypeError {
  constructor() {
    super('fetch failed', { cause: { code: 'ECONNRESET' } })
  }
}

type FaultHandler = (context: FaultContext) => Response | Promise<Response>

const html = (status: number, title: string): Response =>
  new Response(
    `<!doctype html><html><head><title>${title}</title></head><body>${title}</body></html>`,
    {
      status,
      headers: { 'content-type': 'text/html; charset=UTF-8' },
    },
  )

const refusal = (
  status: number,
  message: string,
  headers?: Readonly<Record<string, string>>,
): Response => envelope({ code: -1, message, response: null }, status, headers)

const handlers = {
  unauthorized: () => refuse(refusals.unauthorized),
  forbidden: () => refusal(403, 'Forbidden'),
  not_found: () => refuse(refusals.unknownPayment),
  request_timeout: () => refusal(408, 'Request Timeout'),
  too_many: () => refusal(429, 'Too Many Requests', { 'retry-after': '1' }),
  too_many_bare: () => refusal(429, 'Too Many Requests'),
  error_html: () => html(500, 'Internal Server Error'),
  error_json: () => refusal(500, 'Internal Server Error'),
  not_implemented: () => refusal(501, 'Not Implemented'),
  bad_gateway_html: () => html(502, 'Bad Gateway'),
  unavailable_json: () => refusal(503, 'Service Unavailable'),
  unavailable_retry_after: () => refusal(503, 'Service Unavailable', { 'retry-after': '1' }),
  gateway_timeout: () => html(504, 'Gateway Timeout'),
  redirect: () =>
    new Response(null, { status: 302, headers: { location: 'https://example.com/' } }),
  refused: () => envelope({ code: 1, message: '요청을 처리할 수 없습니다.', response: null }, 200),
  pg_refused: () => envelope({ code: -1, message: 'PG사 오류입니다.', response: null }, 200),
  null_response: () => envelope({ code: 0, message: null, response: null }, 200),
  empty_body: () => new Response('', { headers: { 'content-type': 'application/json' } }),
  html: () => html(200, 'OK'),
  reset: () => {
    throw new ConnectionReset()
  },
  reset_after: async ({ runOperation }) => {
    await runOperation()
    throw new ConnectionReset()
  },
  hang: ({ request }) => sleep(null, request.signal),
  slow: async ({ request, rule, runOperation }) => {
    await sleep(rule.delayMs, request.signal)
    return runOperation()
  },
  truncated_json: async ({ runOperation }) =>
    withBytes(await runOperation(), (bytes) => halves(bytes)[0]),
  doubled_body: async ({ runOperation }) =>
    withBytes(await runOperation(), (bytes) => new Uint8Array([...bytes, ...bytes])),
  byte_order_mark: async ({ runOperation }) =>
    withBytes(await runOperation(), (bytes) => new Uint8Array([0xef, 0xbb, 0xbf, ...bytes])),
  wrong_encoding: async ({ runOperation }) =>
    withBytes(await runOperation(), (bytes) => bytes, { 'content-encoding': 'gzip' }),
  wrong_charset: async ({ runOperation }) =>
    withBytes(await runOperation(), (bytes) => bytes, {
      'content-type': 'text/html; charset=EUC-KR',
    }),
  stalled_body: async ({ runOperation, request }) =>
    stalled(await runOperation(), (length) => Math.floor(length / 2), request.signal),
  stalled_last_byte: async ({ runOperation, request }) =>
    stalled(await runOperation(), (length) => length - 1, request.signal),
  created: async ({ runOperation }) => new Response((await runOperation()).body, { status: 201 }),
  other_payment: async ({ runOperation, otherPayment }) =>
    alterRecord(await runOperation(), otherPayment),
  amount_as_string: async ({ runOperation }) =>
    alterRecord(await runOperation(), (record) => ({
      ...record,
      amount: String(record['amount']),
    })),
  amount_null: async ({ runOperation }) =>
    alterRecord(await runOperation(), (record) => ({ ...record, amount: null })),
  missing_field: async ({ runOperation, rule }) =>
    alterRecord(await runOperation(), ({ [rule.field]: _removed, ...rest }) => rest),
  unknown_status: async ({ runOperation }) =>
    alterRecord(await runOperation(), (record) => ({ ...record, status: 'held' })),
  stale_record: async ({ runOperation }) =>
    alterRecord(await runOperation(), (record) => ({ ...record, status: 'ready', paid_at: 0 })),
} satisfies Record<FaultName, FaultHandler>

/** Runs the handler of a rule's fault. */
export function applyFault(context: FaultContext): Response | Promise<Response> {
  const fault: FaultHandler = handlers[context.rule.fault]
  return fault(context)
}

/** The first rule that matches a call, counted down and removed once it is used up; null when none matches. */
export function takeFault(
  rules: FaultRule[],
  request: { method: string; operation: string; pathname: string },
): FaultRule | null {
  const rule = rules.find(
    ({ path, method }) =>
      (method === null || method === request.method) &&
      ['*', request.operation, request.pathname].includes(path),
  )
  if (rule === undefined) return null
  if (rule.remaining !== null) rule.remaining -= 1
  if (rule.remaining === 0) rules.splice(rules.indexOf(rule), 1)
  return rule
}
