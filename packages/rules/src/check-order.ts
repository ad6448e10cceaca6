import { holds } from './engine/condition.ts'
import { findWrong } from './engine/rule-check.ts'
import type { PaymentParameters } from './model/context.ts'
import type { Problem } from './model/problem.ts'
import type { OrderRules } from './order-rules.ts'
import { toProblem } from './words/sentences.ts'

/** An order as a server knows it before its window opens. */
export interface OrderToCheck {
  /** The merchant's id of the order. */
  readonly merchant_uid: string
  /** In the unit of the currency. */
  readonly amount: number
  /** The currency, an ISO 4217 code. */
  readonly currency: string
  /** The part of the amount without tax, in the unit of the currency. */
  readonly tax_free?: number | undefined
  /** The value added tax within the amount, in the unit of the currency. */
  readonly vat_amount?: number | undefined
  /** Each `pay_method` that the record of its payment may have; any, when it is left out or empty. */
  readonly pay_methods?: readonly string[] | undefined
  /** The product lines of Naver Pay, as the window gets them; not checked where they are left out. */
  readonly naverProducts?: readonly object[] | undefined
  /** Whether its window also issues a billing key. */
  readonly issues_key?: boolean | undefined
}

/** What is in the record of a payment as it was in the request. Others may be a wallet, or what a wallet was paid from. */
const unchanged: readonly string[] = [
  'vbank',
  'phone',
  'cultureland',
  'culturegift',
  'smartculture',
  'booknlife',
  'happymoney',
]
/** A convenience store in Japan is recorded as a virtual account. */
const recordedAsVbank: readonly string[] = ['vbank', 'econtext', 'cvs']

/**
 * Why a channel cannot take an order, whichever of its methods the buyer chooses.
 *
 * @param order What the server knows of it.
 * @param rules Those of the PG that has to be used, of `@quayside/rules/orders`.
 * @returns The reasons, only such as a page of the provider states; none when at least one of the methods is possible.
 *
 * @example
 * ```ts
 * import { checkOrder } from '@quayside/rules'
 * import { orderRules } from '@quayside/rules/orders'
 *
 * const order = { merchant_uid: 'order-1', amount: 1000, currency: 'KRW' }
 * const problems = orderRules.smartro_v2 === undefined ? [] : checkOrder(order, orderRules.smartro_v2)
 * console.log(problems.map(({ parameter, reason }) => `${parameter} ${reason}`)) // ['merchant_uid characters']
 * ```
 */
export function checkOrder(order: OrderToCheck, rules: OrderRules): readonly Problem[] {
  const { pay_methods: methods = [] } = order
  const found = (methods.length === 0 ? [undefined] : methods).map((method) =>
    findProblems(order, method, rules),
  )
  return found.some((problems) => problems.length === 0) ? [] : (found[0] ?? [])
}

function findProblems(
  order: OrderToCheck,
  method: string | undefined,
  { name, rules, methods, easyPay, methodsSource, currencies }: OrderRules,
): readonly Problem[] {
  const { pay_methods: _, issues_key = false, ...named } = order
  const parameters: PaymentParameters = {
    ...named,
    // A condition on a method that is not known does not hold.
    pay_method: method !== undefined && isRequested(method, easyPay) ? method : undefined,
    customer_uid: issues_key ? 'key' : undefined,
  }
  const problems = rules
    .filter(({ when }) => holds(when, parameters, {}))
    .flatMap((rule) => {
      const wrong = findWrong(rule, parameters)
      return wrong === null ? [] : [toProblem({ ...rule, ...wrong }, name)]
    })
  if (method !== undefined && methods !== null && !isOffered(method, methods)) {
    problems.push(toProblem(notOffered('pay_method', method, methodsSource), name))
  }
  if (currencies !== null && !currencies.includes(order.currency)) {
    problems.push(toProblem(notOffered('currency', order.currency, methodsSource), name))
  }
  return [...new Map(problems.map((problem) => [problem.parameter, problem])).values()]
}

/** Whether a record with this method is only that of a request for it. */
function isRequested(method: string, easyPay: readonly string[]): boolean {
  return unchanged.includes(method) || easyPay.includes(method)
}

function isOffered(method: string, methods: readonly string[]): boolean {
  if (!unchanged.includes(method)) return true
  const requested = method === 'vbank' ? recordedAsVbank : [method]
  return requested.some((each) => methods.includes(each))
}

function notOffered(parameter: 'pay_method' | 'currency', detail: string, source: string) {
  const reason = parameter === 'currency' ? 'currency_not_offered' : 'method_not_offered'
  return { parameter, reason, strength: 'text', source, detail } as const
}
