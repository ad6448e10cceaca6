import {
  classify,
  decide,
  isSameMoney,
  type Order,
  parsePayment,
  syncPayment,
  verifyPayment,
} from '@quayside/core'
import { allGuards } from '../engine/fake-database.ts'
import { changedOf, done, forgery, later, look } from './flawed-steps.ts'
import { mistakes } from './flawed-subtle.ts'
import { type Design, quayside } from './system.ts'

// Designs that are wrong on purpose, each in one way that real shops are wrong in. A simulation that does
// not find them proves nothing by finding no fault in ours.

/** The vendor's sample: the amount alone, goods handed over at every call, 400 for whatever goes wrong. */
const officialSample: Design = {
  ...quayside,
  name: 'official sample',
  async handle(notice, desk) {
    const record = await desk.fetchPayment(notice.impUid)
    const payment = record.ok ? parsePayment(record.value) : record
    const found = await desk.store.find(notice.merchantUid)
    if (!payment.ok || !found.ok) return { code: 400, word: null }
    if (!isSameMoney(payment.value.amount, found.value.amount))
      return { code: 400, word: 'forgery' }
    if (payment.value.status !== 'paid') return done(found.value)
    await desk.fulfil(notice.merchantUid)
    return { code: 200, word: null }
  },
}

/** Reads the state, acts, writes: two channels read the same state. */
const checkThenAct: Design = {
  ...quayside,
  name: 'check, then act',
  async handle(notice, desk) {
    const seen = await look(notice, desk)
    if (!seen.ok) return seen.failure
    const { order, payment } = seen.value
    const changed = changedOf(order, payment)
    if (changed === order) return done(order)
    const written = await desk.overwrite(changed)
    return written.ok ? done(changed) : later
  },
}

/** Commits well, and then tells the shop from memory. */
const noOutbox: Design = {
  ...quayside,
  name: 'no outbox',
  async handle(notice, desk) {
    const synced = await syncPayment(notice, desk)
    if (!synced.ok) return classify(synced.failure).retryable ? later : forgery
    const { order, outcome } = synced.value
    if (outcome === 'become' && order.status === 'paid') await desk.fulfil(order.merchantUid)
    return done(order)
  },
  async deliver() {},
}

/** Hands the goods over within the request, beside the events. */
const inlineFulfil: Design = {
  ...quayside,
  name: 'inline fulfil',
  async handle(notice, desk) {
    const synced = await syncPayment(notice, desk)
    if (!synced.ok) return classify(synced.failure).retryable ? later : forgery
    if (synced.value.order.status === 'paid') await desk.fulfil(synced.value.order.merchantUid)
    return done(synced.value.order)
  },
}

/** Leaves it to a unique index that is not there to stop a payment from paying twice. */
const missingUnique: Design = {
  ...quayside,
  name: 'missing UNIQUE',
  guards: { ...allGuards, uniquePayment: false },
  async handle(notice, desk) {
    const found = await desk.store.find(notice.merchantUid)
    const record = await desk.fetchPayment(notice.impUid)
    if (!found.ok || !record.ok) return later
    const payment = parsePayment(record.value)
    if (!payment.ok) return later
    const claimed = { ...found.value, merchantUid: payment.value.merchantUid }
    const verified = verifyPayment(payment.value, claimed, 'live')
    if (!verified.ok) return forgery
    const decision = decide(verified.value, found.value)
    if (decision.kind !== 'become') return done(found.value)
    const change = { order: found.value, payment: verified.value, to: decision.to }
    const recorded = await desk.store.record(change)
    return recorded.ok ? done(recorded.value) : later
  },
}

/** Tells the provider that its message was bad whenever our own house is in trouble. */
const badRequestOnError: Design = {
  ...quayside,
  name: '400 on error',
  async handle(notice, desk) {
    const reply = await quayside.handle(notice, desk)
    return reply.code >= 500 ? { ...reply, code: 400 } : reply
  },
}

/** Takes an error of the provider for a failed payment. */
const errorMeansFailed: Design = {
  ...quayside,
  name: 'error means failed',
  async handle(notice, desk) {
    const synced = await syncPayment(notice, desk)
    if (synced.ok) return done(synced.value.order)
    if (synced.failure.reason !== 'provider_unavailable') {
      return classify(synced.failure).retryable ? later : forgery
    }
    const found = await desk.store.find(notice.merchantUid)
    if (!found.ok || found.value.status !== 'pending') return later
    const { sequence } = found.value
    const failed: Order = { ...found.value, status: 'failed', sequence: sequence + 1 }
    await desk.overwrite({ ...failed, impUid: notice.impUid })
    return done(failed)
  },
}

/** Answers at once and works afterwards. */
const ackBeforeCommit: Design = {
  ...quayside,
  name: 'ack before commit',
  async handle(notice, desk) {
    const found = await desk.store.find(notice.merchantUid)
    if (!found.ok) return later
    const rest = quayside.handle(notice, desk)
    // Whatever becomes of it, nobody waits for it any more.
    rest.catch(() => undefined)
    return done(found.value)
  },
}

/** Hands the goods over and then writes that it did. */
const effectBeforeCommit: Design = {
  ...quayside,
  name: 'effect before commit',
  async handle(notice, desk) {
    const seen = await look(notice, desk)
    if (!seen.ok) return seen.failure
    const { order, payment } = seen.value
    const decision = decide(payment, order)
    if (decision.kind !== 'become') return done(order)
    if (decision.to === 'paid') await desk.fulfil(order.merchantUid)
    const recorded = await desk.store.record({ order, payment, to: decision.to })
    return recorded.ok ? done(recorded.value) : later
  },
}

/** Two sweeps send what both of them found. */
const noLease: Design = {
  ...quayside,
  name: 'sweeper without lease',
  guards: { ...allGuards, lease: false },
}

/** Writes of late and second money what was true when it was read. */
const noteOfThePast: Design = {
  ...quayside,
  name: 'note of the past',
  guards: { ...allGuards, noteSequence: false },
}

/** Takes a failure for the end. */
const failedIsFinal: Design = {
  ...quayside,
  name: 'failed is final',
  guards: { ...allGuards, lateApproval: false },
}

/** Believes whatever event arrives last. */
const cancelNotSequenced: Design = {
  ...quayside,
  name: 'cancel not sequenced',
  receive: (shop, event) => shop.receiveUnordered(event),
}

/** Each of these designs with an invariant that it cannot help breaking. */
const classics: readonly (readonly [design: Design, breaks: string])[] = [
  [officialSample, 'I2'],
  [checkThenAct, 'I1'],
  [noOutbox, 'I4'],
  [inlineFulfil, 'I1'],
  [missingUnique, 'I3'],
  [badRequestOnError, 'I10'],
  [errorMeansFailed, 'I7'],
  [ackBeforeCommit, 'I10'],
  [effectBeforeCommit, 'I1'],
  [noLease, 'I1'],
  [noteOfThePast, 'I6'],
  [failedIsFinal, 'I4'],
  [cancelNotSequenced, 'I9'],
]

/** Every design that is wrong on purpose, with an invariant that it cannot help breaking. */
export const planted: readonly (readonly [design: Design, breaks: string])[] = [
  ...classics,
  ...mistakes,
]
