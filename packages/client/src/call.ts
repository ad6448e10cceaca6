import { fail } from '@quayside/core'
import { attempt, type Limits } from './attempt.ts'
import type { Answer, ClientFailure } from './failure.ts'
import type { RequestParts } from './request-parts.ts'
import { type ReadingOptions, readAnswer } from './response.ts'
import { waitBeforeRepeat } from './retry.ts'
import type { Issued, Tokens } from './token.ts'

/** Whatever carries a request to the provider: the runtime's `fetch`, or a simulator's. */
export type Fetch = (request: Request) => Response | Promise<Response>

/** One call on its way: what is asked, for how long, and the outside world as arguments. */
export interface Errand extends Limits, ReadingOptions, Omit<RequestParts, 'secrets'> {
  readonly tier: string | null
  readonly timeoutMs: number
  readonly attemptTimeoutMs: number
  readonly fetch: Fetch
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number
}

/**
 * Carries out one call: with a token where one is needed, renewed once when it is refused, repeated
 * where the endpoint's class allows it and the time suffices.
 */
export async function exchange(errand: Errand, tokens: Tokens | null): Promise<Answer<unknown>> {
  const { row, params, now } = errand
  const deadlineMs = now() + errand.timeoutMs
  const leftMs = () => Math.max(0, deadlineMs - now())
  const met: ClientFailure[] = []
  const give = ({ failure }: { readonly failure: ClientFailure }) =>
    fail(row.care?.judge(row, params, failure, met) ?? failure)
  let refused: Issued | undefined

  for (;;) {
    // Asked inside the attempt: for a caller who has given up, nothing at all is sent.
    let issued: Issued | undefined
    const token = tokens && (await attempt(() => (issued = tokens(refused)), leftMs(), errand))
    if (token?.ok === false) return give(token)

    let sent = false
    const answer = await attempt(
      async (over) => {
        sent = true
        return readAnswer(await errand.fetch(toRequest(errand, token?.value, over)), errand)
      },
      Math.min(errand.attemptTimeoutMs, leftMs()),
      errand,
    )
    if (answer.ok) return answer
    // After a long wait for the token the time may be over: what was never sent is not doubtful.
    if (!sent) return give(answer)
    const { failure } = answer
    if (failure.reason === 'unauthorized' && issued && !refused) {
      refused = issued
      continue
    }

    met.push(failure)
    const waitMs = met.length > 1 ? null : waitBeforeRepeat(row, failure, errand.random)
    if (waitMs === null || waitMs >= leftMs()) return give(answer)
    await attempt(() => new Promise(() => {}), waitMs, errand)
  }
}

function toRequest(
  { method, url, body, tier }: Errand,
  token: string | undefined,
  signal: AbortSignal,
): Request {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (token) headers.authorization = token
  if (tier) headers.tier = tier
  if (body) headers['content-type'] = 'application/json'
  // A redirect would carry the token to an address nobody chose; `error` is not known to workerd.
  return new Request(url, { method, headers, body, signal, redirect: 'manual' })
}
