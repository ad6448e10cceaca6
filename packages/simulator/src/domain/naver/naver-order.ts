// State machine of a Naver Pay product order; pure functions.
//
//   PAYMENT_WAITING ──deposit──► PAYED
//     └─no deposit─► CANCELED_BY_NOPAYMENT
//   PAYED ──place──► PAYED, accepted ──ship──► DELIVERING ──receive──► DELIVERED ──decide──► PURCHASE_DECIDED
//     └─cancel, or request-cancel + approve-cancel─► CANCELED
//   DELIVERING, DELIVERED ──request-return──► RETURN (held and released) ──approve──► RETURNED
//                         └─request-exchange─► EXCHANGE ──collect──► ──ship again──► ──receive──► EXCHANGED
//                         └─hold-decision─► PURCHASE_DECISION_HOLDBACK ──release──► may be decided again
//
// The order of the statuses within a claim is inferred from their names: it is not published.
import type { Payment } from '../payment/payment.ts'

/** The status of a product order. */
export type ProductOrderStatus =
  | 'PAYMENT_WAITING'
  | 'CANCELED_BY_NOPAYMENT'
  | 'PAYED'
  | 'DELIVERING'
  | 'DELIVERED'
  | 'PURCHASE_DECIDED'
  | 'EXCHANGED'
  | 'CANCELED'
  | 'RETURNED'

/** A claim against a product order; a held return waits for the shop to release it. */
export interface Claim {
  readonly type: 'CANCEL' | 'RETURN' | 'EXCHANGE' | 'PURCHASE_DECISION_HOLDBACK' | 'ADMIN_CANCEL'
  readonly status: string
  readonly isHeld: boolean
}

/** One line of a Naver Pay order; whole won. */
export interface ProductOrder {
  readonly id: string
  readonly impUid: string
  readonly status: ProductOrderStatus
  /** The shop has accepted it. */
  readonly isPlaced: boolean
  readonly claim: Claim | null
  readonly product: Product
  readonly shippingDueAt: number
}

/** The ordered product. */
export interface Product {
  readonly id: string
  readonly name: string
  readonly optionId: string
  readonly optionName: string
  readonly amount: number
  readonly deliveryAmount: number
  readonly quantity: number
}

/** The changed product order; null when the event is not possible now. */
export type ProductOrderTransition = ProductOrder | null

const newClaim = (type: Claim['type'], status: string, isHeld = false): Claim => ({
  type,
  status,
  isHeld,
})

const closedClaimStatus = /_(DONE|REJECT|RELEASE)$/

const hasOpenClaim = ({ claim }: ProductOrder): boolean =>
  claim !== null && !closedClaimStatus.test(claim.status)

const isShipped = ({ status }: ProductOrder): boolean =>
  status === 'DELIVERING' || status === 'DELIVERED'

const isClaim = (order: ProductOrder, type: Claim['type'], ...statuses: string[]): boolean =>
  order.claim?.type === type && statuses.includes(order.claim.status)

const isReturning = (order: ProductOrder): boolean =>
  isClaim(order, 'RETURN', 'RETURN_REQUEST', 'COLLECTING', 'COLLECT_DONE')

const setHold = (order: ProductOrder, isHeld: boolean): ProductOrderTransition =>
  isReturning(order) && order.claim !== null && order.claim.isHeld !== isHeld
    ? { ...order, claim: { ...order.claim, isHeld } }
    : null

/** Moves a claim from one of several statuses to the next. */
const advanceClaim =
  (type: Claim['type'], from: readonly string[], to: string) =>
  (order: ProductOrder): ProductOrderTransition =>
    isClaim(order, type, ...from) ? { ...order, claim: newClaim(type, to) } : null

const holdback = 'PURCHASE_DECISION_HOLDBACK'

const transitions = {
  place: (order) =>
    order.status === 'PAYED' && !order.isPlaced && !hasOpenClaim(order)
      ? { ...order, isPlaced: true }
      : null,
  ship: (order) =>
    order.status === 'PAYED' && !hasOpenClaim(order)
      ? { ...order, status: 'DELIVERING', isPlaced: true }
      : null,
  cancel: (order) => (order.status === 'PAYED' ? cancelled(order) : null),
  'approve-cancel': (order) =>
    isClaim(order, 'CANCEL', 'CANCEL_REQUEST') ? cancelled(order) : null,
  'request-return': (order) => openClaim(order, 'RETURN', 'RETURN_REQUEST'),
  'approve-return': (order) =>
    isReturning(order) && order.claim?.isHeld === false
      ? { ...order, status: 'RETURNED', claim: newClaim('RETURN', 'RETURN_DONE') }
      : null,
  'reject-return': (order) =>
    isReturning(order) ? { ...order, claim: newClaim('RETURN', 'RETURN_REJECT') } : null,
  'withhold-return': (order) => setHold(order, true),
  'resolve-return': (order) => setHold(order, false),
  'collect-exchanged': (order) =>
    isClaim(order, 'EXCHANGE', 'EXCHANGE_REQUEST', 'COLLECTING')
      ? { ...order, claim: newClaim('EXCHANGE', 'COLLECT_DONE') }
      : null,
  'ship-exchanged': (order) =>
    isClaim(order, 'EXCHANGE', 'COLLECT_DONE')
      ? { ...order, claim: newClaim('EXCHANGE', 'EXCHANGE_REDELIVERING') }
      : null,
  'reject-cancel': advanceClaim('CANCEL', ['CANCEL_REQUEST'], 'CANCEL_REJECT'),
  'reject-exchange': advanceClaim(
    'EXCHANGE',
    ['EXCHANGE_REQUEST', 'COLLECTING', 'COLLECT_DONE'],
    'EXCHANGE_REJECT',
  ),
  'hold-decision': (order) => openClaim(order, holdback, holdback),
  'redeliver-held': advanceClaim(holdback, [holdback], `${holdback}_REDELIVERING`),
  'request-decision': advanceClaim(
    holdback,
    [holdback, `${holdback}_REDELIVERING`],
    'PURCHASE_DECISION_REQUEST',
  ),
  'release-decision': advanceClaim(
    holdback,
    [holdback, `${holdback}_REDELIVERING`, 'PURCHASE_DECISION_REQUEST'],
    `${holdback}_RELEASE`,
  ),
  'pick-up': (order) =>
    advanceClaim('RETURN', ['RETURN_REQUEST'], 'COLLECTING')(order) ??
    advanceClaim('EXCHANGE', ['EXCHANGE_REQUEST'], 'COLLECTING')(order),
  'collect-returned': advanceClaim('RETURN', ['RETURN_REQUEST', 'COLLECTING'], 'COLLECT_DONE'),
  'request-cancel': (order) =>
    order.status === 'PAYED' && !hasOpenClaim(order)
      ? { ...order, claim: newClaim('CANCEL', 'CANCEL_REQUEST') }
      : null,
  'request-exchange': (order) => openClaim(order, 'EXCHANGE', 'EXCHANGE_REQUEST'),
  receive: (order) => {
    if (isClaim(order, 'EXCHANGE', 'EXCHANGE_REDELIVERING')) {
      return { ...order, status: 'EXCHANGED', claim: newClaim('EXCHANGE', 'EXCHANGE_DONE') }
    }
    return order.status === 'DELIVERING' ? { ...order, status: 'DELIVERED' } : null
  },
  decide: (order) =>
    order.status === 'DELIVERED' && !hasOpenClaim(order)
      ? { ...order, status: 'PURCHASE_DECIDED' }
      : null,
} as const satisfies Record<string, (order: ProductOrder) => ProductOrderTransition>

/** An event of a product order. */
export type ProductOrderEvent = keyof typeof transitions

/** Events the shop causes by the REST API. */
export const shopEvents = [
  'place',
  'ship',
  'cancel',
  'approve-cancel',
  'request-return',
  'approve-return',
  'reject-return',
  'withhold-return',
  'resolve-return',
  'collect-exchanged',
  'ship-exchanged',
] as const satisfies readonly ProductOrderEvent[]

/** Events caused by buyers, by parcels, and by the shop in Naver's own centre. */
export const externalEvents = [
  'reject-cancel',
  'reject-exchange',
  'hold-decision',
  'redeliver-held',
  'request-decision',
  'release-decision',
  'pick-up',
  'collect-returned',
  'request-cancel',
  'request-return',
  'request-exchange',
  'receive',
  'decide',
] as const satisfies readonly ProductOrderEvent[]

/** Applies an event to a product order. */
export function applyEvent(order: ProductOrder, event: ProductOrderEvent): ProductOrderTransition {
  return transitions[event](order)
}

/** Whether an event refunds the buyer. */
export function isRefund(event: ProductOrderEvent): boolean {
  return event === 'cancel' || event === 'approve-cancel' || event === 'approve-return'
}

/** The product order while its payment waits for a deposit, and after the deposit failed to arrive. */
export function beforePayment(order: ProductOrder, status: Payment['status']): ProductOrder {
  return { ...order, status: status === 'failed' ? 'CANCELED_BY_NOPAYMENT' : 'PAYMENT_WAITING' }
}

/** The product order after a full refund of the payment outside the Naver operations. */
export function afterFullRefund(order: ProductOrder): ProductOrder {
  if (order.status === 'CANCELED' || order.status === 'RETURNED') return order
  return { ...order, status: 'CANCELED', claim: newClaim('ADMIN_CANCEL', 'ADMIN_CANCEL_DONE') }
}

function cancelled(order: ProductOrder): ProductOrder {
  return { ...order, status: 'CANCELED', claim: newClaim('CANCEL', 'CANCEL_DONE') }
}

function openClaim(
  order: ProductOrder,
  type: Claim['type'],
  status: string,
): ProductOrderTransition {
  return isShipped(order) && !hasOpenClaim(order)
    ? { ...order, claim: newClaim(type, status) }
    : null
}
