import { attempt, type Limits, type Sleep } from './attempt.ts'
import type { EndpointRow } from './endpoint.ts'
import type { Answer, ClientFailure } from './failure.ts'
import type { RequestParts } from './request.ts'
import { checkEchoes, interpret, readResponse } from './response.ts'
import { isDoubtful, toOutcomeUnknown, waitBeforeRepeat } from './retry.ts'
import type { Redactor } from './secret.ts'
import type { Tokens } from './token.ts'

/** Whatever carries a request to the provider: the runtime's `fetch`, or a simulator's. */
export type Fetch = (request: Request) => Response | Promise<Response>

/** The outside world, as arguments. */
export interface Rooms {
  readonly fetch: Fetch
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number
  readonly sleep: Sleep
  readonly redactor: Redactor
}

/** One call on its way: what is asked, of whom, and for how long. */
export interface Errand {
  readonly row: EndpointRow
  readonly params: object
  readonly parts: RequestParts
  readonly tier: string | null
  readonly signal: AbortSignal | null
  readonly timeoutMs: number
  readonly attemptTimeoutMs: number
}

/**
 * Carries out one call: with a token where one is needed, renewed once when it is refused, repeated
 * where the endpoint's class allows it and the time suffices.
 */
export async function exchange(
  errand: Errand,
  rooms: Rooms,
  tokens: Tokens | null,
): Promise<Answer<unknown>> {
  const { row, params, signal } = errand
  const deadlineMs = rooms.now() + errand.timeoutMs
  const limits = (): Limits => ({
    timeoutMs: Math.min(errand.attemptTimeoutMs, deadlineMs - rooms.now()),
    signal,
    sleep: rooms.sleep,
    redactor: rooms.redactor,
  })
  let attempts = 0
  let renewed = false
  let doubtful = false
  // A write that may have happened stays doubtful: the refusal of its repetition ("already
  // cancelled") can be the first attempt's success.
  const give = (failure: ClientFailure): Answer<never> => ({
    ok: false,
    failure: doubtful ? toOutcomeUnknown(row, params, failure) : failure,
  })

  for (;;) {
    const early = stopBefore(errand, deadlineMs, rooms)
    if (early !== null) return give(early)

    const token = await tokens?.get({ ...limits(), timeoutMs: deadlineMs - rooms.now() })
    if (token?.ok === false) return give(token.failure)

    // Asked again after the wait for a token: what was never sent has no unknown outcome.
    const late = stopBefore(errand, deadlineMs, rooms)
    if (late !== null) return give(late)

    const answer = await send(errand, token?.value ?? null, limits(), rooms)
    if (answer.ok) return answer

    if (answer.failure.reason === 'unauthorized' && token !== undefined && !renewed) {
      renewed = true
      tokens?.discard(token.value)
      continue
    }

    attempts += 1
    doubtful ||= isDoubtful(row, answer.failure)
    const waitMs = waitBeforeRepeat(row, answer.failure, attempts, rooms.random)
    if (waitMs === null || rooms.now() + waitMs >= deadlineMs) return give(answer.failure)
    await rooms.sleep(waitMs, signal ?? new AbortController().signal)
  }
}

function stopBefore(errand: Errand, deadlineMs: number, rooms: Rooms): ClientFailure | null {
  if (errand.signal?.aborted) {
    return { reason: 'aborted', cause: rooms.redactor.describe(errand.signal.reason) }
  }
  return rooms.now() < deadlineMs ? null : { reason: 'timeout', timeoutMs: errand.timeoutMs }
}

async function send(
  { row, params, parts, tier }: Errand,
  token: string | null,
  limits: Limits,
  { fetch, now, redactor }: Rooms,
): Promise<Answer<unknown>> {
  const raw = await attempt(
    async (signal) => readResponse(await fetch(toRequest(parts, token, tier, signal))),
    limits,
  )
  if (!raw.ok) return raw
  const answer = interpret(raw.value, { nowMs: now(), redact: redactor.redact, row })
  return checkEchoes(answer, row.echoes ?? [], params)
}

function toRequest(
  { method, url, body }: RequestParts,
  token: string | null,
  tier: string | null,
  signal: AbortSignal,
): Request {
  const headers = new Headers({ accept: 'application/json' })
  if (token !== null) headers.set('authorization', token)
  if (tier !== null) headers.set('tier', tier)
  if (body !== null) headers.set('content-type', 'application/json; charset=utf-8')
  // A redirect would carry the token to an address nobody chose; `error` is not known to workerd.
  return new Request(url, { method, headers, body, signal, redirect: 'manual' })
}
