// The life of a payment link: open until it is paid, disabled, or too old.

import type { Payment } from '../../domain/payment/payment.ts'
import type { Link } from '../../domain/payment/payment-link.ts'
import { isRecord } from '../../runtime/params.ts'
import { attemptsOf, type Ledger } from '../../state.ts'

/** How a link stands. */
export type LinkState =
  | { readonly kind: 'open' | 'expired' | 'disabled' | 'paid' }
  | { readonly kind: 'issued'; readonly payment: Payment }

/** Says how a link stands now. */
export function stateOf(ledger: Ledger, link: Link, now: number): LinkState {
  const attempts = attemptsOf(ledger, link.merchantUid)
  if (attempts.some(({ paidAt }) => paidAt !== null)) return { kind: 'paid' }
  if (link.isDisabled) return { kind: 'disabled' }
  if (link.expiredAt <= now) return { kind: 'expired' }
  const waiting = attempts.findLast(({ status, account }) => status === 'ready' && account !== null)
  return waiting === undefined ? { kind: 'open' } : { kind: 'issued', payment: waiting }
}

/** One way to pay a link: what its button says, and what it asks the payment window for. */
export interface LinkMethod {
  readonly label: string
  readonly request: Readonly<Record<string, unknown>>
}

/** The ways to pay a link: `direct` alone, else each of `pay_methods`. */
export function methodsOf(
  { pay_methods, direct }: Readonly<Record<string, unknown>>,
  otherwise: string,
): LinkMethod[] {
  const given = isRecord(direct) ? [direct] : Array.isArray(pay_methods) ? pay_methods : []
  return given.filter(isRecord).map(({ label, channelKey, pg, pay_method }) => ({
    label: typeof label === 'string' && label !== '' ? label : otherwise,
    request: { channelKey, pg, pay_method },
  }))
}
