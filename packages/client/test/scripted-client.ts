import type { Fetch } from '../src/call.ts'
import { type Answer, type Client, type ClientOptions, createClient } from '../src/index.ts'
import { type Clock, createClock } from './manual-clock.ts'

/** One request as it left the client. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** One answer of the scripted provider. */
export type Turn = (request: Request) => Response | Promise<Response>

export const credentials = { key: 'key-canary-4c1d', secret: 'secret-canary-99e2' }
export const token = 'a3f0c2d4e6b8a3f0c2d4e6b8a3f0c2d4e6b8a3f0'
export const paid = {
  imp_uid: 'imp_448280090638',
  merchant_uid: 'ORD-1',
  status: 'paid',
  amount: 1000,
}

export const envelope = (response: unknown): Turn => {
  return () => Response.json({ code: 0, message: null, response })
}

export const text = (body: string, status = 200, headers: Record<string, string> = {}): Turn => {
  return () => new Response(body, { status, headers })
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Turn =>
  text(JSON.stringify(body), status, { 'content-type': 'application/json', ...headers })

export const reset: Turn = () => {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  return Promise.reject(new TypeError('fetch failed', { cause }))
}

/** Accepts the request and says nothing, ever, not even to an abort. */
export const silence: Turn = () => new Promise(() => {})

/** A grant by a provider whose clock differs from ours by `skewS` seconds. */
export const grant = (
  clock: Clock,
  { skewS = 0, lifeS = 1800, accessToken = token } = {},
): Turn => {
  return () => {
    const now = Math.floor(clock.now() / 1000) + skewS
    return envelope({ access_token: accessToken, now, expired_at: now + lifeS })(
      new Request('http://x'),
    )
  }
}

/** A client before a provider that says what it is told to, on a clock that stands still. */
export interface Scene {
  readonly client: Client
  readonly clock: Clock
  readonly sent: readonly Sent[]
  readonly calls: () => readonly Sent[]
  readonly tokenCalls: () => readonly Sent[]
}

/**
 * @param turns The answers to the calls, in order; the last one is repeated.
 * @param tokenTurns The answers to token calls, likewise; a good grant when there are none.
 */
export function stage(
  turns: readonly Turn[],
  options: Partial<ClientOptions> = {},
  tokenTurns: (clock: Clock) => readonly Turn[] = (clock) => [grant(clock)],
): Scene {
  const clock = createClock()
  const sent: Sent[] = []
  const isToken = ({ path }: Sent) => path === '/users/getToken'
  const calls = () => sent.filter((one) => !isToken(one))
  const tokenCalls = () => sent.filter(isToken)

  const fetch: Fetch = async (request) => {
    const one = await toSent(request)
    sent.push(one)
    const script = isToken(one) ? tokenTurns(clock) : turns
    const turn = script[(isToken(one) ? tokenCalls() : calls()).length - 1] ?? script.at(-1)
    if (turn === undefined) throw new Error('The script has no turn for this request')
    return turn(request)
  }

  const rooms = { fetch, now: clock.now, sleep: clock.sleep, random: () => 0.5 }
  return {
    client: createClient({ ...credentials, ...rooms, ...options }),
    clock,
    sent,
    calls,
    tokenCalls,
  }
}

/** One call of a client, whichever. */
export type Call = (client: Client) => Promise<Answer<unknown>>

/** What one call sends, and what it makes of a success that holds `response`. */
export async function makeCall(call: Call, response: unknown) {
  const { client, clock, calls } = stage([envelope(response)])
  const answer = await clock.until(call(client))
  const sent = calls().map(({ method, path, body }) => ({ says: `${method} ${path}`, body }))
  return { sent, answer }
}

/** What {@link makeCall} gives for a call that succeeds at once. */
export const made = (says: string, body: unknown, value: unknown) => ({
  sent: [{ says, body }],
  answer: { ok: true, value, partial: false },
})

async function toSent(request: Request): Promise<Sent> {
  const { pathname, search } = new URL(request.url)
  const body = await request.text()
  return {
    method: request.method,
    path: pathname + search,
    headers: Object.fromEntries(request.headers),
    body: body === '' ? null : JSON.parse(body),
  }
}
