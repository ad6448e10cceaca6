import { fail } from '@quayside/core'
import type { RequestParts } from '../operation/request-parts.ts'
import type { Exchange, ExchangeRequest } from '../transport/exchange.ts'
import { type ReadResponseOptions, readResponse } from '../transport/response.ts'
import { repeatDelayMs } from '../transport/retry.ts'
import type { CallResult, ClientFailure } from '../values/failure.ts'
import { attempt, type Limits } from './attempt.ts'
import type { IssuedToken, Tokens } from './token.ts'

/** One call: the request, its timeouts, and exchange, clock and randomness as parameters. */
export interface Call extends Limits, ReadResponseOptions, Omit<RequestParts, 'secrets'> {
  readonly tier: string | null
  readonly timeoutMs: number
  readonly attemptTimeoutMs: number
  readonly exchange: Exchange
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number
}

/**
 * Performs one call: with a token where one is needed, renewed once when it is refused, and repeated once
 * where the endpoint's retry class allows it and the time suffices.
 */
export async function performCall(call: Call, tokens: Tokens | null): Promise<CallResult<unknown>> {
  const { endpoint, params, now } = call
  const deadlineMs = now() + call.timeoutMs
  const leftMs = () => Math.max(0, deadlineMs - now())
  const failures: ClientFailure[] = []
  const failWith = ({ failure }: { readonly failure: ClientFailure }) =>
    fail(endpoint.writeHandling?.toFinalFailure(endpoint, params, failure, failures) ?? failure)
  let refused: IssuedToken | undefined

  for (;;) {
    let issued = tokens?.current(refused)
    if (tokens && !issued) {
      // Requested inside the attempt: after the caller has aborted, nothing is sent.
      const waited = await attempt(() => (issued = tokens.request(refused)).pending, leftMs(), call)
      if (!waited.ok) return failWith(waited)
    }

    let isSent = false
    const result = await attempt(
      async (signal) => {
        isSent = true
        return readResponse(await call.exchange(toRequest(call, issued?.token, signal)), call)
      },
      Math.min(call.attemptTimeoutMs, leftMs()),
      call,
    )
    if (result.ok) return result
    // After a long wait for the token the time may be over: a request that was not sent had no effect.
    if (!isSent) return failWith(result)
    const { failure } = result
    if (failure.reason === 'unauthorized' && issued && !refused) {
      refused = issued
      continue
    }

    failures.push(failure)
    const waitMs = failures.length > 1 ? null : repeatDelayMs(endpoint, failure, call.random)
    if (waitMs === null || waitMs >= leftMs()) return failWith(result)
    await attempt(() => new Promise(() => {}), waitMs, call)
  }
}

function toRequest(
  { method, url, body, tier }: Call,
  token: string | null | undefined,
  signal: AbortSignal,
): ExchangeRequest {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (token) headers.authorization = token
  if (tier) headers.tier = tier
  if (body) headers['content-type'] = 'application/json'
  // Not `error`, which workerd does not support.
  return { method, url, headers, body, signal, redirect: 'manual' }
}
