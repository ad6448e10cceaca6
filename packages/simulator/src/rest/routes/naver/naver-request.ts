import type { ProductOrderEvent, shopEvents } from '../../../domain/naver/naver-order.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { integerOf, type Params, textOf } from '../../../runtime/params.ts'

/** The events a shop causes. */
export type ShopEvent = (typeof shopEvents)[number] & ProductOrderEvent

const couriers = valueSet(
  'CJGLS KGB DONGBU EPOST REGISTPOST HANJIN HYUNDAI KGBLS INNOGIS DAESIN ILYANG KDEXP CHUNIL CH1 HDEXP CVSNET DHL FEDEX GSMNTON WARPEX WIZWA EMS DHLDE ACIEXPRESS EZUSA PANTOS UPS HLCGLOBAL KOREXG TNT SWGEXP DAEWOON USPS IPARCEL KUNYOUNG HPL DADREAM SLX SFEXPRESS HONAM',
)
const shipMethods = valueSet(
  'DELIVERY GDFW_ISSUE_SVC VISIT_RECEIPT DIRECT_DELIVERY QUICK_SVC NOTHING',
)
const returnMethods = valueSet('RETURN_DESIGNATED RETURN_DELIVERY RETURN_INDIVIDUAL')
const cancelReasons = valueSet(
  'SOLD_OUT DELAYED_DELIVERY PRODUCT_UNSATISFIED INTENT_CHANGED COLOR_AND_SIZE WRONG_ORDER INCORRECT_INFO',
)
const returnReasons = valueSet(
  'INTENT_CHANGED COLOR_AND_SIZE WRONG_ORDER PRODUCT_UNSATISFIED DELAYED_DELIVERY SOLD_OUT DROPPED_DELIVERY BROKEN INCORRECT_INFO WRONG_DELIVERY WRONG_OPTION',
)
const holdReasons = valueSet(
  'RETURN_DELIVERYFEE EXTRAFEEE RETURN_DELIVERYFEE_AND_EXTRAFEEE RETURN_PRODUCT_NOT_DELIVERED ETC',
)

const checks: Readonly<Partial<Record<ShopEvent, (params: Params) => string | null>>> = {
  cancel: (params) => unknownValue(params, 'reason', cancelReasons),
  ship: (params) =>
    shippingFieldRefused(params, shipMethods, 'DELIVERY') ??
    (integerOf(params, 'dispatched_at') === null ? 'dispatched_at' : null),
  'ship-exchanged': (params) => shippingFieldRefused(params, shipMethods, 'DELIVERY'),
  'request-return': (params) =>
    unknownValue(params, 'reason', returnReasons) ??
    shippingFieldRefused(params, returnMethods, 'RETURN_DELIVERY'),
  'reject-return': (params) => missing(params, 'memo'),
  'withhold-return': (params) =>
    missing(params, 'memo') ?? unknownValue(params, 'reason', holdReasons),
}

/** The refusal of a malformed request to Naver; null when it is valid. */
export function paramsRefusal(event: ShopEvent, params: Params): Refusal | null {
  const name = checks[event]?.(params) ?? null
  if (name === null) return null
  return { status: 400, code: 1, message: `${name} 파라메터가 누락되었거나 올바르지 않습니다.` }
}

/** The first invalid member of a shipment: its method, and for a courier the company and tracking number. */
function shippingFieldRefused(params: Params, methods: ReadonlySet<string>, byCourier: string) {
  const method = textOf(params, 'delivery_method')
  if (method === null || !methods.has(method)) return 'delivery_method'
  if (method !== byCourier) return null
  if (!couriers.has(textOf(params, 'delivery_company') ?? '')) return 'delivery_company'
  return missing(params, 'tracking_number')
}

function missing(params: Params, name: string): string | null {
  return textOf(params, name) === null ? name : null
}

function unknownValue(params: Params, name: string, allowed: ReadonlySet<string>): string | null {
  const value = textOf(params, name)
  return value === null || allowed.has(value) ? null : name
}

function valueSet(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}
