// What can go wrong between a merchant and the provider, as a menu to order from.

import { refusals } from '../domain/refusals.ts'
import { sleep } from '../runtime/sleep.ts'
import { envelope, refuse } from '../wire/envelope.ts'
import { alterRecord, halves, stalled, withBytes } from './corrupt-response.ts'

/** A fault ordered for calls to come. */
export interface FaultRule {
  readonly fault: FaultName
  /** A documented path (`/payments/{imp_uid}`), a real one, or `*` for every REST call. */
  readonly path: string
  /** Null for any method. */
  readonly method: string | null
  /** How many calls it still spoils; null for all of them. */
  left: number | null
  /** For the slow ones. */
  readonly delayMs: number
  /** The member `missing_field` takes away. */
  readonly field: string
}

/** What a fault may work with. */
export interface Scene {
  readonly request: Request
  readonly rule: FaultRule
  /** Lets the real operation run and gives its answer. */
  readonly answer: () => Promise<Response>
  /** Another payment than the one asked for, as the API shows it. */
  readonly otherPayment: () => Record<string, unknown>
}

/** The connection broke; the buyer of the answer sees a network error. */
export class ConnectionReset extends TypeError {
  constructor() {
    super('fetch failed', { cause: { code: 'ECONNRESET' } })
  }
}

type Play = (scene: Scene) => Response | Promise<Response>

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

const menu = {
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
  reset_after: async ({ answer }) => {
    await answer()
    throw new ConnectionReset()
  },
  hang: ({ request }) => sleep(null, request.signal),
  slow: async ({ request, rule, answer }) => {
    await sleep(rule.delayMs, request.signal)
    return answer()
  },
  truncated_json: async ({ answer }) => withBytes(await answer(), (bytes) => halves(bytes)[0]),
  doubled_body: async ({ answer }) =>
    withBytes(await answer(), (bytes) => new Uint8Array([...bytes, ...bytes])),
  byte_order_mark: async ({ answer }) =>
    withBytes(await answer(), (bytes) => new Uint8Array([0xef, 0xbb, 0xbf, ...bytes])),
  gzip_lie: async ({ answer }) =>
    withBytes(await answer(), (bytes) => bytes, { 'content-encoding': 'gzip' }),
  wrong_charset: async ({ answer }) =>
    withBytes(await answer(), (bytes) => bytes, { 'content-type': 'text/html; charset=EUC-KR' }),
  stalled_body: async ({ answer, request }) =>
    stalled(await answer(), (length) => Math.floor(length / 2), request.signal),
  stalled_last_byte: async ({ answer, request }) =>
    stalled(await answer(), (length) => length - 1, request.signal),
  created: async ({ answer }) => new Response((await answer()).body, { status: 201 }),
  other_payment: async ({ answer, otherPayment }) => alterRecord(await answer(), otherPayment),
  amount_as_string: async ({ answer }) =>
    alterRecord(await answer(), (record) => ({ ...record, amount: String(record['amount']) })),
  amount_null: async ({ answer }) =>
    alterRecord(await answer(), (record) => ({ ...record, amount: null })),
  missing_field: async ({ answer, rule }) =>
    alterRecord(await answer(), ({ [rule.field]: _gone, ...rest }) => rest),
  unknown_status: async ({ answer }) =>
    alterRecord(await answer(), (record) => ({ ...record, status: 'held' })),
  stale_record: async ({ answer }) =>
    alterRecord(await answer(), (record) => ({ ...record, status: 'ready', paid_at: 0 })),
} satisfies Record<string, Play>

/** The name of a fault on the menu. */
export type FaultName = keyof typeof menu

/** Every fault there is. */
export const faultNames: readonly string[] = Object.keys(menu)

/** Whether a name is on the menu. */
export function isFaultName(name: unknown): name is FaultName {
  return typeof name === 'string' && Object.hasOwn(menu, name)
}

/** Plays an ordered fault. */
export function play(scene: Scene): Response | Promise<Response> {
  const fault: Play = menu[scene.rule.fault]
  return fault(scene)
}

/** Takes the first order that is meant for a call, and counts it down. */
export function takeFault(
  rules: FaultRule[],
  call: { method: string; operation: string; pathname: string },
): FaultRule | null {
  const rule = rules.find(
    ({ path, method }) =>
      (method === null || method === call.method) &&
      ['*', call.operation, call.pathname].includes(path),
  )
  if (rule === undefined) return null
  if (rule.left !== null) rule.left -= 1
  if (rule.left === 0) rules.splice(rules.indexOf(rule), 1)
  return rule
}
