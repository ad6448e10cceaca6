import { isBuyerCancel } from './buyer-cancel.ts'
import { toQuestion } from './claim.ts'
import { type Page, pause } from './page.ts'
import type { Answer, PaymentServer } from './payment-server.ts'
import { type Outcome, toUnknown, type UnknownReason } from './result.ts'
import type { SavedAttempt } from './saved-attempt.ts'

/** What is known of an attempt that is over. */
export interface OverAttempt {
  readonly attempt: SavedAttempt
  /**
   * Whether the buyer is known to have left the window, although it said nothing: then a failure of the order is one of this
   * attempt, too.
   */
  readonly isWindowOver: boolean
  /** Ends the wait. */
  readonly signal: AbortSignal | undefined
}

/** What the search for a result needs. */
export interface FindDeps {
  readonly server: PaymentServer
  readonly page: Page
  /** How often the server is asked. */
  readonly maxAsks: number
}

const firstWaitMs = 1_000
const longestWaitMs = 30_000

/**
 * Asks the payment server until it knows how an attempt ended, or has been asked often enough.
 *
 * Nothing the window said becomes a result: not that it was paid, and not that it failed.
 */
export async function findResult(over: OverAttempt, deps: FindDeps): Promise<Outcome> {
  const { attempt, signal } = over
  for (let asked = 1; ; asked += 1) {
    if (signal?.aborted === true) return toUnknown(attempt.merchantUid, 'aborted')
    const answer = await ask(over, deps)
    const outcome = toOutcome(answer, over)
    const isOpen = outcome.status === 'unknown' && ['pending', 'offline'].includes(outcome.reason)
    if (!isOpen || asked >= deps.maxAsks) return outcome
    const waitMs = Math.min(firstWaitMs * 1.6 ** (asked - 1), longestWaitMs)
    await pause(deps.page, Math.max(waitMs, answer.retryAfterMs), signal)
  }
}

/** Reports what there is to report; the order itself says more, where the page has its token. */
async function ask(over: OverAttempt, { server }: FindDeps): Promise<Answer> {
  const { purpose, merchantUid, token, report } = over.attempt
  const isPayment = purpose === 'payment'
  if (report === null && token !== null) {
    return server.read(isPayment ? 'orders' : 'subjects', merchantUid, token)
  }
  const answer = await server.report(report ?? toQuestion(merchantUid))
  const { status } = answer
  if (!isPayment || token === null || !['vbankIssued', 'failed'].includes(status)) return answer
  const order = await server.read('orders', merchantUid, token)
  // It may have failed by an earlier payment: the words are those of this one.
  if (status === 'failed' && order.status === 'failed') return { ...answer, account: order.account }
  // A failure is believed together with an order that is open; an account is of use with its number.
  return ['pending', 'not_this_order'].includes(order.status) ? answer : order
}

function toOutcome(answer: Answer, over: OverAttempt): Outcome {
  const { purpose, merchantUid } = over.attempt
  const { status, message, errorCode, errorMessage, account } = answer
  const unknown = (reason: UnknownReason) => toUnknown(merchantUid, reason, message, errorCode)
  const ended = { merchantUid, message }
  switch (status) {
    case 'success':
      return { ...ended, status: 'done' }
    case 'vbankIssued':
      return { ...ended, status: 'account_issued', account }
    case 'cancelled':
    case 'partiallyCancelled':
      return { ...ended, status: 'refunded', isPartial: status !== 'cancelled' }
    // The server has noted something that is no payment of this order.
    case 'received':
      return unknown('not_this_order')
    case 'pending':
    case 'unavailable':
      return unknown('pending')
    case 'offline':
    case 'not_this_order':
    case 'server_refused':
      return unknown(status)
    case 'failed': {
      if (purpose === 'payment' && account !== null) return unknown('deposit_overdue')
      // The failure may be that of an earlier attempt.
      if (!over.isWindowOver && over.attempt.report === null) return unknown('pending')
      if (isBuyerCancel(errorCode, errorMessage)) {
        return { ...ended, status: 'cancelled_by_buyer', errorMessage }
      }
      const reason = errorCode === 'NOT READY' ? 'popup_blocked' : 'refused'
      return { ...ended, status: 'failed', reason, errorCode, errorMessage, problems: [] }
    }
  }
}
