import {
  type ChargeAttempt,
  decideSubscription,
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

/** Writing a step and reading the subscription; with the event of a subscription and an attempt that is settled. */
const costOfWrite = { storeCalls: 7 }

/** What a step and its call may use at most. */
const costs: Readonly<Record<SubscriptionStep['kind'], Partial<Cost>>> = {
  wait: costOfWrite,
  book: costOfWrite,
  change: costOfWrite,
  // The attempt with its order and its poll; the order with its event and its payment, and the subscription woken; read again.
  charge: { storeCalls: 14, requests: 1 },
  send_again: { storeCalls: 14, requests: 1 },
  look_up: { storeCalls: 24, requests: 6 },
  refund: { storeCalls: 24, requests: 6 },
}

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
  const readKeys = () => billingKeys.usableKeys(read.customerId, deps.config.mode)
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
    if (!budget.take(costs[step.kind])) return ok('later')
    const write = step.kind === 'wait' ? toWait(stored, step.until) : step.write
    const written = await subscriptions.write(stored, write)
    if (!written.ok) return written
    if (written.value.stored === null) return ok('gone')
    stored = written.value.stored
    if (step.kind === 'wait' && written.value.isWritten) return ok('waiting')
    if (!written.value.isWritten || !hasCall(step)) continue
    const called = await call(step, stored, keys.value, deps)
    if (!called.ok) return called
    if (called.value === null) return ok('gone')
    stored = called.value
    hasCalled = true
  }
  return ok('later')
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

/** Makes the call of a step, records what it shows, and returns the subscription as it is then; null when it is gone. */
async function call(
  step: StepWithCall,
  stored: StoredSubscription,
  billingKeys: readonly string[],
  deps: JobDeps,
): Promise<Result<StoredSubscription | null, StoreFailure>> {
  const { merchantUid } = step.attempt
  switch (step.kind) {
    case 'charge':
    case 'send_again': {
      const refused = await charge(step.attempt, stored, billingKeys, deps)
      return refused === null ? readAgain(stored, deps) : writeKnown(stored, refused, deps)
    }
    case 'look_up': {
      const askedAt = deps.now().getTime()
      const isFound = await lookUp(step.attempt, deps)
      const current = await readAgain(stored, deps)
      if (isFound === null || !current.ok || current.value === null) return current
      const at = deps.now().getTime()
      const state = toState(current.value, billingKeys)
      const known = recordLookUp(state, merchantUid, isFound, askedAt, at)
      return known === null ? current : writeKnown(current.value, known, deps)
    }
    case 'refund': {
      await refundAttempt(step.attempt, deps)
      return readAgain(stored, deps)
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

/** Records every payment of an attempt that the provider has. Returns whether there is one; null when that is not known. */
async function lookUp({ merchantUid }: ChargeAttempt, deps: JobDeps): Promise<boolean | null> {
  const found = await createOrderPayments(deps.client)(merchantUid)
  if (!found.ok) {
    deps.log('charge_not_looked_up', { merchantUid, reason: found.failure.reason })
    return null
  }
  for (const { payment, record } of parseRecords(found.value, deps.log)) {
    const order = await deps.store.orders.find(merchantUid)
    if (!order.ok) return null
    const synced = await syncRecord(order.value, payment.impUid, record, deps)
    if (!synced.ok) deps.log('charge_not_recorded', { merchantUid, reason: synced.failure.reason })
  }
  return found.value.length > 0
}

/** Writes what an answer showed. Whoever wrote first decides on the same answer later, by a lookup. */
async function writeKnown(
  stored: StoredSubscription,
  write: SubscriptionWrite,
  deps: JobDeps,
): Promise<Result<StoredSubscription | null, StoreFailure>> {
  const written = await deps.store.subscriptions.write(stored, write)
  return written.ok ? ok(written.value.stored) : written
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
