// The life of one Naver Pay product order.
//
//   PAYMENT_WAITING ──deposit──► PAYED
//     └─no deposit─► CANCELED_BY_NOPAYMENT
//   PAYED ──place──► PAYED, accepted ──ship──► DELIVERING ──receive──► DELIVERED ──decide──► PURCHASE_DECIDED
//     └─cancel, or ask-cancel + approve-cancel─► CANCELED
//   DELIVERING, DELIVERED ──ask-return, request-return──► RETURN (held and released) ──approve──► RETURNED
//                         └─ask-exchange─► EXCHANGE ──collect──► ──ship again──► ──receive──► EXCHANGED
//                         └─hold-decision─► PURCHASE_DECISION_HOLDBACK ──release──► may be decided again
//
// The order of the statuses within a claim is read from their names: nobody has published it.
import type { Payment } from '../payment/payment.ts'

/** How far a product order has come. */
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

/** What somebody wants undone; a held return waits for the shop to release it. */
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

/** What is ordered. */
export interface Product {
  readonly id: string
  readonly name: string
  readonly optionId: string
  readonly optionName: string
  readonly amount: number
  readonly deliveryAmount: number
  readonly quantity: number
}

/** The product order as it becomes; null when this cannot happen to it now. */
export type ProductOrderStep = ProductOrder | null

const claimed = (type: Claim['type'], status: string, isHeld = false): Claim => ({
  type,
  status,
  isHeld,
})

const isEnded = /_(DONE|REJECT|RELEASE)$/

const isOpen = ({ claim }: ProductOrder): boolean => claim !== null && !isEnded.test(claim.status)

const isSent = ({ status }: ProductOrder): boolean =>
  status === 'DELIVERING' || status === 'DELIVERED'

const isClaim = (order: ProductOrder, type: Claim['type'], ...statuses: string[]): boolean =>
  order.claim?.type === type && statuses.includes(order.claim.status)

const isReturning = (order: ProductOrder): boolean =>
  isClaim(order, 'RETURN', 'RETURN_REQUEST', 'COLLECTING', 'COLLECT_DONE')

const hold = (order: ProductOrder, isHeld: boolean): ProductOrderStep =>
  isReturning(order) && order.claim !== null && order.claim.isHeld !== isHeld
    ? { ...order, claim: { ...order.claim, isHeld } }
    : null

/** From one of some statuses of a claim to the next. */
const proceed =
  (type: Claim['type'], from: readonly string[], to: string) =>
  (order: ProductOrder): ProductOrderStep =>
    isClaim(order, type, ...from) ? { ...order, claim: claimed(type, to) } : null

const held = 'PURCHASE_DECISION_HOLDBACK'

const deeds = {
  place: (order) =>
    order.status === 'PAYED' && !order.isPlaced && !isOpen(order)
      ? { ...order, isPlaced: true }
      : null,
  ship: (order) =>
    order.status === 'PAYED' && !isOpen(order)
      ? { ...order, status: 'DELIVERING', isPlaced: true }
      : null,
  cancel: (order) => (order.status === 'PAYED' ? cancelled(order) : null),
  'approve-cancel': (order) =>
    isClaim(order, 'CANCEL', 'CANCEL_REQUEST') ? cancelled(order) : null,
  'request-return': (order) => askBack(order, 'RETURN', 'RETURN_REQUEST'),
  'approve-return': (order) =>
    isReturning(order) && order.claim?.isHeld === false
      ? { ...order, status: 'RETURNED', claim: claimed('RETURN', 'RETURN_DONE') }
      : null,
  'reject-return': (order) =>
    isReturning(order) ? { ...order, claim: claimed('RETURN', 'RETURN_REJECT') } : null,
  'withhold-return': (order) => hold(order, true),
  'resolve-return': (order) => hold(order, false),
  'collect-exchanged': (order) =>
    isClaim(order, 'EXCHANGE', 'EXCHANGE_REQUEST', 'COLLECTING')
      ? { ...order, claim: claimed('EXCHANGE', 'COLLECT_DONE') }
      : null,
  'ship-exchanged': (order) =>
    isClaim(order, 'EXCHANGE', 'COLLECT_DONE')
      ? { ...order, claim: claimed('EXCHANGE', 'EXCHANGE_REDELIVERING') }
      : null,
  'reject-cancel': proceed('CANCEL', ['CANCEL_REQUEST'], 'CANCEL_REJECT'),
  'reject-exchange': proceed(
    'EXCHANGE',
    ['EXCHANGE_REQUEST', 'COLLECTING', 'COLLECT_DONE'],
    'EXCHANGE_REJECT',
  ),
  'hold-decision': (order) => askBack(order, held, held),
  'redeliver-held': proceed(held, [held], `${held}_REDELIVERING`),
  'request-decision': proceed(held, [held, `${held}_REDELIVERING`], 'PURCHASE_DECISION_REQUEST'),
  'release-decision': proceed(
    held,
    [held, `${held}_REDELIVERING`, 'PURCHASE_DECISION_REQUEST'],
    `${held}_RELEASE`,
  ),
  'pick-up': (order) =>
    proceed('RETURN', ['RETURN_REQUEST'], 'COLLECTING')(order) ??
    proceed('EXCHANGE', ['EXCHANGE_REQUEST'], 'COLLECTING')(order),
  'hand-in': proceed('RETURN', ['RETURN_REQUEST', 'COLLECTING'], 'COLLECT_DONE'),
  'ask-cancel': (order) =>
    order.status === 'PAYED' && !isOpen(order)
      ? { ...order, claim: claimed('CANCEL', 'CANCEL_REQUEST') }
      : null,
  'ask-return': (order) => askBack(order, 'RETURN', 'RETURN_REQUEST'),
  'ask-exchange': (order) => askBack(order, 'EXCHANGE', 'EXCHANGE_REQUEST'),
  receive: (order) => {
    if (isClaim(order, 'EXCHANGE', 'EXCHANGE_REDELIVERING')) {
      return { ...order, status: 'EXCHANGED', claim: claimed('EXCHANGE', 'EXCHANGE_DONE') }
    }
    return order.status === 'DELIVERING' ? { ...order, status: 'DELIVERED' } : null
  },
  decide: (order) =>
    order.status === 'DELIVERED' && !isOpen(order)
      ? { ...order, status: 'PURCHASE_DECIDED' }
      : null,
} as const satisfies Record<string, (order: ProductOrder) => ProductOrderStep>

/** What can happen to a product order. */
export type Deed = keyof typeof deeds

/** What the shop does over the REST API. */
export const shopDeeds = [
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
] as const satisfies readonly Deed[]

/** What buyers, parcels and the shop's people at Naver's own centre do. */
export const outsideDeeds = [
  'reject-cancel',
  'reject-exchange',
  'hold-decision',
  'redeliver-held',
  'request-decision',
  'release-decision',
  'pick-up',
  'hand-in',
  'ask-cancel',
  'ask-return',
  'ask-exchange',
  'receive',
  'decide',
] as const satisfies readonly Deed[]

/** Does something to a product order. */
export function perform(order: ProductOrder, deed: Deed): ProductOrderStep {
  return deeds[deed](order)
}

/** Whether the buyer's money goes back with it. */
export function refunds(deed: Deed): boolean {
  return deed === 'cancel' || deed === 'approve-cancel' || deed === 'approve-return'
}

/** What a product order is while its payment waits for a deposit, and when none came. */
export function beforeMoney(order: ProductOrder, status: Payment['status']): ProductOrder {
  return { ...order, status: status === 'failed' ? 'CANCELED_BY_NOPAYMENT' : 'PAYMENT_WAITING' }
}

/** What a refund of the whole payment, outside Naver's own ways, leaves of a product order. */
export function afterRefund(order: ProductOrder): ProductOrder {
  if (order.status === 'CANCELED' || order.status === 'RETURNED') return order
  return { ...order, status: 'CANCELED', claim: claimed('ADMIN_CANCEL', 'ADMIN_CANCEL_DONE') }
}

function cancelled(order: ProductOrder): ProductOrder {
  return { ...order, status: 'CANCELED', claim: claimed('CANCEL', 'CANCEL_DONE') }
}

function askBack(order: ProductOrder, type: Claim['type'], status: string): ProductOrderStep {
  return isSent(order) && !isOpen(order) ? { ...order, claim: claimed(type, status) } : null
}
