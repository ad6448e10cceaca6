import type { CheckContext, PaymentParameters } from '../model/context.ts'
import { isGiven, toText, valuesAt } from './path.ts'

const wallets = new Set(
  (
    'applepay samsungpay samsung naverpay naverpay_card naverpay_point naverpay_bridge kakaopay payco lpay ssgpay ' +
    'ssgpay_bank tosspay tosspay_card tosspay_money pinpay skpay toss_brandpay paypal paypay amazonpay rakutenpay ' +
    'merpay aupay dbarai alipay alipay_plus wechat'
  ).split(' '),
)

/** What a name of a condition is: a fact of the context, or a parameter of the request. `undefined` is not known. */
function factOf(name: string, parameters: PaymentParameters, context: CheckContext): unknown {
  switch (name) {
    case 'device':
      return context.device
    case 'os':
      return context.os
    case 'env':
      return context.env
    case 'mode':
      return context.mode === 'test' ? 'sandbox' : context.mode
    case 'intent':
      return context.intent ?? (isGiven(parameters['customer_uid']) ? 'issue_key' : 'pay')
    case 'ui':
      return context.ui
    case 'channel_type':
      return context.channelType
    case 'buyer_country':
      return context.buyerCountry
    default:
      return valuesAt(parameters, name).find(isGiven) ?? null
  }
}

function holdsAtom(atom: string, parameters: PaymentParameters, context: CheckContext): boolean {
  const contract = /^(!?)contract:(.+)$/.exec(atom)
  if (contract !== null) {
    if (context.contracts === undefined) return false
    return context.contracts.includes(contract[2] ?? '') !== (contract[1] === '!')
  }
  const feature = /^feature=(.+)$/.exec(atom)
  if (feature !== null) return context.features?.includes(feature[1] ?? '') ?? false
  const [, isNegated, name = '', isOther, list] = /^(!?)([^!=]+)(?:(!?)=(.*))?$/.exec(atom) ?? []
  const fact = factOf(name, parameters, context)
  if (list === undefined) return isGiven(fact) !== (isNegated === '!')
  if (!isGiven(fact)) return false
  const isListed = list
    .split('|')
    .some((value) => (value === 'easy_pay' ? wallets.has(toText(fact)) : value === toText(fact)))
  return isListed !== (isOther === '!')
}

/** Whether a rule holds for a request. A condition on what is not known does not hold. */
export function holds(
  when: string | undefined,
  parameters: PaymentParameters,
  context: CheckContext,
): boolean {
  return (
    when === undefined ||
    when
      .split(' || ')
      .some((all) => all.split(' & ').every((atom) => holdsAtom(atom, parameters, context)))
  )
}
