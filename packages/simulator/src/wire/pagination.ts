import type { Payment } from '../domain/payment/payment.ts'
import { ownRefusals, type Refusal } from '../domain/refusals.ts'
import { integerOf, type Params, textOf } from '../runtime/params.ts'
import { serializePayment, type WireRecord } from './serialize-payment.ts'

const startedAt = (payment: Payment) => payment.startedAt
const paidAt = (payment: Payment) => payment.paidAt ?? 0
const updatedAt = (payment: Payment) => payment.updatedAt

const comparators: Readonly<Record<string, (a: Payment, b: Payment) => number>> = {
  '-started': (a, b) => startedAt(b) - startedAt(a),
  started: (a, b) => startedAt(a) - startedAt(b),
  '-paid': (a, b) => paidAt(b) - paidAt(a),
  paid: (a, b) => paidAt(a) - paidAt(b),
  '-updated': (a, b) => updatedAt(b) - updatedAt(a),
  updated: (a, b) => updatedAt(a) - updatedAt(b),
}

/** Payments in the order of the query's `sorting`; newest start first when it is absent or unknown. */
export function sortPayments(payments: readonly Payment[], query: Params): Payment[] {
  const order = comparators[textOf(query, 'sorting') ?? '-started'] ?? comparators['-started']
  // Payments of the same second follow the direction of the order as well.
  const newestFirst = !/^[a-z]/.test(textOf(query, 'sorting') ?? '-started')
  const base = newestFirst ? payments.toReversed() : [...payments]
  return base.toSorted(order)
}

/** One page of a list, or the refusal of a page that does not exist. */
export function pageOfPayments(
  payments: readonly Payment[],
  query: Params,
  origin: string,
): WirePage | Refusal {
  const page = paginate(
    payments.map((payment) => serializePayment(payment, origin)),
    query,
  )
  const exists = page.list.length > 0 || (payments.length === 0 && page.previous === 0)
  return exists && (integerOf(query, 'page') ?? 1) >= 1 ? page : ownRefusals.pageOutOfRange
}

/** One page of a list; an empty one when the list has no such page. */
export function paginate(list: readonly WireRecord[], query: Params): WirePage {
  const limit = Math.min(Math.max(integerOf(query, 'limit') ?? 20, 1), 1000)
  const page = Math.max(integerOf(query, 'page') ?? 1, 1)
  return {
    total: list.length,
    previous: page - 1,
    next: page * limit < list.length ? page + 1 : 0,
    list: list.slice((page - 1) * limit, page * limit),
  }
}

/** A page in the provider's JSON. */
export interface WirePage {
  readonly total: number
  readonly previous: number
  readonly next: number
  readonly list: readonly WireRecord[]
}
