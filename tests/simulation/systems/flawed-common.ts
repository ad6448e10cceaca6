import {
  decide,
  isSameMoney,
  type Order,
  parsePayment,
  syncPayment,
  verifyPayment,
} from '@quayside/core'
import { allGuards } from '../engine/fake-database.ts'
import { accountFlaws } from './flawed-accounts.ts'
import {
  applyDecision,
  forgery,
  lookUpAndVerify,
  respondToFailure,
  respondWith,
  retryLater,
} from './flawed-steps.ts'
import { subtleFlaws } from './flawed-subtle.ts'
import { quayside, type SystemUnderTest } from './system.ts'

// Systems that are wrong on purpose, each in one way in which real shops are wrong. If a simulation does not find
// these flaws, it means nothing that it finds none in the product.

/** The vendor's sample: it compares the amount alone, fulfils at every call, and responds 400 to every error. */
const officialSample: SystemUnderTest = {
  ...quayside,
  name: 'official sample',
  async handle(notice, deps) {
    const record = await deps.fetchPayment(notice.impUid)
    const payment = record.ok ? parsePayment(record.value) : record
    const found = await deps.store.find(notice.merchantUid)
    if (!payment.ok || !found.ok) return { code: 400, status: null }
    if (!isSameMoney(payment.value.amount, found.value.amount))
      return { code: 400, status: 'forgery' }
    if (payment.value.status !== 'paid') return respondWith(found.value)
    await deps.fulfil(notice.merchantUid)
    return { code: 200, status: null }
  },
}

/** Reads the state, acts, writes: two channels read the same state. */
const checkThenAct: SystemUnderTest = {
  ...quayside,
  name: 'check, then act',
  async handle(notice, deps) {
    const lookup = await lookUpAndVerify(notice, deps)
    if (!lookup.ok) return lookup.failure
    const { order, payment } = lookup.value
    const changed = applyDecision(order, payment)
    if (changed === order) return respondWith(order)
    const written = await deps.overwrite(changed)
    return written.ok ? respondWith(changed) : retryLater
  },
}

/** Commits correctly, and then notifies the merchant from memory. */
const noOutbox: SystemUnderTest = {
  ...quayside,
  name: 'no outbox',
  async handle(notice, deps) {
    const synced = await syncPayment(notice, deps)
    if (!synced.ok) return respondToFailure(synced.failure)
    const { order, outcome } = synced.value
    if (outcome === 'become' && order.status === 'paid') await deps.fulfil(order.merchantUid)
    return respondWith(order)
  },
  async deliver() {},
}

/** Fulfils within the request, beside the events. */
const inlineFulfil: SystemUnderTest = {
  ...quayside,
  name: 'inline fulfil',
  async handle(notice, deps) {
    const synced = await syncPayment(notice, deps)
    if (!synced.ok) return respondToFailure(synced.failure)
    if (synced.value.order.status === 'paid') await deps.fulfil(synced.value.order.merchantUid)
    return respondWith(synced.value.order)
  },
}

/** Relies on a unique index, which is missing, to stop a payment from paying two orders. */
const missingUnique: SystemUnderTest = {
  ...quayside,
  name: 'missing UNIQUE',
  guards: { ...allGuards, uniquePayment: false },
  async handle(notice, deps) {
    const found = await deps.store.find(notice.merchantUid)
    const record = await deps.fetchPayment(notice.impUid)
    if (!found.ok || !record.ok) return retryLater
    const payment = parsePayment(record.value)
    if (!payment.ok) return retryLater
    const claimed = { ...found.value, merchantUid: payment.value.merchantUid }
    const verified = verifyPayment(payment.value, claimed, 'live')
    if (!verified.ok) return forgery
    const decision = decide(verified.value, found.value)
    if (decision.kind !== 'become') return respondWith(found.value)
    const change = { order: found.value, payment: verified.value, to: decision.to }
    const recorded = await deps.store.record(change)
    return recorded.ok ? respondWith(recorded.value) : retryLater
  },
}

/** Responds 400, a fault of the provider, to errors of its own. */
const badRequestOnError: SystemUnderTest = {
  ...quayside,
  name: '400 on error',
  async handle(notice, deps) {
    const response = await quayside.handle(notice, deps)
    return response.code >= 500 ? { ...response, code: 400 } : response
  },
}

/** Takes an error of the provider for a failed payment. */
const errorMeansFailed: SystemUnderTest = {
  ...quayside,
  name: 'error means failed',
  async handle(notice, deps) {
    const synced = await syncPayment(notice, deps)
    if (synced.ok) return respondWith(synced.value.order)
    if (synced.failure.reason !== 'provider_unavailable') {
      return respondToFailure(synced.failure)
    }
    const found = await deps.store.find(notice.merchantUid)
    if (!found.ok || found.value.status !== 'pending') return retryLater
    const { sequence } = found.value
    const failed: Order = { ...found.value, status: 'failed', sequence: sequence + 1 }
    await deps.overwrite({ ...failed, impUid: notice.impUid })
    return respondWith(failed)
  },
}

/** Responds at once and works afterwards. */
const ackBeforeCommit: SystemUnderTest = {
  ...quayside,
  name: 'ack before commit',
  async handle(notice, deps) {
    const found = await deps.store.find(notice.merchantUid)
    if (!found.ok) return retryLater
    const rest = quayside.handle(notice, deps)
    // Its result is ignored: the response has been sent.
    rest.catch(() => undefined)
    return respondWith(found.value)
  },
}

/** Fulfils an order and then records that it did. */
const effectBeforeCommit: SystemUnderTest = {
  ...quayside,
  name: 'effect before commit',
  async handle(notice, deps) {
    const lookup = await lookUpAndVerify(notice, deps)
    if (!lookup.ok) return lookup.failure
    const { order, payment } = lookup.value
    const decision = decide(payment, order)
    if (decision.kind !== 'become') return respondWith(order)
    if (decision.to === 'paid') await deps.fulfil(order.merchantUid)
    const recorded = await deps.store.record({ order, payment, to: decision.to })
    return recorded.ok ? respondWith(recorded.value) : retryLater
  },
}

/** Two sweeps send the events that both of them found. */
const noLease: SystemUnderTest = {
  ...quayside,
  name: 'sweeper without lease',
  guards: { ...allGuards, lease: false },
}

/** Records a late or second payment by the order as it was read, which may have changed. */
const recordsStaleAttempt: SystemUnderTest = {
  ...quayside,
  name: 'records a stale attempt',
  guards: { ...allGuards, attemptSequence: false },
}

/** Treats a failure as final. */
const failedIsFinal: SystemUnderTest = {
  ...quayside,
  name: 'failed is final',
  guards: { ...allGuards, lateApproval: false },
}

/** Applies events as they arrive. */
const cancelNotSequenced: SystemUnderTest = {
  ...quayside,
  name: 'cancel not sequenced',
  receive: (merchant, event) => merchant.receiveUnordered(event),
}

/** Each of these systems with an invariant that it must break. */
const commonFlaws: readonly (readonly [system: SystemUnderTest, breaks: string])[] = [
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
  [recordsStaleAttempt, 'I6'],
  [failedIsFinal, 'I4'],
  [cancelNotSequenced, 'I9'],
]

/** Every flawed system with an invariant that it must break. */
export const flawedSystems: readonly (readonly [system: SystemUnderTest, breaks: string])[] = [
  ...commonFlaws,
  ...subtleFlaws,
  ...accountFlaws,
]
