// The pre-check between request_pay and the payment window.

import type { World } from '../../context.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import { readDue } from '../../domain/payment/due-date.ts'
import { toMinor } from '../../domain/payment/money.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { type Discounted, discounted } from '../../domain/payment/promotion.ts'
import { isQuickPayment, type QuickDeed, wantsPrepare } from '../../domain/payment/quickpay.ts'
import type { Opened, WindowRequest } from '../../domain/payment/window.ts'
import { explainPromotion } from '../../domain/refusals.ts'
import { type Params, recordOf, textOf, wholeOf } from '../../runtime/params.ts'
import { attemptsOf, keep } from '../../state.ts'

/** Why no window opens: the code and text the browser is given. */
interface WindowRefusal {
  readonly error_code: string
  readonly error_msg: string
}

const refusals = {
  channelMissing: {
    error_code: 'NOT_READY',
    error_msg: '등록 된 PG 설정 정보를 찾을 수 없습니다.',
  },
  channelOfAnotherType: { error_code: 'F1001', error_msg: '등록되지 않은 PG모듈 정보입니다.' },
  alreadyPaid: { error_code: 'F1002', error_msg: '이미 결제가 이루어진 거래건입니다.' },
  // The provider has published no text for the rest; F400 is the code its script falls back to.
  merchantUid: { error_code: 'F400', error_msg: 'merchant_uid는 1~40자의 문자열이어야 합니다.' },
  amount: { error_code: 'F400', error_msg: '결제금액이 올바르지 않습니다.' },
  payPalWon: { error_code: 'F400', error_msg: 'PayPal은 KRW 결제를 지원하지 않습니다.' },
  quickUnprepared: { error_code: 'F400', error_msg: '선불머니 거래사전 등록이 필요합니다.' },
  preparedDiffers: {
    error_code: 'F400',
    error_msg: '사전등록된 결제금액과 일치하지 않습니다.',
  },
} as const satisfies Record<string, WindowRefusal>

/** Records a request as a `ready` payment, or refuses it. */
export function openWindow(world: World, request: WindowRequest): Opened {
  const { params } = request
  const merchantUid = textOr(params['merchant_uid'], '')
  const channel = channelFor(world, request)
  const currency = textOr(params['currency'], 'KRW')
  const quick = channel?.pg_provider === 'kcp_quick' ? quickOf(params) : null
  const isDeed = quick !== null && !isQuickPayment(quick)
  const amount = isDeed ? (params['amount'] ?? 0) : params['amount']
  const amountMinor = typeof amount === 'number' ? toMinor(amount, currency) : null

  const promoted = discounted(world.promotions, {
    promotionId: textOr(params['promotion_id'], '') || null,
    amountMinor: amountMinor ?? 0,
    currency,
    cardCode: directCardOf(params)?.code ?? null,
  })
  const refusal =
    channelRefusal(channel, currency) ??
    paramsRefusal(params, merchantUid, { amountMinor, isDeed }) ??
    quickRefusal(world, quick, merchantUid) ??
    orderRefusal(world, { merchantUid, currency, amount: params['amount'] }) ??
    promotionRefusal(promoted)
  if (refusal !== null || channel === null || amountMinor === null) {
    return { ok: false, imp_uid: null, merchant_uid: merchantUid, ...(refusal ?? refusals.amount) }
  }

  const accepted = { request, channel, merchantUid, amountMinor, currency }
  const payment = keep(world.ledger, {
    ...newPayment(world, accepted),
    promotion: promoted.ok ? promoted.applied : null,
  })
  return { ok: true, imp_uid: payment.impUid, merchant_uid: merchantUid, channel }
}

/** The channels of a merchant code that a browser can use, default first; null when it is not ours. */
export function channelsOf({ credentials, channels }: World, userCode: string) {
  if (userCode !== credentials.userCode) return null
  return channels.filter(({ type }) => type !== 'api_payment')
}

function channelFor(world: World, { user_code, params }: WindowRequest): Channel | null {
  const channels = channelsOf(world, user_code) ?? []
  const { channelKey } = params
  if (typeof channelKey === 'string' && channelKey !== '') {
    return channels.find(({ channel_key }) => channel_key === channelKey) ?? null
  }
  const [provider = '', ...mid] = textOr(params['pg'], '').split('.')
  const ofProvider = channels.filter(({ pg_provider }) => pg_provider === provider)
  // An unknown `pg` falls back to the default channel without a word, as the real one does.
  return (
    ofProvider.find(({ pg_id }) => pg_id === mid.join('.')) ?? ofProvider[0] ?? channels[0] ?? null
  )
}

function channelRefusal(channel: Channel | null, currency: string): WindowRefusal | null {
  if (channel === null) return refusals.channelMissing
  if (channel.pg_provider === 'paypal_v2' && currency === 'KRW') return refusals.payPalWon
  return channel.type === 'payment' ? null : refusals.channelOfAnotherType
}

function paramsRefusal(
  { customer_uid }: Record<string, unknown>,
  merchantUid: string,
  { amountMinor, isDeed }: { amountMinor: number | null; isDeed: boolean },
): WindowRefusal | null {
  if (merchantUid === '' || merchantUid.length > 40) return refusals.merchantUid
  // Only issuing a billing key, and what is no payment at all, may cost nothing.
  const leastMinor = typeof customer_uid === 'string' || isDeed ? 0 : 1
  return amountMinor === null || amountMinor < leastMinor ? refusals.amount : null
}

function orderRefusal(
  { ledger }: World,
  asked: { merchantUid: string; currency: string; amount: unknown },
): WindowRefusal | null {
  const attempts = attemptsOf(ledger, asked.merchantUid)
  if (attempts.some(({ paidAt }) => paidAt !== null)) return refusals.alreadyPaid
  const prepared = ledger.prepared.get(asked.merchantUid)
  if (prepared === undefined) return null
  const agrees =
    prepared.amount === asked.amount &&
    (prepared.currency === null || prepared.currency === asked.currency)
  return agrees ? null : refusals.preparedDiffers
}

function quickRefusal(
  { ledger }: World,
  quick: QuickDeed | null,
  merchantUid: string,
): WindowRefusal | null {
  if (quick === null || !wantsPrepare(quick) || ledger.quickPrepared.has(merchantUid)) return null
  return refusals.quickUnprepared
}

function promotionRefusal(promoted: Discounted): WindowRefusal | null {
  if (promoted.ok) return null
  return { error_code: 'F400', error_msg: explainPromotion(promoted.reason).message }
}

interface Accepted {
  readonly request: WindowRequest
  readonly channel: Channel
  readonly merchantUid: string
  readonly amountMinor: number
  readonly currency: string
}

function newPayment(world: World, accepted: Accepted): Payment {
  const { params, device, user_agent } = accepted.request
  const startedAt = world.clock.seconds()
  return {
    impUid: world.ids.impUid(),
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
    noticeUrls: noticeUrlsOf(world, params['notice_url']),
    confirmUrl: textOr(params['confirm_url'], '') || null,
    redirectUrl: textOr(params['m_redirect_url'], '') || null,
    requestedDueAt: readDue(textOr(params['vbank_due'], '')),
    ...unstarted,
    customerUid: textOr(params['customer_uid'], '') || null,
    usage: params['customer_uid'] ? usageOf(quickOf(params)) : null,
    customerId: textOr(params['customer_id'], '') || null,
    directCard: directCardOf(params),
    quick: quickOf(params),
    startedAt,
    updatedAt: startedAt,
    webhook: planOf(world),
  }
}

/** What a payment is before anything happened to it. */
export const unstarted = {
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

/** The URLs a payment's webhooks are bound to from its start: its own, else the console's of that moment. */
export function noticeUrlsOf({ webhook }: World, noticeUrl: unknown): string[] {
  const asked: readonly unknown[] = Array.isArray(noticeUrl) ? noticeUrl : [noticeUrl]
  const own = asked.filter((url): url is string => typeof url === 'string' && url !== '')
  if (own.length > 0) return own
  return webhook.url === null ? [] : [webhook.url]
}

/** The webhook plan of a payment that starts now. */
export function planOf({ webhook }: World): Payment['webhook'] {
  const { timing, delayMs, times, contentType } = webhook
  return { timing, delayMs, times, contentType }
}

/** The card company a shop sends its buyer to without a choice. */
export function directCardOf(params: Params): Payment['directCard'] {
  const direct = recordOf(recordOf(params, 'card'), 'direct')
  const code = textOf(direct, 'code')
  return code === null ? null : { code, quota: wholeOf(direct, 'quota') ?? 0 }
}

function quickOf(params: Params): Payment['quick'] {
  const { memberID, actionType } = recordOf(recordOf(params, 'bypass'), 'kcpQuick')
  if (typeof memberID !== 'string' || memberID === '') return null
  return { memberId: memberID, action: textOr(actionType, 'Pay') }
}

function usageOf(quick: QuickDeed | null): Payment['usage'] {
  return quick !== null && isQuickPayment(quick) ? 'payment' : 'issue'
}

/** What is stored of custom_data: text as it came, anything else as JSON. */
export function customDataOf(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}
