import type {
  ChargeAttempt,
  OrderStatus,
  SubscriptionEvent,
  SubscriptionState,
  SubscriptionWrite,
} from '../../../packages/core/src/index.ts'
import type { LedgerPayment } from './ledger.ts'

interface OrderRow {
  status: OrderStatus
  failReason: string | null
}

/** The least that a store has to be: one row with a sequence, attempts, their orders, and events. */
export class ModelStore {
  readonly events: SubscriptionEvent[] = []
  readonly #orders = new Map<string, OrderRow>()
  #subscription: SubscriptionWrite['subscription']
  #attempts: readonly ChargeAttempt[] = []

  constructor({ subscription, events }: SubscriptionWrite) {
    this.#subscription = subscription
    this.events.push(...events)
  }

  get dueAt(): number | null {
    return this.#subscription.dueAt
  }

  read(billingKeys: readonly string[]): SubscriptionState {
    const attempts = this.#attempts.map((attempt) => {
      const { status, failReason } = this.#orders.get(attempt.merchantUid) ?? newOrder()
      return { ...attempt, orderStatus: status, failReason }
    })
    const { period } = this.#subscription
    return {
      subscription: this.#subscription,
      attempts: attempts.filter((attempt) => isNeeded(attempt, period)),
      billingKeys,
    }
  }

  /** One transaction. False when another writer was first. */
  write(sequence: number, { subscription, attempts, events }: SubscriptionWrite): boolean {
    if (this.#subscription.sequence !== sequence) return false
    this.#subscription = subscription
    const changed = new Set(attempts.map(({ merchantUid }) => merchantUid))
    this.#attempts = [
      ...this.#attempts.filter(({ merchantUid }) => !changed.has(merchantUid)),
      ...attempts,
    ]
    for (const { merchantUid } of attempts) {
      if (!this.#orders.has(merchantUid)) this.#orders.set(merchantUid, newOrder())
    }
    this.events.push(...events)
    return true
  }

  wait(sequence: number, dueAt: number | null): boolean {
    if (this.#subscription.sequence !== sequence) return false
    this.#subscription = { ...this.#subscription, dueAt }
    return true
  }

  /** Wakes it, so that a waiting writer that has read it before cannot send it to sleep again. */
  wake(now: number): void {
    const { sequence } = this.#subscription
    this.#subscription = { ...this.#subscription, dueAt: now, sequence: sequence + 1 }
  }

  /** What the order pipeline does with a record that it looked up. */
  applyRecord({ merchantUid, status, failReason }: LedgerPayment, now: number): void {
    const order = this.#orders.get(merchantUid)
    if (order === undefined) return
    const before = order.status
    if (status === 'cancelled') order.status = 'cancelled'
    else if (status === 'paid' && before !== 'cancelled') order.status = 'paid'
    else if (status === 'failed' && before === 'pending') {
      order.status = 'failed'
      order.failReason = failReason
    }
    if (order.status !== before) this.wake(now)
  }

  /** Removes the due time: what a store does that forgets to plan. */
  forget(): void {
    this.#subscription = { ...this.#subscription, dueAt: null }
  }
}

function newOrder(): OrderRow {
  return { status: 'pending', failReason: null }
}

function isNeeded({ period, state, orderStatus }: ChargeAttempt, open: number): boolean {
  if (period === open || state === 'open' || state === 'refunding') return true
  const isMoney = orderStatus === 'paid' || orderStatus === 'partially_cancelled'
  return (state === 'failed' && isMoney) || (state === 'booked' && orderStatus === 'cancelled')
}
