import type { ChannelRules } from './model/channel-rules.ts'
import type { Rule } from './model/rule.ts'

/** The part of a PG's rules that concerns an order on a server. */
export type OrderRules = Pick<
  ChannelRules,
  'pg' | 'name' | 'methods' | 'easyPay' | 'methodsSource' | 'currencies' | 'rules'
>

const parameters: readonly string[] = [
  'merchant_uid',
  'amount',
  'currency',
  'tax_free',
  'vat_amount',
]
/** What a server knows of a request when its order is created. */
const known = /^(!?customer_uid|pay_method!?=[\w|]+|naverProducts[\w.[\]]+)$/

/**
 * The rules of a PG that concern an order on a server: those about what it has, by what it knows, that are a reason to
 * refuse.
 *
 * @example
 * ```ts
 * import { toOrderRules } from '@quayside/rules'
 * import { rules } from '@quayside/rules/smartro_v2'
 *
 * console.log(toOrderRules(rules).rules.map(({ parameter }) => parameter))
 * // ['currency', 'merchant_uid', 'merchant_uid', 'amount']
 * ```
 */
export function toOrderRules({
  pg,
  name,
  methods,
  easyPay,
  methodsSource,
  currencies,
  rules,
}: ChannelRules): OrderRules {
  return {
    pg,
    name,
    methods,
    easyPay,
    methodsSource,
    currencies,
    rules: rules.filter(concernsOrder),
  }
}

function concernsOrder({ kind, parameter, when, strength, contradicted }: Rule): boolean {
  // Lines that an order has are complete; the lines themselves, like all that is required, the page may know.
  const isOfLine = parameter.startsWith('naverProducts[]')
  return (
    (isOfLine || (kind !== 'required' && parameters.includes(parameter))) &&
    (strength === 'refused' || strength === 'text') &&
    contradicted === undefined &&
    (when ?? '').split(/ (?:&|\|\|) /).every((atom) => atom === '' || known.test(atom))
  )
}
