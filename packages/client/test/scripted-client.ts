import { type CallResult, type Client, type ClientOptions, createClient } from '../src/index.ts'
import type { Fetch } from '../src/transport/exchange.ts'
import { type Clock, createClock } from './manual-clock.ts'

/** One request as the client sent it. */
export interface SentRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** One response of the scripted provider. */
export type ScriptedResponse = (request: Request) => Response | Promise<Response>

export const credentials = { key: 'key-canary-4c1d', secret: 'secret-canary-99e2' }
export const token = 'a3f0c2d4e6b8a3f0c2d4e6b8a3f0c2d4e6b8a3f0'
export const paid = {
  imp_uid: 'imp_448280090638',
  merchant_uid: 'ORD-1',
  status: 'paid',
  amount: 1000,
}

export const envelope = (response: unknown): ScriptedResponse => {
  return () => Response.json({ code: 0, message: null, response })
}

export const text = (
  body: string,
  status = 200,
  headers: Record<string, string> = {},
): ScriptedResponse => {
  return () => new Response(body, { status, headers })
}

export const json = (
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): ScriptedResponse =>
  text(JSON.stringify(body), status, { 'content-type': 'application/json', ...headers })

export const connectionReset: ScriptedResponse = () => {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  return Promise.reject(new TypeError('fetch failed', { cause }))
}

/** Accepts the request and never responds, not even to an abort. */
export const noResponse: ScriptedResponse = () => new Promise(() => {})

/** A token from a provider whose clock is `skewS` seconds off. */
export const grant = (
  clock: Clock,
  { skewS = 0, lifeS = 1800, accessToken = token } = {},
): ScriptedResponse => {
  return () => {
    const now = Math.floor(clock.now() / 1000) + skewS
    return envelope({ access_token: accessToken, now, expired_at: now + lifeS })(
      new Request('http://x'),
    )
  }
}

/** A client with a scripted provider and a manual clock. */
export interface ScriptedClient {
  readonly client: Client
  readonly clock: Clock
  readonly sent: readonly SentRequest[]
  readonly calls: () => readonly SentRequest[]
  readonly tokenCalls: () => readonly SentRequest[]
}

/**
 * @param responses The responses to the calls, in order; the last one is repeated.
 * @param tokenResponses The responses to token calls, likewise; a valid token by default.
 */
export function createScriptedClient(
  responses: readonly ScriptedResponse[],
  options: Partial<ClientOptions> = {},
  tokenResponses: (clock: Clock) => readonly ScriptedResponse[] = (clock) => [grant(clock)],
): ScriptedClient {
  const clock = createClock()
  const sent: SentRequest[] = []
  const isToken = ({ path }: SentRequest) => path === '/users/getToken'
  const calls = () => sent.filter((sentRequest) => !isToken(sentRequest))
  const tokenCalls = () => sent.filter(isToken)

  const fetch: Fetch = async (request) => {
    const sentRequest = await toSentRequest(request)
    sent.push(sentRequest)
    const script = isToken(sentRequest) ? tokenResponses(clock) : responses
    const respond =
      script[(isToken(sentRequest) ? tokenCalls() : calls()).length - 1] ?? script.at(-1)
    if (respond === undefined) throw new Error('The script has no turn for this request')
    return respond(request)
  }

  const deps = { fetch, now: clock.now, sleep: clock.sleep, random: () => 0.5 }
  return {
    client: createClient({ ...credentials, ...deps, ...options }),
    clock,
    sent,
    calls,
    tokenCalls,
  }
}

/** Any call of a client. */
export type ClientCall = (client: Client) => Promise<CallResult<unknown>>

/** Records what one call sends, and its result for a success with this `response`. */
export async function recordCall(clientCall: ClientCall, response: unknown) {
  const { client, clock, calls } = createScriptedClient([envelope(response)])
  const result = await clock.until(clientCall(client))
  const sent = calls().map(({ method, path, body }) => ({ request: `${method} ${path}`, body }))
  return { sent, result }
}

/** The expected result of {@link recordCall} for a call that succeeds at the first attempt. */
export const recordedCall = (request: string, body: unknown, value: unknown) => ({
  sent: [{ request, body }],
  result: { ok: true, value, partial: false },
})

async function toSentRequest(request: Request): Promise<SentRequest> {
  const { pathname, search } = new URL(request.url)
  const body = await request.text()
  return {
    method: request.method,
    path: pathname + search,
    headers: Object.fromEntries(request.headers),
    body: body === '' ? null : JSON.parse(body),
  }
}
