import type { Deed, shopDeeds } from '../../../domain/naver/naver-order.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { type Params, textOf, wholeOf } from '../../../runtime/params.ts'

/** What the shop does to product orders. */
export type ShopDeed = (typeof shopDeeds)[number] & Deed

const couriers = words(
  'CJGLS KGB DONGBU EPOST REGISTPOST HANJIN HYUNDAI KGBLS INNOGIS DAESIN ILYANG KDEXP CHUNIL CH1 HDEXP CVSNET DHL FEDEX GSMNTON WARPEX WIZWA EMS DHLDE ACIEXPRESS EZUSA PANTOS UPS HLCGLOBAL KOREXG TNT SWGEXP DAEWOON USPS IPARCEL KUNYOUNG HPL DADREAM SLX SFEXPRESS HONAM',
)
const shipMethods = words('DELIVERY GDFW_ISSUE_SVC VISIT_RECEIPT DIRECT_DELIVERY QUICK_SVC NOTHING')
const returnMethods = words('RETURN_DESIGNATED RETURN_DELIVERY RETURN_INDIVIDUAL')
const cancelReasons = words(
  'SOLD_OUT DELAYED_DELIVERY PRODUCT_UNSATISFIED INTENT_CHANGED COLOR_AND_SIZE WRONG_ORDER INCORRECT_INFO',
)
const returnReasons = words(
  'INTENT_CHANGED COLOR_AND_SIZE WRONG_ORDER PRODUCT_UNSATISFIED DELAYED_DELIVERY SOLD_OUT DROPPED_DELIVERY BROKEN INCORRECT_INFO WRONG_DELIVERY WRONG_OPTION',
)
const holdReasons = words(
  'RETURN_DELIVERYFEE EXTRAFEEE RETURN_DELIVERYFEE_AND_EXTRAFEEE RETURN_PRODUCT_NOT_DELIVERED ETC',
)

const checks: Readonly<Partial<Record<ShopDeed, (params: Params) => string | null>>> = {
  cancel: (params) => unknownWord(params, 'reason', cancelReasons),
  ship: (params) =>
    unsendable(params, shipMethods, 'DELIVERY') ??
    (wholeOf(params, 'dispatched_at') === null ? 'dispatched_at' : null),
  'ship-exchanged': (params) => unsendable(params, shipMethods, 'DELIVERY'),
  'request-return': (params) =>
    unknownWord(params, 'reason', returnReasons) ??
    unsendable(params, returnMethods, 'RETURN_DELIVERY'),
  'reject-return': (params) => missing(params, 'memo'),
  'withhold-return': (params) =>
    missing(params, 'memo') ?? unknownWord(params, 'reason', holdReasons),
}

/** Why a request to Naver is malformed; null when it is not. */
export function malformed(deed: ShopDeed, params: Params): Refusal | null {
  const name = checks[deed]?.(params) ?? null
  if (name === null) return null
  return { status: 400, code: 1, message: `${name} 파라메터가 누락되었거나 올바르지 않습니다.` }
}

/** The member that keeps a parcel from being sent: how, and by a courier also which and under what number. */
function unsendable(params: Params, methods: ReadonlySet<string>, byCourier: string) {
  const method = textOf(params, 'delivery_method')
  if (method === null || !methods.has(method)) return 'delivery_method'
  if (method !== byCourier) return null
  if (!couriers.has(textOf(params, 'delivery_company') ?? '')) return 'delivery_company'
  return missing(params, 'tracking_number')
}

function missing(params: Params, name: string): string | null {
  return textOf(params, name) === null ? name : null
}

function unknownWord(params: Params, name: string, known: ReadonlySet<string>): string | null {
  const word = textOf(params, name)
  return word === null || known.has(word) ? null : name
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}
