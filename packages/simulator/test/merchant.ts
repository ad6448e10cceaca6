import type { SimulatorOptions } from '../src/options.ts'
import { createClock } from '../src/runtime/clock.ts'
import { createSimulator, type Simulator } from '../src/simulator.ts'

/** What a test reads of one response. */
export interface ApiResponse {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** A request that reached the merchant's own server. */
export interface ReceivedRequest {
  readonly url: string
  readonly contentType: string | null
  readonly body: string
}

/** The time of a test's still clock. */
export const fixedTime = new Date('2026-03-02T03:00:00Z')

/** `fixedTime` in UNIX seconds, as in the provider's JSON. */
export const fixedTimeSeconds = fixedTime.getTime() / 1000

const host = 'https://api.iamport.kr'
const hourMs = 60 * 60_000

/** A simulator with a still clock, and the merchant that calls it over HTTP. */
export function createMerchant({
  respond = () => new Response('ok'),
  ...options
}: SimulatorOptions & {
  respond?: (received: ReceivedRequest) => Response | Promise<Response>
} = {}) {
  const receivedRequests: ReceivedRequest[] = []
  const simulator = createSimulator({
    seed: 7,
    clock: createClock({ at: fixedTime }),
    // The provider's own timeouts run in real time: a busy machine must not reach them.
    timeouts: { confirmMs: hourMs, webhookMs: hourMs, resendMs: hourMs },
    fetch: async (url, init) => {
      const request = new Request(url, init)
      const received = {
        url,
        contentType: request.headers.get('content-type'),
        body: await request.text(),
      }
      receivedRequests.push(received)
      return respond(received)
    },
    ...options,
  })
  const caller = createCaller(simulator)
  return { simulator, receivedRequests, ...caller, ...createSession(caller) }
}

function createCaller({ fetch }: Simulator) {
  const call = async (path: string, init: RequestInit = {}): Promise<ApiResponse> => {
    const response = await fetch(`${host}${path}`, init)
    return { status: response.status, body: toRecord(await response.json()) }
  }
  const json = (method: string, body: unknown): RequestInit => ({
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const control = (path: string, body: unknown = {}, method = 'POST') =>
    call(`/_simulator${path}`, json(method, body))
  return {
    call,
    json,
    control,
    /** Seeds a payment outside the sandbox and returns its record. */
    seedPayment: async (payment: Record<string, unknown>): Promise<Record<string, unknown>> => {
      const defaults = { merchant_uid: 'order-1', amount: 1000, sandbox: false }
      return (await control('/payments', { ...defaults, ...payment })).body
    },
  }
}

function createSession({ call, json }: Pick<ReturnType<typeof createCaller>, 'call' | 'json'>) {
  let token = ''
  const login = async (): Promise<string> => {
    const keys = { imp_key: 'simulator-key', imp_secret: 'simulator-secret' }
    const { body } = await call('/users/getToken', json('POST', keys))
    return String(toRecord(body['response'])['access_token'])
  }
  const authorized = async (path: string, init: RequestInit = {}): Promise<ApiResponse> => {
    if (token === '') token = await login()
    return call(path, { ...init, headers: { ...toHeaders(init), authorization: token } })
  }
  return {
    login,
    authorized,
    get: (path: string) => authorized(path),
    send: (method: string, path: string, body: unknown) => authorized(path, json(method, body)),
  }
}

/** The value as a JSON object; throws when it is none. */
export function toRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`Not an object: ${String(value)}`)
  return Object.fromEntries(Object.entries(value))
}

/** One member of the envelope's response. */
export function fieldOf({ body }: ApiResponse, name: string): unknown {
  return toRecord(body['response'])[name]
}

function toHeaders({ headers }: RequestInit): Record<string, string> {
  return Object.fromEntries(new Headers(headers))
}
