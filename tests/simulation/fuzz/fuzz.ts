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
import { type Chance, createChance } from '../engine/prng.ts'
import { hostile, letters, makeFields, makeForm, makeJson, pick } from './inputs.ts'
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
} from './reference-grammar.ts'

/** One input: what was given, whether it was taken, and whether it had to be; null where either is right. */
interface Trial {
  readonly input: unknown
  readonly taken: boolean
  readonly expected: boolean | null
}

/** The parsers, each with how its inputs are made up. */
const trials = {
  impUid: (chance) => {
    const input = makeId(chance)
    return { input, taken: parseImpUid(input).ok, expected: isImpUid(input) }
  },
  merchantUid: (chance) => {
    const input = makeId(chance)
    return { input, taken: parseMerchantUid(input).ok, expected: isMerchantUid(input) }
  },
  money: (chance) => {
    const [amount, digits] = pick(amounts, chance)
    const currency = makeCurrency(chance)
    const taken = parseMoney(amount, currency).ok
    return { input: [amount, currency], taken, expected: isExact(digits, currency) }
  },
  callback: (chance) => {
    const input = makeFields(chance)
    return { input, taken: parseCallback(input).ok, expected: acceptsCallback(input) }
  },
  webhook: (chance) => {
    const input = makeFields(chance)
    return { input, taken: parseWebhook(input).ok, expected: acceptsWebhook(input) }
  },
  confirm: (chance) => {
    const input = makeFields(chance)
    return { input, taken: parseConfirm(input).ok, expected: acceptsConfirm(input) }
  },
  redirect: (chance) => {
    const { text, fields, pairs } = makeForm(chance)
    return {
      input: text,
      taken: parseRedirect(text).ok,
      expected: pairs <= 32 && acceptsBrowser(fields),
    }
  },
  form: (chance) => {
    const { text, pairs, fields } = makeForm(chance)
    const read = parseBody('application/x-www-form-urlencoded', text)
    const isSame = read.ok && isSameFields(read.value, fields)
    return { input: text, taken: read.ok ? isSame : false, expected: pairs <= 32 }
  },
  json: (chance) => {
    const { text, isSingle } = makeJson(chance)
    return { input: text, taken: parseBody('application/json', text).ok, expected: isSingle }
  },
  payment: tryPayment,
} satisfies Readonly<Record<string, (chance: Chance) => Trial>>

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

/** How many inputs were tried, how many of them were taken, and what went wrong. */
export interface Fuzzed {
  readonly inputs: number
  readonly taken: number
  readonly wrong: readonly string[]
}

/** Tries the inputs of the given seeds on one parser. */
export function fuzz(parser: Parser, from: number, to: number): Fuzzed {
  const prototype = printPrototypes()
  const wrong: string[] = []
  let taken = 0
  for (let seed = from; seed < to; seed++) {
    try {
      const trial = trials[parser](createChance(seed))
      if (trial.taken) taken++
      if (trial.expected !== null && trial.taken !== trial.expected) {
        wrong.push(
          `${parser}, seed ${seed}: ${trial.taken ? 'took' : 'refused'} ${print(trial.input)}`,
        )
      }
    } catch (cause) {
      wrong.push(`${parser}, seed ${seed}: threw ${String(cause)}`)
    }
  }
  if (printPrototypes() !== prototype) wrong.push(`${parser}: prototypes changed`)
  return { inputs: to - from, taken, wrong: wrong.slice(0, 5) }
}

function makeId(chance: Chance): unknown {
  if (chance.below(4) === 3) return pick(hostile, chance)
  const long = chance.below(3) === 2 ? 38 + chance.below(30) : chance.below(12)
  const strange = chance.below(6) === 5 ? 4 : 60
  return Array.from({ length: long }, () =>
    chance.below(strange) === strange - 1
      ? String.fromCodePoint(chance.below(0x11_0000))
      : pick(letters, chance),
  ).join('')
}

function makeCurrency(chance: Chance): unknown {
  return chance.below(5) === 4 ? pick(hostile, chance) : pick(currencies, chance)[0]
}

/** A record that is right, with some of its fields exchanged for others. */
function tryPayment(chance: Chance): Trial {
  const currency = makeCurrency(chance)
  const [amount, digits] = pick(amounts, chance)
  const [cancelled, cancelledDigits] =
    chance.below(2) === 0 ? ([0, 0] as const) : pick(amounts, chance)
  const given = (plain: unknown): unknown => (chance.below(8) === 7 ? pick(hostile, chance) : plain)
  const impUid = given('imp_1')
  const merchantUid = given('ORD-1')
  const status = given('paid')
  const input = {
    imp_uid: impUid,
    merchant_uid: merchantUid,
    currency,
    amount,
    cancel_amount: cancelled,
    status,
    sandbox: given(false),
    paid_at: given(1_800_000_000),
    vbank_date: given(0),
    promotion: given(null),
    deposit_history: given([{ amount: 1 }, null, 'x']),
    receipt_url: given('https://pg.example'),
  }
  const isMoney = isExact(digits, currency) && isExact(cancelledDigits, currency)
  const expected =
    isImpUid(impUid) &&
    isMerchantUid(merchantUid) &&
    isMoney &&
    Number(cancelled) <= Number(amount) &&
    typeof status === 'string' &&
    status !== ''
  return { input, taken: parsePayment(input).ok, expected }
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
