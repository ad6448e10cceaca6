import type { SimulatorContext } from '../../context.ts'
import {
  afterFullRefund,
  beforePayment,
  type Product,
  type ProductOrder,
} from '../../domain/naver/naver-order.ts'
import { deliveryFees } from '../../domain/naver/naver-shipping.ts'
import { toAmount } from '../../domain/payment/money.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { balanceOf } from '../../domain/payment/refund.ts'
import { isRecord } from '../../runtime/params.ts'
import type { SimulatorState } from '../../state.ts'

const shipWithinSeconds = 3 * 24 * 60 * 60

/** The product orders of a payment of the order type, created when first read; none before Naver waits for money. */
export function productOrdersOf(context: SimulatorContext, payment: Payment): ProductOrder[] {
  const { productOrders, products } = context.state
  const isOrdered = payment.paidAt !== null || payment.account !== null
  if (payment.channel.pg_provider !== 'naverco' || !isOrdered) return []
  const isMade = [...productOrders.values()].some(({ impUid }) => impUid === payment.impUid)
  if (!isMade) {
    for (const product of products.get(payment.impUid) ?? [defaultProduct(payment)]) {
      addProductOrder(context, payment, product)
    }
  }
  const own = [...productOrders.values()].filter(({ impUid }) => impUid === payment.impUid)
  if (payment.paidAt === null) return own.map((order) => beforePayment(order, payment.status))
  return balanceOf(payment) > 0 ? own : own.map(afterFullRefund)
}

/** A product order with its present status and its payment; null when there is none with this id. */
export function findProductOrder(context: SimulatorContext, id: string) {
  const { productOrders, payments } = context.state
  const payment = payments.get(productOrders.get(id)?.impUid ?? '')
  if (payment === undefined) return null
  const order = productOrdersOf(context, payment).find((each) => each.id === id)
  return order === undefined ? null : { order, payment }
}

/** Adds one product order to a payment. */
export function addProductOrder(
  { state, ids, clock }: SimulatorContext,
  { impUid }: Payment,
  product: Product,
  given: Partial<Pick<ProductOrder, 'id' | 'status' | 'isPlaced'>> = {},
): ProductOrder {
  const order: ProductOrder = {
    id: ids.digits(16),
    impUid,
    status: 'PAYED',
    isPlaced: false,
    claim: null,
    product,
    shippingDueAt: clock.seconds() + shipWithinSeconds,
    ...given,
  }
  state.productOrders.set(order.id, order)
  return order
}

/** Stores the products the browser requested, one line per option, with Naver's delivery fee. */
export function saveProducts(state: SimulatorState, impUid: string, naverProducts: unknown): void {
  const payment = state.payments.get(impUid)
  if (payment?.channel.pg_provider !== 'naverco' || !Array.isArray(naverProducts)) return
  const lines = toLines(naverProducts.filter(isRecord))
  if (lines.length > 0) state.products.set(impUid, lines)
}

/** A payment with Naver's delivery fees added to the shop's amount; they are not part of it before it is paid. */
export function withDeliveryFees({ state }: SimulatorContext, payment: Payment): Payment {
  const lines = state.products.get(payment.impUid) ?? []
  const fees = lines.reduce((sum, { deliveryAmount }) => sum + deliveryAmount, 0)
  return { ...payment, amountMinor: payment.amountMinor + fees }
}

/** Turns a product order into the provider's JSON. */
export function serializeProductOrder(order: ProductOrder, { buyer }: Payment) {
  const { product, claim } = order
  return {
    product_order_id: order.id,
    product_order_status: order.status,
    claim_type: claim?.type ?? null,
    claim_status: claim?.status ?? null,
    product_id: product.id,
    product_name: product.name,
    product_option_id: product.optionId,
    product_option_name: product.optionName,
    product_amount: product.amount,
    delivery_amount: product.deliveryAmount,
    quantity: product.quantity,
    orderer: { name: buyer.name, id: 'sim****', tel: buyer.tel },
    shipping_address: {
      base: buyer.addr,
      detail: '',
      postcode: buyer.postcode,
      tel1: buyer.tel,
      tel2: '',
      name: buyer.name,
    },
    shipping_memo: '',
    shipping_due: order.shippingDueAt,
    individual_code: null,
  }
}

/** Reads a product from a shop's data; missing members get default values. */
function toProduct(given: Readonly<Record<string, unknown>>): Product {
  const text = (name: string, fallback: string) => {
    const value = given[name]
    return typeof value === 'string' && value !== '' ? value : fallback
  }
  const whole = (name: string, fallback: number) => {
    const value = Number(given[name] ?? fallback)
    return Number.isSafeInteger(value) && value >= 0 ? value : fallback
  }
  return {
    id: text('product_id', 'product-1'),
    name: text('product_name', '상품'),
    optionId: text('product_option_id', 'option-1'),
    optionName: text('product_option_name', '기본'),
    amount: whole('product_amount', 0),
    deliveryAmount: whole('delivery_amount', 0),
    quantity: whole('quantity', 1),
  }
}

function defaultProduct({ name, amountMinor, currency }: Payment): Product {
  return toProduct({ product_name: name, product_amount: toAmount(amountMinor, currency) })
}

function toLines(given: readonly Record<string, unknown>[]): Product[] {
  const perProduct = given.map(optionsOf)
  const fees = deliveryFees(
    perProduct.map((lines, index) => ({
      shipping: shippingOf(given[index]),
      price: lines.reduce((sum, { amount }) => sum + amount, 0),
      quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    })),
  )
  // One parcel per product, whatever its options.
  return perProduct.flatMap((lines, index) =>
    lines.map((line, position) =>
      position === 0 ? { ...line, deliveryAmount: fees[index] ?? 0 } : line,
    ),
  )
}

function shippingOf(given: Record<string, unknown> = {}): Record<string, unknown> {
  return isRecord(given['shipping']) ? given['shipping'] : {}
}

function optionsOf(given: Record<string, unknown>): Product[] {
  const price = Number(given['basePrice'] ?? 0)
  const line = (option: Record<string, unknown>) => {
    const quantity = Number(option['optionQuantity'] ?? given['quantity'] ?? 1)
    const code = option['selectionCode']
    return toProduct({
      product_id: given['id'],
      product_name: given['name'],
      product_option_id: code,
      product_option_name: code,
      product_amount: (price + Number(option['optionPrice'] ?? 0)) * quantity,
      quantity,
    })
  }
  const options = Array.isArray(given['options']) ? given['options'].filter(isRecord) : []
  return options.length > 0 ? options.map(line) : [line({})]
}
