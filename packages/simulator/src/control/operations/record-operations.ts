import { type ControlOperation, none } from './control-operation.ts'

const record = (
  path: string,
  summary: string,
  body: NonNullable<ControlOperation['body']>,
): ControlOperation => ({
  method: 'post',
  path,
  tag: 'records',
  summary,
  body,
  isOpen: true,
  refusals: [400],
})

/** Records that are stored as a test begins. */
export const ofRecords: readonly ControlOperation[] = [
  record('/billing-keys', 'Stores a billing key, as issued by a window', {
    'customer_uid!': 'text',
    customer_id: 'text',
    pg_provider: 'text',
  }),
  record('/schedules', 'Stores a scheduled charge, or one that ran', {
    'customer_uid!': 'text',
    'merchant_uid!': 'text',
    'amount!': 'amount',
    schedule_at: 'seconds',
  }),
  record('/certifications', 'Stores an identity verification', {
    imp_uid: 'text',
    merchant_uid: 'text',
    status: 'text',
  }),
  record('/prepared', 'Stores a pre-registered amount', {
    'merchant_uid!': 'text',
    'amount!': 'amount',
    currency: 'text',
  }),
  record('/receipts', 'Stores a cash receipt of a payment', { 'imp_uid!': 'text', type: 'text' }),
  record('/receipts/external', 'Stores a cash receipt of a sale outside the provider', {
    'merchant_uid!': 'text',
    'amount!': 'amount',
  }),
  record('/kcpquick/prepared', 'Stores a prepaid-money transaction', {
    'merchant_uid!': 'text',
    'prepaid_amount!': 'amount',
  }),
  record('/kcpquick/members', 'Stores a member of KCP QuickPay', { 'member_id!': 'text' }),
  record('/benepia', 'Sets the balance of a Benepia login', {
    'benepia_user!': 'text',
    'point!': 'integer',
  }),
]

/** Billing keys and their settings. */
export const ofBilling: readonly ControlOperation[] = [
  {
    method: 'get',
    path: '/billing',
    tag: 'billing',
    summary: 'Reads the settings of billing keys and of the recovery',
    refusals: none,
  },
  {
    method: 'put',
    path: '/billing',
    tag: 'billing',
    summary: 'Changes the settings of billing keys and of the recovery',
    body: { key_webhooks: 'text', key_amounts: 'object', recovery_hour: 'integer' },
    refusals: [400],
  },
  {
    method: 'put',
    path: '/billing-keys/{customer_uid}',
    tag: 'billing',
    summary: 'Changes what the card of a key does from now on',
    body: { 'card!': 'text' },
    refusals: [400, 404],
  },
]
