// Generated calls: every operation with valid, nearly valid and random values.
import fc from 'fast-check'
import { fixedTimeSeconds } from '../fixed-time.ts'
import { type Operation, operations, type Param } from './operations.ts'
import { validParams } from './valid-params.ts'

/** A call as it is sent. */
export interface Call {
  readonly operation: Operation
  readonly path: string
  readonly body: string | null
  readonly contentType: string
}

/** Any call of any operation. */
export function anyCall(): fc.Arbitrary<Call> {
  return fc.oneof(...operations.map(callOf))
}

/** Any call of one operation. */
export function callOf(operation: Operation): fc.Arbitrary<Call> {
  const given = operation.params.filter(({ in: place }) => place !== 'header')
  // Half of the calls have every documented parameter; the other half may omit or change any of them.
  const good = fc.record(
    Object.fromEntries(
      given.map((param) => [param.name, goodValue(param, `${operation.method} ${operation.path}`)]),
    ),
  )
  const any = fc.record(Object.fromEntries(given.map((param) => [param.name, anyValue(param)])), {
    requiredKeys: given.filter(({ in: place }) => place === 'path').map(({ name }) => name),
  })
  return fc.tuple(fc.oneof(good, any), fc.boolean()).map(([values, isForm]) => {
    const placed = (place: string) =>
      given.filter((param) => param.in === place && values[param.name] !== undefined)
    const query = new URLSearchParams()
    // A GET has no body, even where the description has body parameters.
    const isGet = operation.method === 'GET'
    for (const { name } of [...placed('query'), ...(isGet ? placed('formData') : [])])
      query.append(name, textOf(values[name]))
    const path = placed('path').reduce(
      (sofar, { name }) => sofar.replace(`{${name}}`, encodeURIComponent(segmentOf(values[name]))),
      operation.path,
    )
    const body = Object.fromEntries(placed('formData').map(({ name }) => [name, values[name]]))
    return {
      operation,
      path: query.size === 0 ? path : `${path}?${query}`,
      body: isGet ? null : isForm ? formOf(body) : JSON.stringify(body),
      contentType: isForm ? 'application/x-www-form-urlencoded' : 'application/json',
    }
  })
}

function goodValue(param: Param, operation?: string): fc.Arbitrary<unknown> {
  const valid = validParams[operation ?? '']?.[param.name]
  if (valid !== undefined) return fc.constant(valid)
  if (param.enum !== undefined) return fc.constantFrom(...param.enum)
  const known = knownValues[param.name]
  return known === undefined ? ofType(param) : fc.constantFrom(...known)
}

function anyValue(param: Param): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 3, arbitrary: goodValue(param) },
    { weight: 1, arbitrary: ofType(param) },
    { weight: 1, arbitrary: randomValue },
  )
}

function ofType({ type }: Param): fc.Arbitrary<unknown> {
  if (type === 'string') return fc.string({ unit: 'grapheme', maxLength: 60 })
  if (type === 'integer') return fc.integer()
  if (type === 'number') return fc.double({ noNaN: true, noDefaultInfinity: true })
  return type === 'boolean' ? fc.boolean() : fc.jsonValue()
}

const randomValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '../payments',
    '%2e%2e',
    '가나다/라?마#바',
    '\0',
    'NaN',
    '1e309',
  ),
)

// An empty segment or a dot would be a call of another operation.
const segmentOf = (value: unknown) => (/^\.{0,2}$/.test(textOf(value)) ? '-' : textOf(value))

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

function formOf(body: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(body).map(([name, value]): [string, string] => [name, textOf(value)])
  return new URLSearchParams(pairs).toString()
}

const person = { name: '홍길동', tel: '01012345678', addr: '서울', postcode: '04524' }

/** Values that the seeded simulator knows, by parameter. */
const knownValues: Readonly<Record<string, readonly unknown[]>> = {
  imp_key: ['simulator-key'],
  imp_secret: ['simulator-secret'],
  imp_uid: ['imp_paid', 'imp_trans', 'imp_waiting', 'imp_naverco', 'imp_naverpay', 'imp_escrow'],
  'imp_uid[]': ['imp_paid', 'imp_trans'],
  merchant_uid: [
    'order-paid',
    'order-new-1',
    'order-new-2',
    'order-planned',
    'order-failed',
    'order-external',
  ],
  'merchant_uid[]': ['order-paid', 'order-trans'],
  customer_uid: ['customer-1', 'customer-quick', 'customer-new', 'customer-group'],
  'customer_uid[]': ['customer-1', 'customer-quick'],
  member_id: ['member-1'],
  product_order_id: [''],
  channel_key: [
    'channel-key-html5_inicis',
    'channel-key-nice_v2-api',
    'channel-key-kcp_quick',
    'channel-key-naverco',
    'channel-key-galaxia',
    'channel-key-danal',
    'channel-key-kcp',
  ],
  pg: ['nice_v2', 'settle', 'danal'],
  tier_code: ['T01'],
  payment_status: ['paid', 'ready', 'all', 'failed', 'cancelled'],
  amount: [1000, '500', 12.5, 1],
  checksum: [1000],
  tax_free: [0, 100],
  card_number: ['4111-1111-1111-1111', '4000-0000-0000-0002'],
  expiry: ['2045-12', '2039-12'],
  birth: ['900101'],
  pwd_2digit: ['12'],
  card_quota: [0],
  gender_digit: ['1'],
  phone: ['01012345678'],
  otp: ['123456'],
  name: ['홍길동'],
  identifier: ['01012345678'],
  identifier_type: ['person', 'phone'],
  type: ['person'],
  vat: [10],
  vat_amount: [10],
  product_type: ['real'],
  data: [[{ business_registration_number: '123-45-67890', company_name: '가게', amount: 100 }]],
  sender: [person],
  receiver: [person],
  logis: [{ company: 'HANJIN', invoice: '1', sent_at: fixedTimeSeconds }],
  products: [[{ id: 'p1', name: '신발', amount: 1000 }]],
  delivery_company: ['CJGLS'],
  tracking_number: ['1234'],
  dispatched_at: [fixedTimeSeconds],
  reason: ['INTENT_CHANGED', 'DELAYED_DELIVERY', 'ETC'],
  expired_at: [fixedTimeSeconds + 3600],
  schedule_at: [fixedTimeSeconds + 3600],
  schedules: [
    [
      {
        merchant_uid: 'order-next',
        schedule_at: fixedTimeSeconds + 60,
        amount: 1000,
        name: '신발',
        currency: 'KRW',
      },
    ],
  ],
  from: [fixedTimeSeconds - 60],
  to: [fixedTimeSeconds + 86_400],
  schedule_from: [fixedTimeSeconds - 60],
  schedule_to: [fixedTimeSeconds + 86_400],
  page: [1],
  limit: [20],
  bank_standard_code: ['004'],
  card_standard_code: ['366'],
  vbank_code: ['004'],
  vbank_due: [fixedTimeSeconds + 3600],
  vbank_holder: ['가게'],
  btid: ['bt-1'],
  cust_ip: ['203.0.113.7'],
  code_verifier: ['verifier'],
  prepaid_auth_yn: ['N'],
  prepaid_amount: [5000],
  site_code: ['S1'],
  partner_type: ['P1'],
  partner_subtype: ['P2'],
  benepia_user: ['user-1'],
  benepia_password: ['password'],
}
