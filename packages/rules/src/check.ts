import { findOfRule, firmest } from './engine/apply-rule.ts'
import { isGiven, toText } from './engine/path.ts'
import { shown } from './engine/rule-check.ts'
import { findGeneral } from './general/general.ts'
import type { ChannelRules } from './model/channel-rules.ts'
import type { CheckContext, PaymentParameters } from './model/context.ts'
import type { Problem } from './model/problem.ts'
import { type Finding, toProblem } from './words/sentences.ts'

/**
 * Says what is wrong with a request before a window opens: what no PG accepts, and what the PG of the channel does not.
 *
 * @param parameters What `IMP.request_pay` would be given.
 * @param context The rules of the PG, and what is known of the page. What is left out is not guessed; only for the
 * device, what holds on one of both is reported as advice.
 * @returns All problems, at most one for each parameter and reason, the firmest first. `mayRefuse` tells which of them
 * are a reason to refuse the request.
 *
 * @example
 * ```ts
 * import { check } from '@quayside/rules'
 * import { rules } from '@quayside/rules/danal_tpay'
 *
 * const problems = check(
 *   { channelKey: 'channel-key-8d9f', pay_method: 'vbank', merchant_uid: 'order-1', name: 'Chair', amount: 1000, buyer_tel: '010-1234-5678' },
 *   { channel: rules, device: 'pc' },
 * )
 * console.log(problems.map(({ parameter, reason }) => `${parameter} ${reason}`)) // ['biz_num missing']
 * ```
 */
export function check(
  parameters: PaymentParameters,
  context: CheckContext = {},
): readonly Problem[] {
  const { channel } = context
  const problems = [
    ...findGeneral(parameters, context).map((finding) => toProblem(finding, null)),
    ...(channel === undefined
      ? []
      : findOfChannel(parameters, context, channel).map((finding) =>
          toProblem(finding, channel.name),
        )),
  ]
  return firmest(problems)
}

function findOfChannel(
  parameters: PaymentParameters,
  context: CheckContext,
  channel: ChannelRules,
): readonly Finding[] {
  return [
    ...channel.rules.flatMap((rule) => findOfRule(rule, parameters, context)),
    ...findOffer(parameters, channel),
  ]
}

/** Two spellings of one method: which of them a PG reads is not always documented. */
const spellings: Readonly<Record<string, string>> = {
  samsung: 'samsungpay',
  samsungpay: 'samsung',
  alipay: 'alipay_plus',
  alipay_plus: 'alipay',
}

/** Whether the PG offers what is requested. */
function findOffer(parameters: PaymentParameters, channel: ChannelRules): readonly Finding[] {
  const found: Finding[] = []
  const { pay_method: method, currency, language } = parameters
  const { methods, easyPay, methodsSource: source, currencies, languages } = channel
  const offered = methods === null ? null : [...methods, ...easyPay]
  if (isGiven(method) && offered !== null && !offered.includes(toText(method))) {
    const other = spellings[toText(method)]
    const strength = other !== undefined && offered.includes(other) ? 'advice' : 'text'
    found.push({ ...notOffered('pay_method', method), strength, source })
  }
  if (isGiven(currency) && currencies !== null && !currencies.includes(toText(currency))) {
    found.push({ ...notOffered('currency', currency), strength: 'text', source })
  }
  if (isGiven(language) && languages !== null && !languages.includes(toText(language))) {
    found.push({ ...notOffered('language', language), strength: 'advice', source })
  }
  return found
}

function notOffered(parameter: 'pay_method' | 'currency' | 'language', value: unknown) {
  const reason = {
    pay_method: 'method_not_offered',
    currency: 'currency_not_offered',
    language: 'language_not_offered',
  } as const
  return { parameter, reason: reason[parameter], detail: shown(value) }
}
