// Why no window opens for a request.
import type { SimulatorContext } from '../../context.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import { contractRefusal } from '../../domain/contract.ts'
import { dutiesOf } from '../../domain/duties/duties.ts'
import { findUnmetDuty } from '../../domain/duties/duty.ts'
import type { DiscountResult } from '../../domain/payment/promotion.ts'
import { type QuickRequest, requiresPrepare } from '../../domain/payment/quickpay.ts'
import type { WindowRequest } from '../../domain/payment/window.ts'
import { explainPromotion } from '../../domain/refusals.ts'
import { attemptsOf } from '../../state.ts'

/** Why no window opens: the code and text of the browser's callback. */
export interface WindowRefusal {
  readonly error_code: string
  readonly error_msg: string
}

/** The refusals of a window by the provider itself. */
export const windowRefusals = {
  channelMissing: {
    error_code: 'NOT_READY',
    error_msg: '등록 된 PG 설정 정보를 찾을 수 없습니다.',
  },
  channelOfAnotherType: { error_code: 'F1001', error_msg: '등록되지 않은 PG모듈 정보입니다.' },
  alreadyPaid: { error_code: 'F1002', error_msg: '이미 결제가 이루어진 거래건입니다.' },
  // The provider's texts for the rest are not published; F400 is the default code of its script.
  merchantUid: { error_code: 'F400', error_msg: 'merchant_uid는 1~40자의 문자열이어야 합니다.' },
  customerUid: { error_code: 'F400', error_msg: 'customer_uid는 80자를 넘을 수 없습니다.' },
  amount: { error_code: 'F400', error_msg: '결제금액이 올바르지 않습니다.' },
  payPalWon: { error_code: 'F400', error_msg: 'PayPal은 KRW 결제를 지원하지 않습니다.' },
  quickUnprepared: { error_code: 'F400', error_msg: '선불머니 거래사전 등록이 필요합니다.' },
  preparedDiffers: {
    error_code: 'F400',
    error_msg: '사전등록된 결제금액과 일치하지 않습니다.',
  },
} as const satisfies Record<string, WindowRefusal>

/** A request as it was read. */
export interface ReadRequest {
  readonly request: WindowRequest
  readonly channel: Channel | null
  readonly merchantUid: string
  readonly currency: string
  /** Null when the request has none. */
  readonly amountMinor: number | null
  readonly takesNoMoney: boolean
  readonly quick: QuickRequest | null
  readonly discount: DiscountResult
}

/** Why no window opens; null when it does. */
export function windowRefusalOf(
  context: SimulatorContext,
  { request, channel, merchantUid, currency, quick, discount, ...amounts }: ReadRequest,
): WindowRefusal | null {
  const { params } = request
  return (
    channelRefusal(channel, currency) ??
    paramsRefusal(params, merchantUid, amounts) ??
    quickRefusal(context, quick, merchantUid) ??
    orderRefusal(context, { merchantUid, currency, amount: params['amount'] }) ??
    promotionRefusal(discount) ??
    escrowRefusal(context, params) ??
    dutyRefusal(context, channel, request)
  )
}

function channelRefusal(channel: Channel | null, currency: string): WindowRefusal | null {
  if (channel === null) return windowRefusals.channelMissing
  if (channel.pg_provider === 'paypal_v2' && currency === 'KRW') return windowRefusals.payPalWon
  return channel.type === 'payment' ? null : windowRefusals.channelOfAnotherType
}

function paramsRefusal(
  { customer_uid }: Record<string, unknown>,
  merchantUid: string,
  { amountMinor, takesNoMoney }: { amountMinor: number | null; takesNoMoney: boolean },
): WindowRefusal | null {
  if (merchantUid === '' || merchantUid.length > 40) return windowRefusals.merchantUid
  if (typeof customer_uid === 'string' && customer_uid.length > 80) {
    return windowRefusals.customerUid
  }
  // Only the issue of a billing key, and a window that takes no money, may have the amount 0.
  const minimumMinor = typeof customer_uid === 'string' || takesNoMoney ? 0 : 1
  return amountMinor === null || amountMinor < minimumMinor ? windowRefusals.amount : null
}

function orderRefusal(
  { state }: SimulatorContext,
  request: { merchantUid: string; currency: string; amount: unknown },
): WindowRefusal | null {
  const attempts = attemptsOf(state, request.merchantUid)
  if (attempts.some(({ paidAt }) => paidAt !== null)) return windowRefusals.alreadyPaid
  const prepared = state.prepared.get(request.merchantUid)
  if (prepared === undefined) return null
  const agrees =
    prepared.amount === request.amount &&
    (prepared.currency === null || prepared.currency === request.currency)
  return agrees ? null : windowRefusals.preparedDiffers
}

function quickRefusal(
  { state }: SimulatorContext,
  quick: QuickRequest | null,
  merchantUid: string,
): WindowRefusal | null {
  if (quick === null || !requiresPrepare(quick) || state.quickPrepared.has(merchantUid)) return null
  return windowRefusals.quickUnprepared
}

function escrowRefusal(
  { contracts }: SimulatorContext,
  { escrow }: Record<string, unknown>,
): WindowRefusal | null {
  const refusal = escrow === true ? contractRefusal(contracts, 'escrow') : null
  return refusal && { error_code: 'F400', error_msg: refusal.message }
}

function dutyRefusal(
  { duties }: SimulatorContext,
  channel: Channel | null,
  { device, params }: WindowRequest,
): WindowRefusal | null {
  if (channel === null || duties === 'ignored') return null
  const { pg_provider: pgProvider, sandbox: isSandbox } = channel
  const request = { pgProvider, isSandbox, device, params }
  const unmet = findUnmetDuty(dutiesOf(pgProvider), request, duties === 'all')
  return unmet && { error_code: 'F400', error_msg: unmet.text }
}

function promotionRefusal(discount: DiscountResult): WindowRefusal | null {
  if (discount.ok) return null
  return { error_code: 'F400', error_msg: explainPromotion(discount.reason).message }
}
