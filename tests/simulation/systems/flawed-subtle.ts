import {
  classify,
  decide,
  type Order,
  ok,
  parsePayment,
  syncPayment,
  verifyPayment,
} from '@quayside/core'
import type { Process } from '../engine/scheduler.ts'
import { write } from '../workload/notices.ts'
import { changedOf, done, forgery, later, look } from './flawed-steps.ts'
import { type Design, quayside } from './system.ts'

// More designs that are wrong on purpose. Each looks careful and was meant well.

/** Saves the lookup when the webhook says how it stands. */
const trustsTheWebhook: Design = {
  ...quayside,
  name: 'trusts the webhook',
  async handle(notice, desk) {
    if (notice.claimedStatus !== 'paid') return quayside.handle(notice, desk)
    const found = await desk.store.find(notice.merchantUid)
    if (!found.ok) return later
    if (found.value.status !== 'pending') return done(found.value)
    const { sequence } = found.value
    const paid: Order = { ...found.value, status: 'paid', sequence: sequence + 1 }
    const written = await desk.overwrite({ ...paid, impUid: notice.impUid })
    return written.ok ? done(paid) : later
  },
}

/** Spares the provider: what an isolate looked up once it does not look up again. */
function remembersRecords(): Design {
  const memories = new WeakMap<Process, Map<string, unknown>>()
  return {
    ...quayside,
    name: 'remembers records',
    async handle(notice, desk) {
      const memory = memories.get(desk.process) ?? new Map<string, unknown>()
      memories.set(desk.process, memory)
      const { store, mode } = desk
      const synced = await syncPayment(notice, {
        store,
        mode,
        async fetchPayment(impUid) {
          const known = memory.get(impUid)
          if (known !== undefined) return { ok: true, value: known }
          const record = await desk.fetchPayment(impUid)
          if (record.ok) memory.set(impUid, record.value)
          return record
        },
      })
      if (!synced.ok) return classify(synced.failure).retryable ? later : forgery
      return done(synced.value.order)
    },
  }
}

/** Reads the sequence again just before it writes, so that the write always goes through. */
const readsTheSequenceLast: Design = {
  ...quayside,
  name: 'reads the sequence last',
  async handle(notice, desk) {
    const seen = await look(notice, desk)
    if (!seen.ok) return seen.failure
    const { order, payment } = seen.value
    const decision = decide(payment, order)
    if (decision.kind !== 'become') return done(order)
    const fresh = await desk.store.find(notice.merchantUid)
    if (!fresh.ok) return later
    const { sequence } = fresh.value
    const change = { order: { ...order, sequence }, payment, to: decision.to }
    const recorded = await desk.store.record(change)
    return recorded.ok ? done(recorded.value) : later
  },
}

/** Takes what a lookup says was given back for what was given back: the last to write had not looked last. */
const lowersWhatWasGivenBack: Design = {
  ...quayside,
  name: 'lowers what was given back',
  async handle(notice, desk) {
    const record = await desk.fetchPayment(notice.impUid)
    const found = await desk.store.find(notice.merchantUid)
    const payment = record.ok ? parsePayment(record.value) : record
    if (!payment.ok || !found.ok) return later
    const verified = verifyPayment(payment.value, found.value, 'live')
    if (!verified.ok) return forgery
    const order = found.value
    const { impUid, status, cancelled } = verified.value
    const isTold = order.cancelled.minor === 0 || order.cancelled.minor === cancelled.minor
    if (status !== 'partially_cancelled' || order.impUid !== impUid || isTold) {
      return quayside.handle(notice, desk)
    }
    const recorded = await desk.store.record({ order, payment: verified.value, to: status })
    return recorded.ok ? done(recorded.value) : later
  },
}

/** Takes an error of its own store for an answer that was lost on the way back. */
const hopesForTheStore: Design = {
  ...quayside,
  name: 'hopes for the store',
  async handle(notice, desk) {
    const seen = await look(notice, desk)
    if (!seen.ok) return seen.failure
    const { order, payment } = seen.value
    const decision = decide(payment, order)
    if (decision.kind !== 'become') return quayside.handle(notice, desk)
    const recorded = await desk.store.record({ order, payment, to: decision.to })
    return done(recorded.ok ? recorded.value : changedOf(order, payment))
  },
}

/** Tells the shop once a payment: the key of its outbox is the payment, not the change. */
function tellsOnceAPayment(): Design {
  const memories = new WeakMap<Process, Set<string | null>>()
  return {
    ...quayside,
    name: 'tells once a payment',
    async deliver(desk, id) {
      const told = memories.get(desk.process) ?? new Set()
      memories.set(desk.process, told)
      const due = await desk.claim(id)
      if (!due.ok) return
      for (const event of due.value) {
        const isTold = event.imp_uid !== null && told.has(event.imp_uid)
        if (isTold || (await desk.send(event))) await desk.mark(event.id)
        told.add(event.imp_uid)
      }
    },
  }
}

/** Writes that it told the shop, and then tells it. */
const marksBeforeItSends: Design = {
  ...quayside,
  name: 'marks before it sends',
  async deliver(desk, id) {
    const due = await desk.claim(id)
    if (!due.ok) return
    for (const event of due.value) {
      const marked = await desk.mark(event.id)
      if (marked.ok) await desk.send(event)
    }
  },
}

/** Looks up again only what nobody paid for yet: a failed order is over. */
const repairsThePending: Design = {
  ...quayside,
  name: 'repairs the pending',
  async sweep(desk) {
    const open = await desk.listOpen()
    for (const { merchantUid } of open.ok ? open.value.filter(isPending) : []) {
      const found = await desk.search(merchantUid)
      for (const record of found.ok ? found.value : []) {
        const payment = parsePayment(record)
        if (!payment.ok) continue
        const notice = write(payment.value.impUid, merchantUid, 'webhook', 'cancelled')
        const { store, mode } = desk
        await syncPayment(notice, { store, mode, fetchPayment: async () => ok(record) })
      }
    }
  },
}

const isPending = ({ status }: Order): boolean => status === 'pending' || status === 'vbank_issued'

/** Tells the provider that all is well when the order is not there yet. */
const takesUnknownOrders: Design = {
  ...quayside,
  name: 'takes unknown orders',
  async handle(notice, desk) {
    const found = await desk.store.find(notice.merchantUid)
    const isUnknown = !found.ok && found.failure.reason === 'order_unknown'
    return isUnknown ? { code: 200, word: 'pending' } : quayside.handle(notice, desk)
  },
}

/** Completes the order that the payment names, and answers with it, whoever asked about which. */
const answersForTheOther: Design = {
  ...quayside,
  name: 'answers for the other order',
  async handle(notice, desk) {
    const record = await desk.fetchPayment(notice.impUid)
    const payment = record.ok ? parsePayment(record.value) : record
    if (!payment.ok) return later
    return quayside.handle({ ...notice, merchantUid: payment.value.merchantUid }, desk)
  },
}

/** Each of these designs with an invariant that it cannot help breaking. */
export const mistakes: readonly (readonly [design: Design, breaks: string])[] = [
  [trustsTheWebhook, 'I7'],
  [remembersRecords(), 'I10'],
  [readsTheSequenceLast, 'I1'],
  [lowersWhatWasGivenBack, 'I6'],
  [hopesForTheStore, 'I10'],
  [tellsOnceAPayment(), 'I9'],
  [marksBeforeItSends, 'I9'],
  [repairsThePending, 'I4'],
  [takesUnknownOrders, 'I10'],
  [answersForTheOther, 'I13'],
]
