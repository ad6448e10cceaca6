import type { Fields, Order } from '@quayside/core'
import fc from 'fast-check'
import { caseOrders, createOrder } from './orders.ts'
import { documentedRecord, toAnswer } from './record.ts'

const merchantUid = String(documentedRecord['merchant_uid'])
const amount = Number(documentedRecord['amount'])

/** An answer of the provider as text, and the order it is about. */
export interface Answer {
  readonly text: string
  readonly order: Order
}

/** Answers about distinct payments, each with its open order: what a completion reads. */
export function createTimedAnswers(count: number): readonly Answer[] {
  return Array.from({ length: count }, (_, at) => {
    const changes = {
      imp_uid: `imp_${448_280_090_638 + at}`,
      merchant_uid: `${merchantUid.slice(0, -2)}${at + 10}`,
      amount: amount + at * 100,
      paid_at: Number(documentedRecord['paid_at']) + at,
    }
    const text = toAnswer(JSON.stringify({ ...documentedRecord, ...changes }))
    return { text, order: createOrder(changes.merchant_uid, changes.amount) }
  })
}

/** A record of each status, and of each allowance of an order. */
const changedMembers: readonly Fields[] = [
  {},
  { status: 'ready', paid_at: 0 },
  { status: 'ready', paid_at: 0, pay_method: 'vbank', vbank_num: '562-1059-18373' },
  { status: 'failed', paid_at: 0, failed_at: 1_648_344_363, fail_reason: '한도 초과' },
  { status: 'cancelled', cancel_amount: 400, cancelled_at: 1_648_350_000 },
  { status: 'cancelled', cancel_amount: amount, cancelled_at: 1_648_350_000 },
  { amount: amount - 1_000, promotion: { id: 'summer', discount: 1_000 } },
  { amount: amount - 1_000, promotion: { id: 'summer', discount: '1000' } },
  { amount: amount + 3_000, pg_provider: 'naverco' },
  { customer_uid_usage: 'issue' },
  { amount: 14.2, currency: 'USD' },
  { amount: 14.205, currency: 'BHD' },
]
const records = changedMembers.map((changes) =>
  Object.entries({ ...documentedRecord, ...changes }).map(
    ([each, given]) => [each, JSON.stringify(given)] as const,
  ),
)

const neededNames = ['imp_uid', 'merchant_uid', 'amount', 'cancel_amount', 'currency', 'status']
/** What else a decision depends on. */
const usedNames = [
  'sandbox',
  'pay_method',
  'pg_provider',
  'customer_uid_usage',
  'promotion',
  'started_at',
  'paid_at',
  'vbank_num',
  'vbank_date',
]
const allNames = [...Object.keys(documentedRecord), 'promotion', 'deposit_history']

// As JSON text: `JSON.stringify` writes neither -0 nor infinity. A list that repeats one value is left out: core reads it as
// this value, because forms have such lists.
const numbers =
  '0 -0 1 -1 399 400 64899 64900 64901 64900.0 6.49e4 64900.5 64900.000000000001 14.2 14.20 14.205 14.200000000000001 0.1 1e-7 1648344363 1710342000 8640000000000 8640000000001 9007199254740991 9007199254740992 45035996273704.96 90071992547409.92 1e21 1e400 -1e400'.split(
    ' ',
  )
const texts = [
  numbers,
  ['', ' ', 'null', ' undefined ', 'NaN', '(null)', '[object Object]', 'true', 'issue', 'vbank'],
  ['paid', 'ready', 'failed', 'cancelled', 'PAID', 'in_review', 'naverco', 'krw', 'KRW', 'USD'],
  ['JPY', 'BHD', 'CLF', 'XXX', 'KRWX', 'https://a.example/', 'javascript:alert(1)', '주문 1'],
  ['imp_448280090638', 'imp_1/../x', 'ORD-2', 'a\u0000b', 'a\u200Bb', '\uD800', '😀'],
  [40, 41, 64, 65].map((length) => 'x'.repeat(length)),
  [40, 41].map((length) => '😀'.repeat(length)),
]
  .flat()
  .map((text) => JSON.stringify(text))
const others =
  'null true false [] {} [64900] ["paid"] ["paid","cancelled"] [null] [1] {"discount":1000} {"discount":"1000"} {"discount":null} [{"amount":64900,"deposited_at":1710342000}] [{"amount":"64900"},7]'.split(
    ' ',
  )
/** A member's new value as JSON; null to leave the member out. */
const value = fc.oneof(
  fc.constant(null),
  fc.constantFrom(...numbers),
  fc.constantFrom(...texts),
  fc.constantFrom(...others),
)
const name = fc.oneof(
  ...[neededNames, usedNames, allNames].map((names) => fc.constantFrom(...names)),
)
const altered = fc
  .tuple(fc.constantFrom(...records), fc.array(fc.tuple(name, value), { maxLength: 2 }))
  .map(([record, changes]) => toJson(record, changes))

/** Answers with up to two members of the record altered, each beside any of the orders. */
export const cases: fc.Arbitrary<Answer> = fc
  .tuple(
    fc.oneof(
      { weight: 99, arbitrary: altered },
      { weight: 1, arbitrary: fc.constantFrom(...numbers, ...others, '"paid"') },
    ),
    fc.constantFrom(...caseOrders),
  )
  .map(([response, order]) => ({ text: toAnswer(response), order }))

type Member = readonly [name: string, json: string]

function toJson(
  record: readonly Member[],
  changes: readonly (readonly [name: string, json: string | null])[],
): string {
  const members = new Map(record)
  for (const [each, json] of changes) {
    if (json === null) members.delete(each)
    else members.set(each, json)
  }
  return `{${Array.from(members, ([each, json]) => `"${each}":${json}`).join(',')}}`
}
