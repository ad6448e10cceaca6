import type { Checkout } from '../init.ts'
import type { PaymentRequest } from '../request/payment-request.ts'
import type { AnyResult, PaymentResult } from '../result.ts'
import type { ResumeOptions, WindowOptions } from '../window-options.ts'

/** A window that is open, or an attempt of before about which `resume` is asking. */
export interface Running {
  /** `open`: a window is open; `checking`: the payment server is asked about an earlier attempt. */
  readonly status: 'open' | 'checking'
}

/** What a component shows: nothing yet, what is running, or the result. */
export type PaymentState = { readonly status: 'idle' } | Running | AnyResult

/** The state of one payment, in the form that React (`useSyncExternalStore`), Vue and Svelte can follow. */
export interface PaymentStateStore {
  /** The current state: the same object until it changes. */
  getSnapshot(): PaymentState
  /** Calls `listener` after each change; the function that it returns ends that. */
  subscribe(listener: () => void): () => void
  /** As `Checkout.requestPay`, with the state `open` meanwhile. */
  requestPay(order: PaymentRequest, options?: WindowOptions): Promise<PaymentResult>
  /**
   * As `Checkout.resume`, with the state `checking` meanwhile, and with the state of before where there is nothing to go on with.
   */
  resume(options?: ResumeOptions): Promise<AnyResult | null>
}

/**
 * Makes the state of one payment.
 *
 * @param checkout What `init` made.
 *
 * @example
 * ```ts
 * import { init } from '@quayside/browser'
 * import { createPaymentState, mayPay } from '@quayside/browser/state'
 *
 * const checkout = init({ userCode: 'imp00000000', server: 'https://pay.shop.example/payments' })
 * const payment = createPaymentState(checkout)
 * payment.subscribe(() => console.log(payment.getSnapshot().status))
 * console.log(mayPay(payment.getSnapshot())) // true
 * ```
 */
export function createPaymentState(checkout: Checkout): PaymentStateStore {
  let settled: PaymentState = { status: 'idle' }
  // The last one decides what is shown, and whose result counts: one that began while a window was open stands before that.
  let running: readonly Running[] = []
  const getSnapshot = () => running.at(-1) ?? settled
  const listeners = new Set<() => void>()
  const set = (nextRunning: readonly Running[], result: PaymentState | null) => {
    const shown = getSnapshot()
    running = nextRunning
    settled = result ?? settled
    if (getSnapshot() !== shown) for (const listener of listeners) listener()
  }
  const follow = async <Result extends AnyResult | null>(
    own: Running,
    run: () => Promise<Result>,
  ): Promise<Result> => {
    set(getSnapshot().status === 'open' ? [own, ...running] : [...running, own], null)
    let result: Result | null = null
    try {
      result = await run()
      return result
    } finally {
      const at = running.indexOf(own)
      const others = running.filter((one) => one !== own)
      if (result === null) set(others, null)
      // Otherwise a later one has ended before, and what this one says is older.
      else if (at >= 0) set(others.slice(at), result)
    }
  }
  return {
    getSnapshot,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    requestPay: (order, options) =>
      follow({ status: 'open' }, () => checkout.requestPay(order, options)),
    resume: (options) => follow({ status: 'checking' }, () => checkout.resume(options)),
  }
}

/**
 * Whether a page may offer to pay: not while a window is open, not while `resume` is asking, and not while money may be there.
 *
 * @param state The state of the payment.
 */
export function mayPay({ status }: PaymentState): boolean {
  switch (status) {
    case 'idle':
    case 'failed':
    case 'cancelled_by_buyer':
      return true
    case 'open':
    case 'checking':
    case 'paid':
    case 'account_issued':
    case 'refunded':
    case 'registered':
    case 'verified':
    case 'unknown':
      return false
  }
}
