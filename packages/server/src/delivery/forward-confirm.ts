import type { Fetch } from '@quayside/client'
import { type ConfirmRequest, fail, type Mode, type Order, ok, type Result } from '@quayside/core'
import type { ConfirmHook } from '@quayside/hono'
import { presentOrder } from '../events/payload.ts'
import { describeCause, type Log } from '../log.ts'
import { type Sleep, withTimeout } from '../timers.ts'
import { readDecision } from './read-decision.ts'
import { createEventSigner } from './send.ts'
import type { ShopDecision } from './shop-decision.ts'

/** Why the merchant's server did not decide. */
type ForwardFailure =
  /** It responded with another status than 2xx; a redirect is not followed. */
  | { readonly reason: 'receiver_refused'; readonly status: number }
  /** What it responded is no decision. */
  | { readonly reason: 'response_malformed'; readonly status: number }
  | { readonly reason: 'receiver_timeout' }
  | { readonly reason: 'receiver_unreachable'; readonly cause: unknown }

/** What {@link createForwardConfirm} needs. */
export interface ForwardConfirmOptions {
  readonly url: string
  /** Those that sign events: a server verifies both with the same secret. */
  readonly secrets: readonly string[]
  readonly mode: Mode
  readonly fetch: Fetch
  readonly now: () => Date
  readonly sleep: Sleep
  readonly log: Log
}

/**
 * For the request with everything in it. The provider waits ten seconds, and the route itself eight: within this time the
 * cause can still be logged.
 */
const limitMs = 7_500

/** How often a connection is tried: one that was kept open may have been closed by the other side. */
const maxTries = 2

/** What the buyer reads when the shop did not decide, or gave no reason. */
const neutralMessage = '결제를 승인할 수 없습니다 (payment cannot be approved)'

/**
 * Makes what asks the merchant's server before a payment is approved: a POST that is signed like an event, within 7.5 seconds.
 * `{"approve": true}` approves; `{"approve": false, "reason": "…"}` refuses with that reason; everything else
 * refuses with a neutral text and is logged as `confirm_not_decided`.
 */
export function createForwardConfirm(options: ForwardConfirmOptions): ConfirmHook {
  const { log, sleep } = options
  const toMessage = createMessages(options)
  return async (order, request) => {
    const controller = new AbortController()
    const message = toMessage(order, request)
    const send = async () =>
      options.fetch(new Request(options.url, { ...message, signal: controller.signal }))
    const asked = await withTimeout(ask(send, controller.signal), limitMs, sleep)
    controller.abort('ended')
    const decided = asked ?? fail({ reason: 'receiver_timeout' } as const)
    if (decided.ok) return decided.value.approve ? null : (decided.value.reason ?? neutralMessage)
    const { merchantUid, impUid } = request
    log('confirm_not_decided', { merchantUid, impUid, ...toLogFields(decided.failure) })
    return neutralMessage
  }
}

/** Makes the requests. Those of one payment have one id, so that its repetition can be recognised. */
function createMessages({ secrets, mode, now }: ForwardConfirmOptions) {
  const sign = createEventSigner(secrets)
  return (order: Order, { impUid }: ConfirmRequest): RequestInit => {
    const at = now()
    const data = { imp_uid: impUid, order: presentOrder(order), mode }
    const body = JSON.stringify({ type: 'payment.confirm', timestamp: at.toISOString(), data })
    // The signature puts a full stop after the id, so the id must not contain one.
    const id = `confirm:${order.merchantUid}:${impUid}`.replaceAll('.', '~')
    const signature = sign(id, at, body)
    return {
      method: 'POST',
      // A redirect would send a signed request to a URL that is not configured.
      redirect: 'manual',
      headers: { 'content-type': 'application/json', 'user-agent': 'Quayside', ...signature },
      body,
    }
  }
}

async function ask(
  send: () => Promise<Response>,
  signal: AbortSignal,
): Promise<Result<ShopDecision, ForwardFailure>> {
  for (let tries = 1; ; tries++) {
    try {
      const response = await send()
      const { status } = response
      const decision = await readDecision(response)
      if (!response.ok) return fail({ reason: 'receiver_refused', status })
      return decision === null ? fail({ reason: 'response_malformed', status }) : ok(decision)
    } catch (cause) {
      // The shop decides about one payment once: to ask again does no harm.
      if (tries === maxTries || signal.aborted) {
        return fail({ reason: 'receiver_unreachable', cause })
      }
    }
  }
}

function toLogFields(failure: ForwardFailure): Readonly<Record<string, string | number>> {
  switch (failure.reason) {
    case 'receiver_refused':
    case 'response_malformed':
      return { reason: failure.reason, status: failure.status }
    case 'receiver_timeout':
      return { reason: failure.reason }
    case 'receiver_unreachable':
      return { reason: failure.reason, cause: describeCause(failure.cause) }
  }
}
