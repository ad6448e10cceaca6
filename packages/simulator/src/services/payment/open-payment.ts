// The check between request_pay and the payment window.
import type { SimulatorContext } from '../../context.ts'
import { mayOmitAmount } from '../../domain/billing/issue-window.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import { defaultCurrencyOf } from '../../domain/duties/duties.ts'
import { readDue } from '../../domain/payment/due-date.ts'
import { toMinor } from '../../domain/payment/money.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { applyPromotion } from '../../domain/payment/promotion.ts'
import { isQuickPayment, type QuickRequest } from '../../domain/payment/quickpay.ts'
import type { OpenResult, WindowRequest } from '../../domain/payment/window.ts'
import { integerOf, type Params, recordOf, textOf } from '../../runtime/params.ts'
import { savePayment } from '../../state.ts'
import { windowRefusalOf, windowRefusals } from './window-refusals.ts'

/** Records a request as a `ready` payment, or refuses it. */
export function openPayment(context: SimulatorContext, request: WindowRequest): OpenResult {
  const { params } = request
  const merchantUid = textOr(params['merchant_uid'], '')
  const channel = channelFor(context, request)
  const currency = textOr(params['currency'], defaultCurrencyOf(channel?.pg_provider ?? ''))
  const quick = channel?.pg_provider === 'kcp_quick' ? quickOf(params) : null
  const takesNoMoney = quick !== null && !isQuickPayment(quick)
  const registersKey = textOr(params['customer_uid'], '') !== ''
  const mayOmit = takesNoMoney || (registersKey && mayOmitAmount(channel?.pg_provider ?? ''))
  const amount = mayOmit ? (params['amount'] ?? 0) : params['amount']
  const amountMinor = typeof amount === 'number' ? toMinor(amount, currency) : null

  const discount = applyPromotion(context.promotions, {
    promotionId: textOr(params['promotion_id'], '') || null,
    amountMinor: amountMinor ?? 0,
    currency,
    cardCode: directCardOf(params)?.code ?? null,
  })
  const read = {
    request,
    channel,
    merchantUid,
    currency,
    amountMinor,
    takesNoMoney,
    quick,
    discount,
  }
  const refusal = windowRefusalOf(context, read)
  if (refusal !== null || channel === null || amountMinor === null) {
    return {
      ok: false,
      imp_uid: null,
      merchant_uid: merchantUid,
      ...(refusal ?? windowRefusals.amount),
    }
  }

  const accepted = { request, channel, merchantUid, amountMinor, currency }
  const payment = savePayment(context.state, {
    ...newPayment(context, accepted),
    promotion: discount.ok ? discount.applied : null,
  })
  return { ok: true, imp_uid: payment.impUid, merchant_uid: merchantUid, channel }
}

/** The channels of a merchant code that a browser can use, default first; null when the code is unknown. */
export function browserChannels({ credentials, channels }: SimulatorContext, userCode: string) {
  if (userCode !== credentials.userCode) return null
  return channels.filter(({ type }) => type !== 'api_payment')
}

function channelFor(
  context: SimulatorContext,
  { user_code, params }: WindowRequest,
): Channel | null {
  const channels = browserChannels(context, user_code) ?? []
  const { channelKey } = params
  if (typeof channelKey === 'string' && channelKey !== '') {
    return channels.find(({ channel_key }) => channel_key === channelKey) ?? null
  }
  const [provider = '', ...mid] = textOr(params['pg'], '').split('.')
  const ofProvider = channels.filter(({ pg_provider }) => pg_provider === provider)
  // An unknown `pg` silently selects the default channel, as at the real provider.
  return (
    ofProvider.find(({ pg_id }) => pg_id === mid.join('.')) ?? ofProvider[0] ?? channels[0] ?? null
  )
}

interface AcceptedRequest {
  readonly request: WindowRequest
  readonly channel: Channel
  readonly merchantUid: string
  readonly amountMinor: number
  readonly currency: string
}

function newPayment(context: SimulatorContext, accepted: AcceptedRequest): Payment {
  const { params, device, user_agent } = accepted.request
  const startedAt = context.clock.seconds()
  return {
    impUid: context.ids.impUid(),
    merchantUid: accepted.merchantUid,
    channel: accepted.channel,
    via: device,
    payMethod: textOr(params['pay_method'], 'card'),
    name: textOr(params['name'], ''),
    amountMinor: accepted.amountMinor,
    currency: accepted.currency,
    buyer: {
      name: textOr(params['buyer_name'], ''),
      email: textOr(params['buyer_email'], ''),
      tel: textOr(params['buyer_tel'], ''),
      addr: textOr(params['buyer_addr'], ''),
      postcode: textOr(params['buyer_postcode'], ''),
    },
    customData: customDataOf(params['custom_data']),
    escrow: params['escrow'] === true,
    language: params['language'] === 'en' ? 'en' : 'ko',
    userAgent: user_agent,
    noticeUrls: noticeUrlsOf(context, params['notice_url']),
    confirmUrl: textOr(params['confirm_url'], '') || null,
    redirectUrl: textOr(params['m_redirect_url'], '') || null,
    requestedDueAt: readDue(textOf(params, 'vbank_due') ?? ''),
    ...initialPayment,
    customerUid: textOr(params['customer_uid'], '') || null,
    usage: params['customer_uid'] ? usageOf(quickOf(params)) : null,
    customerId: textOr(params['customer_id'], '') || null,
    directCard: directCardOf(params),
    quick: quickOf(params),
    startedAt,
    updatedAt: startedAt,
    webhook: webhookPlanOf(context),
  }
}

/** The initial values of a payment. */
export const initialPayment = {
  status: 'ready',
  customerUid: null,
  usage: null,
  customerId: null,
  quick: null,
  directCard: null,
  promotion: null,
  pgTid: null,
  applyNum: null,
  card: null,
  account: null,
  paidAt: null,
  failedAt: null,
  failReason: null,
  refunds: [],
  overrides: {},
} as const satisfies Partial<Payment>

/** The webhook URLs a payment keeps from its start: its own, else the console's URL of that moment. */
export function noticeUrlsOf({ webhook }: SimulatorContext, noticeUrl: unknown): string[] {
  const given: readonly unknown[] = Array.isArray(noticeUrl) ? noticeUrl : [noticeUrl]
  const urls = given.filter((url): url is string => typeof url === 'string' && url !== '')
  if (urls.length > 0) return urls
  return webhook.url === null ? [] : [webhook.url]
}

/** The webhook plan of a payment that starts now. */
export function webhookPlanOf({ webhook }: SimulatorContext): Payment['webhook'] {
  const { timing, delayMs, times, contentType } = webhook
  return { timing, delayMs, times, contentType }
}

/** The card company the shop chose for its buyer. */
export function directCardOf(params: Params): Payment['directCard'] {
  const direct = recordOf(recordOf(params, 'card'), 'direct')
  const code = textOf(direct, 'code')
  return code === null ? null : { code, quota: integerOf(direct, 'quota') ?? 0 }
}

function quickOf(params: Params): Payment['quick'] {
  const { memberID, actionType } = recordOf(recordOf(params, 'bypass'), 'kcpQuick')
  if (typeof memberID !== 'string' || memberID === '') return null
  return { memberId: memberID, action: textOr(actionType, 'Pay') }
}

function usageOf(quick: QuickRequest | null): Payment['usage'] {
  return quick !== null && isQuickPayment(quick) ? 'payment' : 'issue'
}

/** The stored form of custom_data: text unchanged, anything else as JSON. */
export function customDataOf(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback
}
