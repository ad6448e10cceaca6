import { isDate, isPast } from '../engine/dates.ts'
import { isGiven, toText, valuesAt } from '../engine/path.ts'
import { shown } from '../engine/rule-check.ts'
import type { CheckContext, PaymentParameters } from '../model/context.ts'
import type { DateFormat } from '../model/rule.ts'
import type { Finding } from '../words/sentences.ts'

const methods =
  /^(card|trans|vbank|phone|point|cvs|applepay|samsung(pay)?|naverpay(_card|_point|_bridge)?|kakaopay|payco|lpay|lgpay|ssgpay(_bank|_point)?|tosspay(_card|_money)?|kpay|chai|pinpay|skpay|toss_brandpay|paypal|cultureland|culturegift|smartculture|booknlife|happymoney|wechat|alipay(_plus)?|unionpay|tenpay|econtext|molpay|paysbuy|paypay|amazonpay|rakutenpay|merpay|aupay|dbarai)$/
const dueFormats: readonly DateFormat[] = [
  'YYYYMMDD',
  'YYYYMMDDHHmm',
  'YYYYMMDDHHmmss',
  'YYYY-MM-DD',
  'YYYY-MM-DD HH:mm:ss',
]
const languages = ['ko', 'en', 'zh', 'jp']

/** What the general page of the request demands. */
export function findRequired(
  parameters: PaymentParameters,
  context: CheckContext,
): readonly Finding[] {
  return [
    ...findMissing(parameters, context),
    ...findMethod(parameters['pay_method']),
    ...findDue(parameters, context),
    ...findLanguage(parameters['language']),
    ...findInApp(parameters, context),
    ...findMail(parameters['buyer_email']),
    ...findCard(parameters),
  ]
}

function findMissing(parameters: PaymentParameters, context: CheckContext): readonly Finding[] {
  const { pay_method: method, customer_uid: key, digital } = parameters
  const found: Finding[] = []
  const missing = (parameter: string, source: string, when: string) =>
    found.push({ parameter, reason: 'missing', strength: 'text', source, when })
  // The rules of a PG have their own for it.
  if (method === 'phone' && !isGiven(digital) && context.channel === undefined) {
    missing('digital', 'sdk payrq.mdx:311-316', 'pay_method=phone')
  }
  if (context.intent === 'issue_key' && !isGiven(key)) {
    missing('customer_uid', 'start/v1/non-auth.mdx:148-149', 'intent=issue_key')
  }
  if (context.env === 'app' && !isGiven(parameters['app_scheme'])) {
    missing('app_scheme', 'sdk payrq.mdx:340-345', 'env=app')
  }
  const isDanal = toText(parameters['pg'] ?? '').startsWith('danal_tpay')
  if (isDanal && method === 'vbank' && !isGiven(parameters['biz_num'])) {
    missing('biz_num', 'sdk payrq.mdx:347-351', 'pay_method=vbank')
  }
  return found
}

function findMethod(method: unknown): readonly Finding[] {
  return typeof method === 'string' && method !== '' && !methods.test(method)
    ? [
        {
          parameter: 'pay_method',
          reason: 'method_not_offered',
          strength: 'type',
          source: 'sdk payrq.mdx:86-140',
          detail: shown(method),
        },
      ]
    : []
}

function findDue(parameters: PaymentParameters, { now }: CheckContext): readonly Finding[] {
  const { vbank_due: due, pay_method: method } = parameters
  // Guides print the format itself, which is found as a placeholder.
  if (typeof due !== 'string' || due === '' || method !== 'vbank' || /^Y{4}/i.test(due)) return []
  const of = {
    parameter: 'vbank_due',
    source: 'sdk payrq.mdx:319-330',
    when: 'pay_method=vbank',
  } as const
  if (!dueFormats.some((format) => isDate(due, format))) {
    return [
      { ...of, reason: 'date_format', strength: 'text', detail: 'YYYYMMDD, YYYY-MM-DD HH:mm:ss' },
    ]
  }
  return now !== undefined && isPast(due, now)
    ? [{ ...of, reason: 'date_past', strength: 'advice' }]
    : []
}

function findLanguage(language: unknown): readonly Finding[] {
  return typeof language === 'string' && language !== '' && !languages.includes(language)
    ? [
        {
          parameter: 'language',
          reason: 'language_not_offered',
          strength: 'text',
          source: 'sdk payrq.mdx:250-260',
          detail: shown(language),
        },
      ]
    : []
}

/** The web view of an app opens no popup: the provider's own SDKs for apps refuse one. */
function findInApp(parameters: PaymentParameters, { env }: CheckContext): readonly Finding[] {
  return ['popup', 'naverPopupMode']
    .filter((name) => env === 'app' && parameters[name] === true)
    .map((parameter) => ({
      parameter,
      reason: 'popup_in_app',
      strength: 'refused',
      source: 'ValidationForPayment.ts:103-114',
    }))
}

function findMail(mail: unknown): readonly Finding[] {
  return typeof mail === 'string' && mail !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(mail)
    ? [
        {
          parameter: 'buyer_email',
          reason: 'characters',
          strength: 'advice',
          source: 'sdk payrq.mdx:276-278',
          detail: shown(mail),
        },
      ]
    : []
}

/** Card companies have codes of three characters. */
function findCard(parameters: PaymentParameters): readonly Finding[] {
  const [code] = valuesAt(parameters, 'card.direct.code')
  return isGiven(code) && !/^[0-9A-Z]{3}$/.test(toText(code))
    ? [
        {
          parameter: 'card.direct.code',
          reason: 'value_not_usable',
          strength: 'type',
          source: 'sdk payrq.mdx:421-431',
          detail: shown(code),
        },
      ]
    : []
}
