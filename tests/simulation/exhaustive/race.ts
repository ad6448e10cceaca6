import {
  type Attempt,
  type Change,
  type FetchPayment,
  fail,
  type LookupNotice,
  type MerchantUid,
  type OrderStore,
  ok,
  type SyncDeps,
  syncPayment,
} from '@quayside/core'
import {
  allGuards,
  createFakeDatabase,
  type FakeDatabase,
  type Guards,
} from '../engine/fake-database.ts'
import { createReplayPrng } from '../engine/prng.ts'
import {
  generateWorkload,
  reachVersion,
  startMs,
  type WorkloadPayment,
} from '../workload/payments.ts'

//  find ─► fetch ─► record ─► its acknowledgement ─► response: the five steps of a channel

export const stepsPerChannel = 5

/** The outcome of a channel's commit: no fault, or a failure before or after its effect. */
export type CommitOutcome = 'ok' | 'before' | 'after'

/** The faults of one channel of a race. */
export interface ChannelPlan {
  /** After how many of its steps its process crashes; five means never. */
  readonly crashesAfter: number
  readonly commit: CommitOutcome
}

export const faultless: ChannelPlan = { crashesAfter: stepsPerChannel, commit: 'ok' }

const workload = generateWorkload(createReplayPrng([]))
const [order] = workload.orders
const [payment] = workload.payments
if (payment !== undefined) reachVersion(payment, { step: 0, ms: startMs })
const channels = ['callback', 'redirect', 'webhook'] as const
const storeUnavailable = fail({
  reason: 'store_unavailable',
  cause: 'Network connection lost.',
} as const)

/** One channel that runs `syncPayment`, stopped before each step. */
class ChannelRunner implements OrderStore, SyncDeps {
  readonly mode = 'live'
  readonly #database: FakeDatabase
  readonly #plan: ChannelPlan
  #next: (() => void) | null = null
  #stepsTaken = 0
  result: string | null = null

  constructor(database: FakeDatabase, plan: ChannelPlan, notice: LookupNotice) {
    this.#database = database
    this.#plan = plan
    syncPayment(notice, this).then((synced) => {
      this.#next = () => {
        this.result = synced.ok ? synced.value.order.status : synced.failure.reason
      }
    }, this.#recordThrow)
  }

  /** Takes its next step, unless it has crashed or ended. */
  step(): void {
    if (this.#stepsTaken >= this.#plan.crashesAfter) return
    this.#stepsTaken++
    const next = this.#next
    this.#next = null
    next?.()
  }

  get store(): OrderStore {
    return this
  }

  find(id: MerchantUid): ReturnType<OrderStore['find']> {
    return new Promise((resolve) => {
      this.#next = () => resolve(this.#database.find(id))
    })
  }

  readonly fetchPayment: FetchPayment = () =>
    new Promise((resolve) => {
      this.#next = () => resolve(ok(recordOf(payment)))
    })

  record(change: Change): ReturnType<OrderStore['record']> {
    return new Promise((resolve) => {
      this.#next = () => {
        const { commit } = this.#plan
        const recorded = commit === 'before' ? storeUnavailable : this.#database.record(change)
        this.#next = () => resolve(commit === 'ok' ? recorded : storeUnavailable)
      }
    })
  }

  async recordAttempt(attempt: Attempt): ReturnType<OrderStore['recordAttempt']> {
    return this.#database.recordAttempt(attempt)
  }

  readonly #recordThrow = (cause: unknown): void => {
    this.result = `threw ${String(cause)}`
  }
}

/** A race of channels for one order. */
export class Race {
  readonly #database: FakeDatabase
  readonly #runners: readonly ChannelRunner[]
  readonly #plans: readonly ChannelPlan[]
  readonly #ordering: Uint8Array
  #at = 0

  constructor(ordering: Uint8Array, plans: readonly ChannelPlan[], guards: Guards = allGuards) {
    this.#ordering = ordering.slice()
    this.#plans = plans
    this.#database = createFakeDatabase({ step: 0, ms: 0 }, guards)
    if (order !== undefined) this.#database.open(order)
    this.#runners = plans.map((plan, at) => new ChannelRunner(this.#database, plan, noticeOf(at)))
  }

  /** Lets the next channel take its step; false at the end. */
  step(): boolean {
    this.#runners[this.#ordering[this.#at++] ?? 0]?.step()
    return this.#at < this.#ordering.length
  }

  /** Syncs the payment as a recovery sweep would, after all channels have ended. */
  async recover(): Promise<void> {
    const deps: SyncDeps = {
      mode: 'live',
      store: {
        find: async (id) => this.#database.find(id),
        record: async (change) => this.#database.record(change),
        recordAttempt: async (attempt) => this.#database.recordAttempt(attempt),
      },
      fetchPayment: async () => ok(recordOf(payment)),
    }
    await syncPayment(noticeOf(2), deps)
  }

  /** Whether there was a fault, so that recovery has to follow. */
  get hasFaults(): boolean {
    return this.#plans.some((plan) => plan !== faultless)
  }

  /** The order in which the channels took their steps. */
  get path(): string {
    return this.#ordering.join('')
  }

  /** The violation of the race; null when there is none. */
  check(): string | null {
    const { events, orders } = this.#database
    const final = [...orders.values()][0]
    if (events.length !== 1 || events[0]?.kind !== 'paid') return `${events.length} events`
    if (final?.status !== 'paid' || final.sequence !== 1) return `order is ${final?.status}`
    const wrongAt = this.#runners.findIndex(
      ({ result }, at) => !isCorrect(result, this.#plans[at] ?? faultless),
    )
    return wrongAt < 0 ? null : `channel ${wrongAt} got ${this.#runners[wrongAt]?.result}`
  }
}

/** A channel that did not crash got the order's status, or that the store is unavailable where it was. */
function isCorrect(result: string | null, plan: ChannelPlan): boolean {
  if (result === null) return plan.crashesAfter < stepsPerChannel
  return result === 'paid' || (result === 'store_unavailable' && plan.commit !== 'ok')
}

function recordOf(planned: WorkloadPayment | undefined): unknown {
  return planned?.records[0]
}

function noticeOf(at: number): LookupNotice {
  if (payment === undefined || order === undefined)
    throw new TypeError('Cannot race: the workload is empty')
  return {
    kind: 'payment',
    channel: channels[at] ?? 'webhook',
    impUid: payment.impUid,
    merchantUid: order.merchantUid,
    claim: 'unknown',
    claimedStatus: null,
    claimedAmount: null,
    errorCode: null,
    errorMessage: null,
  }
}
