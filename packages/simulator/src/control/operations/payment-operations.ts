import { type ControlOperation, none } from './control-operation.ts'

/** Scenarios. */
export const ofScenarios: readonly ControlOperation[] = [
  {
    method: 'get',
    path: '/scenarios',
    tag: 'scenarios',
    summary: 'Lists the scenarios',
    refusals: none,
  },
  {
    method: 'post',
    path: '/scenarios/{name}',
    tag: 'scenarios',
    summary: 'Plays a scenario with a new payment, and sends its webhooks',
    body: { merchant_uid: 'text', amount: 'amount', currency: 'text' },
    isOpen: true,
    refusals: [400, 404],
  },
]

const event = (name: string, summary: string, rest: Partial<ControlOperation> = {}) => ({
  method: 'post' as const,
  path: `/payments/{imp_uid}/${name}`,
  tag: 'payments' as const,
  summary,
  refusals: [404, 409] as const,
  ...rest,
})

/** Payments, and what happens to them. */
export const ofPayments: readonly ControlOperation[] = [
  {
    method: 'post',
    path: '/payments',
    tag: 'payments',
    summary: 'Stores a payment with any status; sends nothing',
    body: { 'merchant_uid!': 'text', 'amount!': 'amount', status: 'text', pay_method: 'text' },
    isOpen: true,
    refusals: [400],
  },
  event('deposit', 'Deposits into its virtual account; webhook paid', {
    body: { amount: 'amount', depositor_name: 'text' },
  }),
  event('approve', 'Approves a waiting payment without a window; webhook paid'),
  event('approve-late', 'Approves a failed payment; webhook paid'),
  event('fail', 'Fails a waiting payment; no webhook', { body: { reason: 'text' } }),
  event('cancel', 'Cancels as in the console, all or an amount; webhook cancelled', {
    body: { amount: 'amount' },
  }),
  event('resend', 'Sends its webhook again, with its present status'),
  event('barcode', 'Reads the barcode of a convenience-store payment', {
    method: 'get',
    refusals: [404],
  }),
  event('counter', 'Pays the barcode at the counter; webhook paid', { body: { pay_type: 'text' } }),
  event('escrow', "The buyer's decision in the PG's escrow page", {
    body: { 'escrow_status!': 'text', denied_reason: 'text' },
    refusals: [400, 404, 409],
  }),
  event('logis', 'Stores the delivery of an escrow payment', {
    body: { 'invoice!': 'text', company: 'text', sent_at: 'seconds', escrow_status: 'text' },
    isOpen: true,
    refusals: [400, 404],
  }),
  event('product-orders', 'Adds product orders to a payment of Naver', {
    tag: 'naver',
    body: { products: 'list' },
    refusals: [400, 404],
  }),
]

/** Product orders of Naver. */
export const ofNaver: readonly ControlOperation[] = [
  {
    method: 'post',
    path: '/product-orders/{id}/{event}',
    tag: 'naver',
    summary: 'What the buyer, a courier or the shop does at Naver',
    refusals: [404, 409],
  },
  {
    method: 'post',
    path: '/product-orders/{id}/review',
    tag: 'naver',
    summary: "Stores a buyer's review",
    body: { review_type: 'text', score: 'text', title: 'text', content: 'text' },
    refusals: [404],
  },
]
