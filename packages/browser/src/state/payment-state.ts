import type { Checkout } from '../init.ts'
import type { PaymentRequest } from '../request/payment-request.ts'
import type { AnyResult, PaymentResult } from '../result.ts'
import type { ResumeOptions, WindowOptions } from '../window-options.ts'

/** What a component shows: nothing yet, an open window, or the result. */
export type PaymentState = { readonly status: 'idle' } | { readonly status: 'open' } | AnyResult

/** The state of one payment, in the form that React (`useSyncExternalStore`), Vue and Svelte can follow. */
export interface PaymentStateStore {
  getSnapshot(): PaymentState
  /** Calls `listener` after each change; the function that it returns ends that. */
  subscribe(listener: () => void): () => void
  /** As `Checkout.requestPay`, with the state `open` meanwhile. */
  requestPay(order: PaymentRequest, options?: WindowOptions): Promise<PaymentResult>
  /** As `Checkout.resume`; the state changes only where there is something to go on with. */
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
  let state: PaymentState = { status: 'idle' }
  const listeners = new Set<() => void>()
  const set = (next: PaymentState) => {
    state = next
    for (const listener of listeners) listener()
  }
  return {
    getSnapshot: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    requestPay: async (order, options) => {
      const before = state
      set({ status: 'open' })
      try {
        const result = await checkout.requestPay(order, options)
        set(result)
        return result
      } catch (error) {
        // A mistake in the call: nothing was opened.
        set(before)
        throw error
      }
    },
    resume: async (options) => {
      const result = await checkout.resume(options)
      if (result !== null) set(result)
      return result
    },
  }
}

/**
 * Whether a page may offer to pay: not while a window is open, and not while money may be there.
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
    case 'paid':
    case 'account_issued':
    case 'refunded':
    case 'registered':
    case 'verified':
    case 'unknown':
      return false
  }
}
