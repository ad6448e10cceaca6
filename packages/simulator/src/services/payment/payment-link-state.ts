// The state of a payment link: open until it is paid, disabled or expired.
import type { Payment } from '../../domain/payment/payment.ts'
import type { PaymentLink } from '../../domain/payment/payment-link.ts'
import { isRecord } from '../../runtime/params.ts'
import { attemptsOf, type SimulatorState } from '../../state.ts'

/** The state of a link. */
export type LinkState =
  | { readonly kind: 'open' | 'expired' | 'disabled' | 'paid' }
  | { readonly kind: 'issued'; readonly payment: Payment }

/** The state of a link now. */
export function linkStateOf(state: SimulatorState, link: PaymentLink, now: number): LinkState {
  const attempts = attemptsOf(state, link.merchantUid)
  if (attempts.some(({ paidAt }) => paidAt !== null)) return { kind: 'paid' }
  if (link.isDisabled) return { kind: 'disabled' }
  if (link.expiredAt <= now) return { kind: 'expired' }
  const issued = attempts.findLast(({ status, account }) => status === 'ready' && account !== null)
  return issued === undefined ? { kind: 'open' } : { kind: 'issued', payment: issued }
}

/** One method to pay a link: its button's label, and the request to the payment window. */
export interface LinkMethod {
  readonly label: string
  readonly request: Readonly<Record<string, unknown>>
}

/** The methods of a link: only `direct`, else each of `pay_methods`. */
export function linkMethodsOf(
  { pay_methods, direct }: Readonly<Record<string, unknown>>,
  fallback: string,
): LinkMethod[] {
  const given = isRecord(direct) ? [direct] : Array.isArray(pay_methods) ? pay_methods : []
  return given.filter(isRecord).map(({ label, channelKey, pg, pay_method }) => ({
    label: typeof label === 'string' && label !== '' ? label : fallback,
    request: { channelKey, pg, pay_method },
  }))
}
