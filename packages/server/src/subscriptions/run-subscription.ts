import {
  type ChargeAttempt,
  decideSubscription,
  type Order,
  ok,
  type Result,
  recordLookUp,
  type StoreFailure,
  type SubscriptionStep,
  type SubscriptionWrite,
} from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import type { StoredSubscription } from '../domain/stored-subscription.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import { toDepsOf } from '../payees.ts'
import { createOrderPayments } from '../payments/order-payments.ts'
import { parseRecords } from '../payments/payment-record.ts'
import { syncRecord } from '../payments/sync-record.ts'
import type { Budget, Cost } from '../run-budget.ts'
import { charge } from './charge.ts'
import { toState } from './state.ts'

/** How far a run came with a subscription. `later`: the budget is spent, it has no more steps in this run, or others write it. */
export type RunOutcome = 'waiting' | 'later' | 'gone'

/** More steps than one due time leads to; whatever is left is due again when the lease ends. */
const maxSteps = 12

/** The subscription, its open attempts, and the keys of its customer. */
const costOfReading = { storeCalls: 3 }

/**
 * What the call of a step and its record may use, beside what the step writes of the subscription. With what is read before it, each
 * fits the share that the job always has: a step that needed more would wait for ever where the limits are small.
 */
const costsOfCalls: Readonly<Record<SubscriptionStep['kind'], Cost>> = {
  wait: { storeCalls: 0, requests: 0 },
  book: { storeCalls: 0, requests: 0 },
  change: { storeCalls: 0, requests: 0 },
  // The new order and its poll; the order that is paid, its event and its payment, the subscription woken.
  charge: { storeCalls: 8, requests: 1 },
  // The order is read first.
  send_again: { storeCalls: 7, requests: 1 },
  // The subscription is read again, and what the lookup shows of it is written. What it finds is paid for as it is found.
  look_up: { storeCalls: 5, requests: 6 },
  // The order is read, the cancel opened, and what the provider answers recorded.
  refund: { storeCalls: 10, requests: 6 },
}

/** A payment that a lookup finds: its order is read, changed and told of, and the subscription woken. */
const costOfFound = { storeCalls: 7 }

/**
 * Does what is due of a subscription, step by step, until it waits. Each step is written before its call is made, by one
 * caller only; whoever comes second decides again on what it reads back.
 *
 * @returns How far it came. Fails with `store_unavailable`; what was written stays, and the rest is due when the lease ends.
 */
export async function runSubscription(
  read: StoredSubscription,
  deps: JobDeps,
  budget: Budget,
): Promise<Result<RunOutcome, StoreFailure>> {
  const { subscriptions, billingKeys } = deps.store
  const readKeys = () => billingKeys.usableKeys(read.customerId, deps.config.mode, read.payee)
  const decide = (of: readonly string[]) =>
    decideSubscription(toState(stored, of), deps.now().getTime())
  let stored = read
  let keys = await readKeys()
  if (!keys.ok) return keys
  let hasCalled = false
  for (let steps = 0; steps < maxSteps; steps++) {
    let step = decide(keys.value)
    // A call takes its time, and a key may have been given up meanwhile.
    if (hasCalled && (step.kind === 'charge' || step.kind === 'send_again')) {
      if (!budget.take({ storeCalls: 1 })) return ok('later')
      keys = await readKeys()
      if (!keys.ok) return keys
      hasCalled = false
      step = decide(keys.value)
    }
    if (step.kind === 'wait' && isPlanned(stored, step.until)) return ok('waiting')
    const write = step.kind === 'wait' ? toWait(stored, step.until) : step.write
    if (!budget.take(toCost(step.kind, stored, write))) return ok('later')
    const written = await subscriptions.write(stored, write)
    if (!written.ok) return written
    if (step.kind === 'wait' && written.value !== null) return ok('waiting')
    let next = written.value
    if (next !== null && hasCall(step)) {
      const called = await call(step, next, keys.value, { ...deps, budget })
      if (!called.ok) return called
      next = called.value
      hasCalled = true
    }
    if (next === null) {
      if (!budget.take(costOfReading)) return ok('later')
      const current = await readAgain(read, deps)
      if (!current.ok) return current
      if (current.value === null) return ok('gone')
      next = current.value
      // After the subscription: giving up a key changes its revision, so that no charge of that key is written.
      keys = await readKeys()
      if (!keys.ok) return keys
      hasCalled = false
    }
    stored = next
  }
  return ok('later')
}

/** What a step may use at most: it writes the subscription, each of its attempts, and the events. */
function toCost(
  kind: SubscriptionStep['kind'],
  { attempts }: StoredSubscription,
  write: SubscriptionWrite,
): Cost {
  const written = new Set([...attempts, ...write.attempts].map(({ merchantUid }) => merchantUid))
  const { storeCalls, requests } = costsOfCalls[kind]
  return { storeCalls: storeCalls + 1 + written.size + write.events.length, requests }
}

interface RunDeps extends JobDeps {
  readonly budget: Budget
}

/** A step that makes a call after it was written. */
type StepWithCall = Exclude<SubscriptionStep, { readonly kind: 'wait' | 'book' | 'change' }>

function hasCall(step: SubscriptionStep): step is StepWithCall {
  switch (step.kind) {
    case 'charge':
    case 'send_again':
    case 'look_up':
    case 'refund':
      return true
    case 'wait':
    case 'book':
    case 'change':
      return false
  }
}

/**
 * Makes the call of a step and records what it shows.
 *
 * @returns The subscription as it is then; null when it has to be read again.
 */
async function call(
  step: StepWithCall,
  stored: StoredSubscription,
  billingKeys: readonly string[],
  deps: RunDeps,
): Promise<Result<StoredSubscription | null, StoreFailure>> {
  const { merchantUid } = step.attempt
  switch (step.kind) {
    case 'charge':
    case 'send_again': {
      const charged = await charge(step.attempt, stored, billingKeys, deps)
      switch (charged.kind) {
        case 'recorded':
          return ok(toRecorded(stored, charged.order, deps.now()))
        case 'refused':
          return deps.store.subscriptions.write(stored, charged.write)
        case 'unknown':
          return ok(null)
      }
    }
    case 'look_up': {
      const askedAt = deps.now().getTime()
      const isFound = await lookUp(step.attempt, stored, deps)
      const current = await readAgain(stored, deps)
      if (isFound === null || !current.ok || current.value === null) return current
      const at = deps.now().getTime()
      const state = toState(current.value, billingKeys)
      const known = recordLookUp(state, merchantUid, isFound, askedAt, at)
      return known === null ? current : deps.store.subscriptions.write(current.value, known)
    }
    case 'refund': {
      await refundAttempt(step.attempt, deps)
      return ok(null)
    }
  }
}

/** Refunds what is left of the payment of an attempt. It is requested again when the next check is due, with its checksum. */
export async function refundAttempt({ merchantUid }: ChargeAttempt, deps: JobDeps): Promise<void> {
  const waitForNothing = async () => undefined
  const request = { reason: 'refund of a subscription' }
  const refunded = await cancelOrder(merchantUid, request, { ...deps, sleep: waitForNothing })
  if (refunded.ok) return
  deps.log('subscription_not_refunded', { merchantUid, reason: refunded.failure.reason })
}

/**
 * Records every payment of an attempt that the provider has, as far as the budget goes. Returns whether there is one; null
 * when that is not known.
 */
async function lookUp(
  { merchantUid }: ChargeAttempt,
  { payee }: StoredSubscription,
  deps: RunDeps,
): Promise<boolean | null> {
  const found = await createOrderPayments(toDepsOf(payee, deps).client)(merchantUid)
  if (!found.ok) {
    deps.log('charge_not_looked_up', { merchantUid, reason: found.failure.reason })
    return null
  }
  for (const { payment, record } of parseRecords(found.value, deps.log)) {
    if (!deps.budget.take(costOfFound)) return null
    const order = await deps.store.orders.find(merchantUid)
    if (!order.ok) return null
    const synced = await syncRecord(order.value, payment.impUid, record, deps)
    if (!synced.ok) deps.log('charge_not_recorded', { merchantUid, reason: synced.failure.reason })
  }
  return found.value.length > 0
}

/**
 * Returns the subscription after an order of it was written once since the subscription was: that woke it, and raised its revision by
 * one. If anything else was written meanwhile, the revision is another one, and the next step writes nothing.
 */
function toRecorded(stored: StoredSubscription, order: Order, at: Date): StoredSubscription {
  const { merchantUid, status, impUid, paidAt, failReason } = order
  return {
    ...stored,
    attempts: stored.attempts.map((attempt) =>
      attempt.merchantUid === merchantUid
        ? { ...attempt, orderStatus: status, impUid, paidAt, failReason }
        : attempt,
    ),
    revision: stored.revision + 1,
    dueAt: at,
  }
}

async function readAgain(
  { subscription }: StoredSubscription,
  { store }: JobDeps,
): Promise<Result<StoredSubscription | null, StoreFailure>> {
  const read = await store.subscriptions.read([subscription.id])
  return read.ok ? ok(read.value[0] ?? null) : read
}

/** Whether the row says already when it is due: a lease or a wake replaces that time. */
function isPlanned({ subscription, dueAt }: StoredSubscription, until: number | null): boolean {
  return (dueAt?.getTime() ?? null) === until && subscription.dueAt === until
}

function toWait({ subscription }: StoredSubscription, until: number | null): SubscriptionWrite {
  return { subscription: { ...subscription, dueAt: until }, attempts: [], events: [] }
}
