import { decide, type Order, ok, parsePayment, syncPayment, verifyPayment } from '@quayside/core'
import type { Process } from '../engine/scheduler.ts'
import { createNotice } from '../workload/notices.ts'
import {
  applyDecision,
  forgery,
  lookUpAndVerify,
  respondToFailure,
  respondWith,
  retryLater,
} from './flawed-steps.ts'
import { quayside, type SystemUnderTest } from './system.ts'

// More systems that are wrong on purpose. The flaw of each looks like a reasonable choice.

/** Skips the lookup when the webhook has a status. */
const trustsTheWebhook: SystemUnderTest = {
  ...quayside,
  name: 'trusts the webhook',
  async handle(notice, deps) {
    if (notice.claimedStatus !== 'paid') return quayside.handle(notice, deps)
    const found = await deps.store.find(notice.merchantUid)
    if (!found.ok) return retryLater
    if (found.value.status !== 'pending') return respondWith(found.value)
    const { sequence } = found.value
    const paid: Order = { ...found.value, status: 'paid', sequence: sequence + 1 }
    const written = await deps.overwrite({ ...paid, impUid: notice.impUid })
    return written.ok ? respondWith(paid) : retryLater
  },
}

/** Spares the provider: an isolate looks a payment up once and keeps the record. */
function cachesRecords(): SystemUnderTest {
  const caches = new WeakMap<Process, Map<string, unknown>>()
  return {
    ...quayside,
    name: 'caches records',
    async handle(notice, deps) {
      const cache = caches.get(deps.process) ?? new Map<string, unknown>()
      caches.set(deps.process, cache)
      const { store, mode } = deps
      const synced = await syncPayment(notice, {
        store,
        mode,
        async fetchPayment(impUid) {
          const known = cache.get(impUid)
          if (known !== undefined) return { ok: true, value: known }
          const record = await deps.fetchPayment(impUid)
          if (record.ok) cache.set(impUid, record.value)
          return record
        },
      })
      if (!synced.ok) return respondToFailure(synced.failure)
      return respondWith(synced.value.order)
    },
  }
}

/** Reads the sequence again just before it writes, so that the write always goes through. */
const rereadsTheSequence: SystemUnderTest = {
  ...quayside,
  name: 'rereads the sequence',
  async handle(notice, deps) {
    const lookup = await lookUpAndVerify(notice, deps)
    if (!lookup.ok) return lookup.failure
    const { order, payment } = lookup.value
    const decision = decide(payment, order)
    if (decision.kind !== 'become') return respondWith(order)
    const fresh = await deps.store.find(notice.merchantUid)
    if (!fresh.ok) return retryLater
    const { sequence } = fresh.value
    const change = { order: { ...order, sequence }, payment, to: decision.to }
    const recorded = await deps.store.record(change)
    return recorded.ok ? respondWith(recorded.value) : retryLater
  },
}

/** Records the refunded amount of its lookup: the last task to record is not always the last that looked it up. */
const lowersTheRefundedAmount: SystemUnderTest = {
  ...quayside,
  name: 'lowers the refunded amount',
  async handle(notice, deps) {
    const record = await deps.fetchPayment(notice.impUid)
    const found = await deps.store.find(notice.merchantUid)
    const payment = record.ok ? parsePayment(record.value) : record
    if (!payment.ok || !found.ok) return retryLater
    const verified = verifyPayment(payment.value, found.value, 'live')
    if (!verified.ok) return forgery
    const order = found.value
    const { impUid, status, cancelled } = verified.value
    const isRecorded = order.cancelled.minor === 0 || order.cancelled.minor === cancelled.minor
    if (status !== 'partially_cancelled' || order.impUid !== impUid || isRecorded) {
      return quayside.handle(notice, deps)
    }
    const recorded = await deps.store.record({ order, payment: verified.value, to: status })
    return recorded.ok ? respondWith(recorded.value) : retryLater
  },
}

/** Treats an error of its store as a lost acknowledgement. */
const assumesTheCommitSucceeded: SystemUnderTest = {
  ...quayside,
  name: 'assumes the commit succeeded',
  async handle(notice, deps) {
    const lookup = await lookUpAndVerify(notice, deps)
    if (!lookup.ok) return lookup.failure
    const { order, payment } = lookup.value
    const decision = decide(payment, order)
    if (decision.kind !== 'become') return quayside.handle(notice, deps)
    const recorded = await deps.store.record({ order, payment, to: decision.to })
    return respondWith(recorded.ok ? recorded.value : applyDecision(order, payment))
  },
}

/** Sends one event a payment: the key of its outbox is the payment, not the change. */
function sendsOncePerPayment(): SystemUnderTest {
  const caches = new WeakMap<Process, Set<string | null>>()
  return {
    ...quayside,
    name: 'sends once per payment',
    async deliver(deps, id) {
      const sent = caches.get(deps.process) ?? new Set()
      caches.set(deps.process, sent)
      const due = await deps.claim(id)
      if (!due.ok) return
      for (const event of due.value) {
        const wasSent = event.imp_uid !== null && sent.has(event.imp_uid)
        if (wasSent || (await deps.send(event))) await deps.markDelivered(event.id)
        sent.add(event.imp_uid)
      }
    },
  }
}

/** Marks an event as delivered, and then sends it. */
const marksBeforeSending: SystemUnderTest = {
  ...quayside,
  name: 'marks before sending',
  async deliver(deps, id) {
    const due = await deps.claim(id)
    if (!due.ok) return
    for (const event of due.value) {
      const marked = await deps.markDelivered(event.id)
      if (marked.ok) await deps.send(event)
    }
  },
}

/** Recovers pending orders only: it treats a failed one as final. */
const recoversPendingOnly: SystemUnderTest = {
  ...quayside,
  name: 'recovers pending only',
  async sweep(deps) {
    const open = await deps.listOpen()
    for (const { merchantUid } of open.ok ? open.value.filter(isPending) : []) {
      const found = await deps.search(merchantUid)
      for (const record of found.ok ? found.value : []) {
        const payment = parsePayment(record)
        if (!payment.ok) continue
        const notice = createNotice(payment.value.impUid, merchantUid, 'webhook', 'cancelled')
        const { store, mode } = deps
        await syncPayment(notice, { store, mode, fetchPayment: async () => ok(record) })
      }
    }
  },
}

const isPending = ({ status }: Order): boolean => status === 'pending' || status === 'vbank_issued'

/** Responds 200 when the order does not exist yet. */
const acceptsUnknownOrders: SystemUnderTest = {
  ...quayside,
  name: 'accepts unknown orders',
  async handle(notice, deps) {
    const found = await deps.store.find(notice.merchantUid)
    const isUnknown = !found.ok && found.failure.reason === 'order_unknown'
    return isUnknown ? { code: 200, status: 'pending' } : quayside.handle(notice, deps)
  },
}

/** Completes the order that the payment names, and responds with it, whichever order the notice names. */
const respondsForTheOtherOrder: SystemUnderTest = {
  ...quayside,
  name: 'responds for the other order',
  async handle(notice, deps) {
    const record = await deps.fetchPayment(notice.impUid)
    const payment = record.ok ? parsePayment(record.value) : record
    if (!payment.ok) return retryLater
    return quayside.handle({ ...notice, merchantUid: payment.value.merchantUid }, deps)
  },
}

/** Each of these systems with an invariant that it must break. */
export const subtleFlaws: readonly (readonly [system: SystemUnderTest, breaks: string])[] = [
  [trustsTheWebhook, 'I7'],
  [cachesRecords(), 'I10'],
  [rereadsTheSequence, 'I1'],
  [lowersTheRefundedAmount, 'I6'],
  [assumesTheCommitSucceeded, 'I10'],
  [sendsOncePerPayment(), 'I9'],
  [marksBeforeSending, 'I9'],
  [recoversPendingOnly, 'I4'],
  [acceptsUnknownOrders, 'I10'],
  [respondsForTheOtherOrder, 'I13'],
]
