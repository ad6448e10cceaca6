import { createOrderIn, createPostgresStore, fromPrisma } from '@quayside/sql'
import type pg from 'pg'
import type { PrismaClient } from './generated/client.ts'

/** Creates the row of the shop and the order to be paid, both or neither. */
export function placeOrder(prisma: PrismaClient, id: string, item: string, amount: number) {
  return prisma.$transaction(async (tx) => {
    await tx.shopOrder.create({ data: { id, item } })
    const order = { merchant_uid: id, amount, currency: 'KRW' }
    const created = await createOrderIn(fromPrisma('postgres', tx), order)
    if (!created.ok) throw new Error(created.failure.reason) // rolls back
    return created.value // after COMMIT: POST /orders with the same order
  })
}

/** Makes the store of the server. It marks the row of the shop as paid in the transaction of the payment. */
export function createStore(pool: pg.Pool) {
  return createPostgresStore(pool, {
    async onChange({ type, data }, client) {
      if (type !== 'order.paid') return
      // Prisma runs on connections of its own, so the connection of the change is used as it is.
      const marking = 'UPDATE shop_orders SET paid_with = $2 WHERE id = $1'
      await client.query(marking, [data.merchant_uid, data.imp_uid])
    },
  })
}
