// Every operation of the control API, as data: its index and its OpenAPI description are made of it.

/** What a member of a request body is. */
export type MemberKind = 'text' | 'integer' | 'amount' | 'flag' | 'seconds' | 'object' | 'list'

/** One operation of the control API. */
export interface ControlOperation {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** Below `/_simulator`; members in braces. */
  readonly path: string
  readonly summary: string
  readonly tag: ControlTag
  /** The members of the body; those that end with `!` are required. */
  readonly body?: Readonly<Record<string, MemberKind>>
  /** Whether the body may have further members. */
  readonly isOpen?: true
  /** The statuses of refusals, beside 403 for requests of other sites. */
  readonly refusals: readonly (400 | 404 | 409)[]
}

/** Groups of operations. */
export type ControlTag =
  | 'simulator'
  | 'scenarios'
  | 'payments'
  | 'records'
  | 'billing'
  | 'naver'
  | 'account'
  | 'clock'
  | 'webhooks'
  | 'faults'

const none: readonly [] = []

const ofSimulator: readonly ControlOperation[] = [
  { method: 'get', path: '/', tag: 'simulator', summary: 'Lists what there is', refusals: none },
  {
    method: 'get',
    path: '/openapi.json',
    tag: 'simulator',
    summary: 'Describes the control API',
    refusals: none,
  },
  {
    method: 'get',
    path: '/state',
    tag: 'simulator',
    summary: 'Reads every record, delivery, fault and setting',
    refusals: none,
  },
  {
    method: 'get',
    path: '/request-log',
    tag: 'simulator',
    summary: 'Counts REST calls by documented path',
    refusals: none,
  },
  {
    method: 'post',
    path: '/request-log/reset',
    tag: 'simulator',
    summary: 'Counts REST calls from 0 again',
    refusals: none,
  },
  {
    method: 'post',
    path: '/wait-for-idle',
    tag: 'simulator',
    summary: 'Responds when no delivery is running',
    refusals: none,
  },
  {
    method: 'post',
    path: '/reset',
    tag: 'simulator',
    summary: 'Removes payments, tokens, deliveries, the request log and faults',
    refusals: none,
  },
]

const ofScenarios: readonly ControlOperation[] = [
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

const ofPayments: readonly ControlOperation[] = [
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

const ofRecords: readonly ControlOperation[] = [
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

const ofBilling: readonly ControlOperation[] = [
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

const ofNaver: readonly ControlOperation[] = [
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

const reads = (path: string, summary: string): ControlOperation => ({
  method: 'get',
  path,
  tag: 'account',
  summary,
  refusals: none,
})

const ofAccount: readonly ControlOperation[] = [
  reads('/channels', 'Lists the channels'),
  {
    method: 'put',
    path: '/channels',
    tag: 'account',
    summary: 'Replaces the channels',
    body: { 'channels!': 'list' },
    refusals: [400],
  },
  {
    method: 'post',
    path: '/channels',
    tag: 'account',
    summary: 'Adds a channel, or replaces the one of its key',
    body: { 'pg_provider!': 'text', 'pg_id!': 'text', channel_key: 'text' },
    isOpen: true,
    refusals: [400],
  },
  {
    method: 'delete',
    path: '/channels/{channel_key}',
    tag: 'account',
    summary: 'Removes a channel',
    refusals: [404],
  },
  reads('/contracts', 'Lists the contracts'),
  {
    method: 'put',
    path: '/contracts',
    tag: 'account',
    summary: 'Concludes and ends contracts',
    body: {},
    isOpen: true,
    refusals: [400],
  },
  reads('/tiers', 'Lists the sub-merchants'),
  {
    method: 'post',
    path: '/tiers',
    tag: 'account',
    summary: 'Adds or renames a sub-merchant',
    body: { 'tier_code!': 'text', 'tier_name!': 'text' },
    refusals: [400],
  },
]

const ofClock: readonly ControlOperation[] = [
  {
    method: 'get',
    path: '/clock',
    tag: 'clock',
    summary: 'Reads the simulated time and the next due date',
    refusals: none,
  },
  {
    method: 'post',
    path: '/clock',
    tag: 'clock',
    summary: 'Moves the time, and runs what falls due',
    body: { advance_ms: 'integer', set: 'text', advance_to: 'text' },
    refusals: [400, 409],
  },
]

const ofWebhooks: readonly ControlOperation[] = [
  {
    method: 'get',
    path: '/webhooks',
    tag: 'webhooks',
    summary: 'Reads the settings and the messages that were sent',
    refusals: none,
  },
  {
    method: 'put',
    path: '/webhooks',
    tag: 'webhooks',
    summary: 'Changes the settings that are named',
    body: {
      url: 'text',
      timing: 'text',
      delay_ms: 'integer',
      times: 'integer',
      content_type: 'text',
      resend: 'flag',
    },
    refusals: [400],
  },
  {
    method: 'post',
    path: '/webhooks/test',
    tag: 'webhooks',
    summary: "Sends the console's test webhook",
    refusals: [409],
  },
  {
    method: 'post',
    path: '/deliveries/{id}/resend',
    tag: 'webhooks',
    summary: 'Sends a message of the log again, as it was',
    refusals: [404, 409],
  },
]

const ofFaults: readonly ControlOperation[] = [
  {
    method: 'get',
    path: '/faults',
    tag: 'faults',
    summary: 'Lists the faults there are and those that are set',
    refusals: none,
  },
  {
    method: 'post',
    path: '/faults',
    tag: 'faults',
    summary: 'Sets a fault for later REST calls, or a delay of every call',
    body: {
      fault: 'text',
      path: 'text',
      method: 'text',
      times: 'text',
      delay_ms: 'integer',
      field: 'text',
      latency_ms: 'integer',
    },
    refusals: [400],
  },
  {
    method: 'delete',
    path: '/faults',
    tag: 'faults',
    summary: 'Ends every fault and the delay',
    refusals: none,
  },
]

/** Every operation of the control API. */
export const controlOperations: readonly ControlOperation[] = [
  ...ofSimulator,
  ...ofScenarios,
  ...ofPayments,
  ...ofRecords,
  ...ofBilling,
  ...ofNaver,
  ...ofAccount,
  ...ofClock,
  ...ofWebhooks,
  ...ofFaults,
]
