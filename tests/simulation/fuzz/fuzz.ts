import {
  parseBody,
  parseCallback,
  parseConfirm,
  parseImpUid,
  parseMerchantUid,
  parseMoney,
  parsePayment,
  parseRedirect,
  parseWebhook,
} from '@quayside/core'
import { createPrng, type Prng } from '../engine/prng.ts'
import { characters, hostile, makeFields, makeForm, makeJson, pick } from './inputs.ts'
import {
  acceptsBrowser,
  acceptsCallback,
  acceptsConfirm,
  acceptsWebhook,
  amounts,
  currencies,
  isExact,
  isImpUid,
  isMerchantUid,
  isText,
} from './reference-grammar.ts'

/** One input, whether it was accepted, and whether it should be; null where either is right. */
interface Trial {
  readonly input: unknown
  readonly accepted: boolean
  readonly expected: boolean | null
}

/** The parsers, each with a generator of its inputs. */
const trials = {
  impUid: (prng) => {
    const input = makeId(prng)
    return { input, accepted: parseImpUid(input).ok, expected: isImpUid(input) }
  },
  merchantUid: (prng) => {
    const input = makeId(prng)
    return { input, accepted: parseMerchantUid(input).ok, expected: isMerchantUid(input) }
  },
  money: (prng) => {
    const [amount, digits] = pick(amounts, prng)
    const currency = makeCurrency(prng)
    const accepted = parseMoney(amount, currency).ok
    return { input: [amount, currency], accepted, expected: isExact(digits, currency) }
  },
  callback: (prng) => {
    const input = makeFields(prng)
    return { input, accepted: parseCallback(input).ok, expected: acceptsCallback(input) }
  },
  webhook: (prng) => {
    const input = makeFields(prng)
    return { input, accepted: parseWebhook(input).ok, expected: acceptsWebhook(input) }
  },
  confirm: (prng) => {
    const input = makeFields(prng)
    return { input, accepted: parseConfirm(input).ok, expected: acceptsConfirm(input) }
  },
  redirect: (prng) => {
    const { text, fields, pairs } = makeForm(prng)
    return {
      input: text,
      accepted: parseRedirect(text).ok,
      expected: pairs <= 256 && acceptsBrowser(fields),
    }
  },
  form: (prng) => {
    const { text, pairs, fields } = makeForm(prng)
    const read = parseBody('application/x-www-form-urlencoded', text)
    const isSame = read.ok && isSameFields(read.value, fields)
    return { input: text, accepted: read.ok ? isSame : false, expected: pairs <= 256 }
  },
  json: (prng) => {
    const { text, isSingle } = makeJson(prng)
    return { input: text, accepted: parseBody('application/json', text).ok, expected: isSingle }
  },
  payment: tryPayment,
} satisfies Readonly<Record<string, (prng: Prng) => Trial>>

export type Parser = keyof typeof trials
export const parsers: readonly Parser[] = [
  'impUid',
  'merchantUid',
  'money',
  'callback',
  'webhook',
  'confirm',
  'redirect',
  'form',
  'json',
  'payment',
]

/** How many inputs were tried, how many of them were accepted, and the violations. */
export interface FuzzResult {
  readonly inputs: number
  readonly accepted: number
  readonly violations: readonly string[]
}

/** Tries the inputs of the given seeds on one parser. */
export function fuzz(parser: Parser, from: number, to: number): FuzzResult {
  const prototype = printPrototypes()
  const violations: string[] = []
  let accepted = 0
  for (let seed = from; seed < to; seed++) {
    try {
      const trial = trials[parser](createPrng(seed))
      if (trial.accepted) accepted++
      if (trial.expected !== null && trial.accepted !== trial.expected) {
        violations.push(
          `${parser}, seed ${seed}: ${trial.accepted ? 'accepted' : 'refused'} ${print(trial.input)}`,
        )
      }
    } catch (cause) {
      violations.push(`${parser}, seed ${seed}: threw ${String(cause)}`)
    }
  }
  if (printPrototypes() !== prototype) violations.push(`${parser}: prototypes changed`)
  return { inputs: to - from, accepted, violations: violations.slice(0, 5) }
}

function makeId(prng: Prng): unknown {
  if (prng.below(4) === 3) return pick(hostile, prng)
  const long = prng.below(3) === 2 ? 38 + prng.below(30) : prng.below(12)
  const strange = prng.below(6) === 5 ? 4 : 60
  return Array.from({ length: long }, () =>
    prng.below(strange) === strange - 1
      ? String.fromCodePoint(prng.below(0x11_0000))
      : pick(characters, prng),
  ).join('')
}

function makeCurrency(prng: Prng): unknown {
  return prng.below(5) === 4 ? pick(hostile, prng) : pick(currencies, prng)[0]
}

/** A valid record, with some of its fields replaced by hostile values. */
function tryPayment(prng: Prng): Trial {
  const currency = makeCurrency(prng)
  const [amount, digits] = pick(amounts, prng)
  const [cancelled, cancelledDigits] = prng.below(2) === 0 ? ([0, 0] as const) : pick(amounts, prng)
  const orHostile = (plain: unknown): unknown => (prng.below(8) === 7 ? pick(hostile, prng) : plain)
  const impUid = orHostile('imp_1')
  const merchantUid = orHostile('ORD-1')
  const status = orHostile('paid')
  const input = {
    imp_uid: impUid,
    merchant_uid: merchantUid,
    currency,
    amount,
    cancel_amount: cancelled,
    status,
    sandbox: orHostile(false),
    paid_at: orHostile(1_800_000_000),
    vbank_date: orHostile(0),
    promotion: orHostile(null),
    deposit_history: orHostile([{ amount: 1 }, null, 'x']),
    receipt_url: orHostile('https://pg.example'),
  }
  const isMoney = isExact(digits, currency) && isExact(cancelledDigits, currency)
  const expected =
    isImpUid(impUid) &&
    isMerchantUid(merchantUid) &&
    isMoney &&
    Number(cancelled) <= Number(amount) &&
    isText({ status }, 'status')
  return { input, accepted: parsePayment(input).ok, expected }
}

function isSameFields(one: object, other: object): boolean {
  return JSON.stringify(Object.entries(one)) === JSON.stringify(Object.entries(other))
}

function printPrototypes(): string {
  return [Object.prototype, Array.prototype, String.prototype]
    .flatMap((each) => Reflect.ownKeys(each).map(String))
    .join()
}

function print(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 200)
  } catch {
    return typeof value
  }
}
