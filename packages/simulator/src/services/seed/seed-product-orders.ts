import type { SimulatorContext } from '../../context.ts'
import type { ProductOrder } from '../../domain/naver/naver-order.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Params } from '../../runtime/params.ts'
import { createFieldReader, type FieldReader, type ReadResult, resultOf } from '../field-reader.ts'
import { addProductOrder } from '../naver/naver-orders.ts'

const statuses = ['PAYED', 'DELIVERING', 'DELIVERED', 'PURCHASE_DECIDED'] as const

/** Adds product orders to a payment of Naver's order type; claims are made by events. */
export function seedProductOrders(
  context: SimulatorContext,
  payment: Payment,
  params: Params,
): ReadResult<readonly ProductOrder[]> {
  const fields = createFieldReader(params)
  fields.allowOnly(['products'])
  const given = fields.list('products', readProductOrder)
  if (given.length === 0) fields.fail('products', 'a list of one or more objects')
  if (payment.channel.pg_provider !== 'naverco' || (payment.paidAt ?? payment.account) === null) {
    fields.fail('imp_uid', 'a payment of Naver’s order type, paid or waiting for a deposit')
  }
  const ids = given.flatMap(({ id }) => id ?? [])
  const isTaken = ids.some((id) => context.state.productOrders.has(id))
  if (isTaken || new Set(ids).size < ids.length) {
    fields.fail('products', 'product orders with ids of their own')
  }
  const result = resultOf(fields, given)
  if (!result.ok) return result
  const orders = given.map(({ id, status, isPlaced, product }) =>
    addProductOrder(context, payment, product, {
      status,
      isPlaced,
      ...(id === null ? {} : { id }),
    }),
  )
  return { ok: true, value: orders }
}

function readProductOrder(fields: FieldReader) {
  fields.allowOnly(
    'product_order_id product_order_status placed product_id product_name product_option_id product_option_name product_amount delivery_amount quantity'.split(
      ' ',
    ),
  )
  const whole = (name: string, fallback: number) =>
    fields.amount(name, { currency: 'KRW', min: 0, fallback })
  const id = fields.optional('product_order_id', 20)
  if (id !== null && !/^\d+$/.test(id)) fields.fail('product_order_id', 'digits')
  const status = fields.oneOf('product_order_status', statuses, 'PAYED')
  return {
    status,
    isPlaced: fields.flag('placed', status !== 'PAYED'),
    id,
    product: {
      id: fields.text('product_id', { max: 255, fallback: 'product-1' }),
      name: fields.text('product_name', { max: 255, fallback: '상품' }),
      optionId: fields.text('product_option_id', { max: 255, fallback: 'option-1' }),
      optionName: fields.text('product_option_name', { max: 255, fallback: '기본' }),
      amount: whole('product_amount', 0),
      deliveryAmount: whole('delivery_amount', 0),
      quantity: whole('quantity', 1),
    },
  }
}
