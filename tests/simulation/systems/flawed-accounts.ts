import { isOverdue, type Order, type OrderStore, ok, syncPayment } from '@quayside/core'
import { respondToFailure, respondWith } from './flawed-steps.ts'
import { quayside, type SystemDeps, type SystemUnderTest } from './system.ts'

// Systems that are wrong about accounts, due dates and the age of a payment.

/** A store whose orders are read otherwise than they are. */
function withOrders({ store }: SystemDeps, read: (order: Order) => Order): OrderStore {
  return {
    async find(merchantUid) {
      const found = await store.find(merchantUid)
      return found.ok ? ok(read(found.value)) : found
    },
    record: (change) => store.record(change),
    recordAttempt: (attempt) => store.recordAttempt(attempt),
  }
}

const readingOrders =
  (read: (order: Order) => Order): SystemUnderTest['handle'] =>
  async (notice, deps) => {
    const { mode, fetchPayment } = deps
    const synced = await syncPayment(notice, { store: withOrders(deps, read), mode, fetchPayment })
    return synced.ok ? respondWith(synced.value.order) : respondToFailure(synced.failure)
  }

const expiringWhen =
  (isDue: (order: Order, now: Date) => boolean): SystemUnderTest['sweep'] =>
  async (deps) => {
    const open = await deps.listOpen()
    if (!open.ok) return
    for (const order of open.value) if (isDue(order, deps.now())) await deps.expire(order)
    await quayside.sweep(deps)
  }

/** Expires an order at the due date: the bank may be about to report a deposit. */
const noGracePeriod: SystemUnderTest = {
  ...quayside,
  name: 'no grace period',
  sweep: expiringWhen((order, now) => isOverdue(order, now)),
}

/** Expires an order with the first of its accounts, whoever issued it. */
const firstAccountEnds: SystemUnderTest = {
  ...quayside,
  name: 'expires with the first account',
  sweep: expiringWhen(({ accounts }, now) =>
    accounts.some(({ dueAt, isClosed }) => !isClosed && dueAt !== null && dueAt < now),
  ),
}

/** Keeps the latest account only. */
const oneAccount: SystemUnderTest = {
  ...quayside,
  name: 'follows one account',
  handle: readingOrders((order) => ({ ...order, accounts: [] })),
}

/** Judges a deposit by the time at which it is seen. */
const seenLateIsLate: SystemUnderTest = {
  ...quayside,
  name: 'seen late is late',
  async handle(notice, deps) {
    const { store, mode } = deps
    const synced = await syncPayment(notice, {
      store,
      mode,
      async fetchPayment(impUid) {
        const found = await deps.fetchPayment(impUid)
        return found.ok ? ok(Object.assign({}, found.value, { paid_at: 0 })) : found
      },
    })
    return synced.ok ? respondWith(synced.value.order) : respondToFailure(synced.failure)
  },
}

/** Accepts a payment of an earlier order with the same id. */
const anyAge: SystemUnderTest = {
  ...quayside,
  name: 'takes payments of any age',
  handle: readingOrders((order) => ({ ...order, createdAt: null })),
}

export const accountFlaws: readonly (readonly [system: SystemUnderTest, breaks: string])[] = [
  [noGracePeriod, 'I16'],
  [firstAccountEnds, 'I16'],
  [oneAccount, 'I16'],
  [seenLateIsLate, 'I16'],
  [anyAge, 'I2'],
]
