import type { SimulatorContext } from '../../context.ts'
import { type Contracts, contractRefusal } from '../../domain/contract.ts'
import { toMinor } from '../../domain/payment/money.ts'
import type { Order } from '../../domain/payment/order.ts'
import type { Buyer } from '../../domain/payment/payment.ts'
import { ownRefusals, type Refusal, refusals } from '../../domain/refusals.ts'
import { flagOf, integerOf, type Params, textOf } from '../../runtime/params.ts'
import { attemptsOf } from '../../state.ts'
import { customDataOf } from './open-payment.ts'
import { readBuyer } from './read-buyer.ts'

/** An order that can be charged, or the refusal of one that cannot. */
export type ReadOrderResult =
  | { readonly ok: true; readonly order: Order }
  | { readonly ok: false; readonly refusal: Refusal }

const minInstalmentKrw = 50_000

/** Reads an order and compares it with earlier payments. */
export function readOrder({ state, contracts }: SimulatorContext, params: Params): ReadOrderResult {
  const merchantUid = textOf(params, 'merchant_uid')
  if (merchantUid === null) return refused(ownRefusals.merchantUidMissing)
  if (merchantUid.length > 40) return refused(ownRefusals.merchantUidTooLong)
  const noContract = cardContractRefusal(contracts, params)
  if (noContract !== null) return refused(noContract)
  const currency = textOf(params, 'currency') ?? 'KRW'
  const amountMinor = toMinor(params['amount'], currency)
  if (amountMinor === null || amountMinor <= 0) return refused(ownRefusals.amountInvalid)
  const quota = integerOf(params, 'card_quota') ?? 0
  if (!isInstalment(quota, amountMinor, currency)) return refused(ownRefusals.quotaInvalid)
  if (attemptsOf(state, merchantUid).some(({ paidAt }) => paidAt !== null)) {
    return refused(refusals.orderPaid)
  }
  const { name, buyer, customData, noticeUrl } = detailsOf(params)
  return {
    ok: true,
    order: {
      merchantUid,
      amountMinor,
      currency,
      name,
      buyer,
      customData,
      noticeUrl,
      quota,
      // The description has promotion_id; the guide's own example has promotionId.
      promotionId: textOf(params, 'promotion_id') ?? textOf(params, 'promotionId'),
    },
  }
}

function detailsOf(params: Params): Pick<Order, 'name' | 'buyer' | 'customData' | 'noticeUrl'> {
  return {
    name: textOf(params, 'name') ?? '',
    buyer: readBuyer(params),
    customData: customDataOf(params['custom_data']),
    noticeUrl: params['notice_url'],
  }
}

function cardContractRefusal(contracts: Contracts, params: Params): Refusal | null {
  const isFree = flagOf(params, 'interest_free_by_merchant')
  const usesPoints = flagOf(params, 'use_card_point')
  return (
    (isFree ? contractRefusal(contracts, 'interest_free') : null) ??
    (usesPoints ? contractRefusal(contracts, 'card_point') : null)
  )
}

function isInstalment(quota: number, amountMinor: number, currency: string): boolean {
  if (quota === 0) return true
  return quota >= 2 && (currency !== 'KRW' || amountMinor >= minInstalmentKrw)
}

function refused(refusal: Refusal): ReadOrderResult {
  return { ok: false, refusal }
}

/** An order with the buyer's fields stored with a billing key where its own are empty. */
export function withStoredBuyer(order: Order, stored: Buyer): Order {
  const { name, email, tel, addr, postcode } = order.buyer
  return {
    ...order,
    buyer: {
      name: name || stored.name,
      email: email || stored.email,
      tel: tel || stored.tel,
      addr: addr || stored.addr,
      postcode: postcode || stored.postcode,
    },
  }
}
