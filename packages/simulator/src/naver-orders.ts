import { isRecord } from './body.ts'
import { keep, type Ledger, type Payment } from './ledger.ts'
import { toAmount } from './money.ts'
import { afterRefund, type Product, type ProductOrder } from './naver.ts'
import { balanceOf } from './refund.ts'
import type { World } from './world.ts'

const shipWithinSeconds = 3 * 24 * 60 * 60

/** The product orders of a payment of the order type, made when they are first asked for; none before it is paid. */
export function productOrdersOf(world: World, payment: Payment): ProductOrder[] {
  const { productOrders, products } = world.ledger
  if (payment.channel.pg_provider !== 'naverco' || payment.paidAt === null) return []
  const isMade = [...productOrders.values()].some(({ impUid }) => impUid === payment.impUid)
  if (!isMade) {
    for (const product of products.get(payment.impUid) ?? [onlyProduct(payment)]) {
      addProductOrder(world, payment, product)
    }
  }
  const own = [...productOrders.values()].filter(({ impUid }) => impUid === payment.impUid)
  return balanceOf(payment) > 0 ? own : own.map(afterRefund)
}

/** Adds one line to a payment's order. */
export function addProductOrder(
  { ledger, ids, clock }: World,
  { impUid }: Payment,
  product: Product,
): ProductOrder {
  const order: ProductOrder = {
    id: ids.digits(16),
    impUid,
    status: 'PAYED',
    isPlaced: false,
    claim: null,
    product,
    shippingDueAt: clock.seconds() + shipWithinSeconds,
  }
  ledger.productOrders.set(order.id, order)
  return order
}

/** Notes what the browser asked for, one line per option, and puts Naver's delivery fees on top of the amount. */
export function noteProducts(ledger: Ledger, impUid: string, naverProducts: unknown): void {
  const payment = ledger.payments.get(impUid)
  if (payment?.channel.pg_provider !== 'naverco' || !Array.isArray(naverProducts)) return
  const lines = naverProducts.filter(isRecord).flatMap(linesOf)
  if (lines.length === 0) return
  const fees = lines.reduce((sum, { deliveryAmount }) => sum + deliveryAmount, 0)
  ledger.products.set(impUid, lines)
  keep(ledger, { ...payment, amountMinor: payment.amountMinor + fees })
}

/** A product order as the REST API shows it. */
export function presentProductOrder(order: ProductOrder, { buyer }: Payment) {
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

/** A product read from what a test or a shop says; what is missing gets a plain value. */
export function toProduct(given: Readonly<Record<string, unknown>>): Product {
  const text = (name: string, otherwise: string) => {
    const value = given[name]
    return typeof value === 'string' && value !== '' ? value : otherwise
  }
  const whole = (name: string, otherwise: number) => {
    const value = Number(given[name] ?? otherwise)
    return Number.isSafeInteger(value) && value >= 0 ? value : otherwise
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

function onlyProduct({ name, amountMinor, currency }: Payment): Product {
  return toProduct({ product_name: name, product_amount: toAmount(amountMinor, currency) })
}

function linesOf(given: Record<string, unknown>): Product[] {
  const shipping = isRecord(given['shipping']) ? given['shipping'] : {}
  const price = Number(given['basePrice'] ?? 0)
  const line = (option: Record<string, unknown>, index: number) => {
    const quantity = Number(option['optionQuantity'] ?? given['quantity'] ?? 1)
    const code = option['selectionCode']
    return toProduct({
      product_id: given['id'],
      product_name: given['name'],
      product_option_id: code,
      product_option_name: code,
      product_amount: (price + Number(option['optionPrice'] ?? 0)) * quantity,
      // One parcel per product, whatever its options.
      delivery_amount: index === 0 ? shipping['baseFee'] : 0,
      quantity,
    })
  }
  const options = Array.isArray(given['options']) ? given['options'].filter(isRecord) : []
  return options.length > 0 ? options.map(line) : [line({}, 0)]
}
