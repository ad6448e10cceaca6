import {
  type Attempt,
  type Change,
  type FetchPayment,
  type Fields,
  fail,
  type LookupFailure,
  type MerchantUid,
  type Order,
  type OrderStore,
  ok,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import { canary, type EventRow } from '../checkers/history.ts'
import type { SystemDeps, SystemUnderTest } from '../systems/system.ts'
import type { Workload, WorkloadPayment } from '../workload/payments.ts'
import type { SimulatedClock } from './clock.ts'
import type { FakeDatabase } from './fake-database.ts'
import type { FakeMerchant } from './fake-merchant.ts'
import type { Prng } from './prng.ts'
import type { CallName, Process, Scheduler, Task } from './scheduler.ts'

/** What the ports of all tasks of a schedule share. */
export interface PortContext {
  readonly workload: Workload
  readonly database: FakeDatabase
  readonly merchant: FakeMerchant
  readonly paymentsWithoutOrder: string[]
  readonly clock: SimulatedClock
  readonly prng: Prng
  readonly scheduler: Pick<Scheduler, 'call'>
  readonly system: SystemUnderTest
}

const storeUnavailable = fail({
  reason: 'store_unavailable',
  cause: `Network connection lost: Bearer ${canary}`,
} as const)
const providerUnavailable = fail({
  reason: 'provider_unavailable',
  cause: `timeout: imp_secret=${canary}`,
} as const)
const failStoreCall = () => storeUnavailable
const failProviderCall = () => providerUnavailable
const failDelivery = () => false

/** The ports of one task. Each call waits for the scheduler, which also decides its outcome. */
export class FaultyPorts implements SystemDeps, OrderStore {
  readonly mode = 'live'
  readonly #task: Task
  readonly #context: PortContext

  constructor(task: Task, context: PortContext) {
    this.#task = task
    this.#context = context
  }

  get store(): OrderStore {
    return this
  }

  get process(): Process {
    return this.#task.process
  }

  // Bound, because core takes it out of its deps before it calls it.
  readonly fetchPayment: FetchPayment = (impUid) => {
    this.#task.lookups++
    return this.#context.scheduler.call<Result<unknown, LookupFailure>>(
      this.#task,
      'fetch',
      () => {
        const { payments } = this.#context.workload
        const record = recordOf(payments.find((each) => each.impUid === impUid))
        return record === null ? fail({ reason: 'payment_not_found', impUid }) : ok(record)
      },
      () => createFaultyResponse(this.#context),
    )
  }

  now(): Date {
    return new Date(this.#context.clock.ms)
  }

  find(merchantUid: MerchantUid) {
    return this.#callStore('find', () => this.#context.database.find(merchantUid))
  }

  record(change: Change) {
    return this.#callStore('record', () => this.#context.database.record(change))
  }

  recordAttempt(attempt: Attempt) {
    return this.#callStore('record_attempt', () => this.#context.database.recordAttempt(attempt))
  }

  listOpen() {
    return this.#callStore('list', () => ok(this.#context.database.listOpen()))
  }

  expire(order: Order) {
    return this.#callStore('expire', () => this.#context.database.expire(order))
  }

  claim(id: string | null) {
    return this.#callStore('claim', () => ok(this.#context.database.claim(id)))
  }

  markDelivered(id: string) {
    return this.#write('mark_delivered', () => this.#context.database.markDelivered(id))
  }

  recordPaymentWithoutOrder(impUid: string) {
    return this.#write('record_attempt', () => this.#context.paymentsWithoutOrder.push(impUid))
  }

  overwrite(order: Order) {
    return this.#write('record', () => this.#context.database.overwrite(order))
  }

  search(merchantUid: MerchantUid) {
    return this.#callProvider((each) => each.merchantUid === merchantUid)
  }

  searchAll() {
    return this.#callProvider((each) => !each.sandbox)
  }

  send(event: EventRow) {
    const { system, merchant } = this.#context
    return this.#callMerchant(() => system.receive(merchant, event))
  }

  fulfil(merchantUid: MerchantUid) {
    return this.#callMerchant(() => this.#context.merchant.fulfil(merchantUid))
  }

  #callStore<T>(name: CallName, effect: () => Result<T, StoreFailure>) {
    return this.#context.scheduler.call(this.#task, name, effect, failStoreCall)
  }

  /** A write of the store without a result. */
  #write(name: CallName, effect: () => void) {
    return this.#callStore(name, () => {
      effect()
      return ok(null)
    })
  }

  #callProvider(isMatch: (payment: WorkloadPayment) => boolean) {
    return this.#context.scheduler.call<Result<readonly Fields[], LookupFailure>>(
      this.#task,
      'search',
      () => ok(recordsOf(this.#context.workload.payments.filter(isMatch))),
      failProviderCall,
    )
  }

  #callMerchant(effect: () => void) {
    const apply = () => {
      effect()
      return true
    }
    return this.#context.scheduler.call(this.#task, 'send', apply, failDelivery)
  }
}

function recordOf(payment: WorkloadPayment | undefined): Fields | null {
  return payment?.records[payment.versionsReached - 1] ?? null
}

function recordsOf(payments: readonly WorkloadPayment[]): readonly Fields[] {
  return payments.map(recordOf).filter((record) => record !== null)
}

/** The ways in which a response of the provider can be unusable. */
function createFaultyResponse({ prng, workload }: PortContext): Result<unknown, LookupFailure> {
  const record = recordOf(workload.payments[prng.below(workload.payments.length)])
  switch (prng.below(7)) {
    case 1:
      return fail({ reason: 'provider_refused_us', cause: 401 })
    case 2:
      return ok(null)
    case 3:
      return ok('<html>502 Bad Gateway</html>')
    case 4:
      return ok({ ...record, amount: String(record?.['amount']) })
    case 5:
      return ok({ ...record, cancel_amount: undefined })
    case 6:
      return ok({ ...record, imp_uid: 'imp_of_somebody_else' })
    default:
      return providerUnavailable
  }
}
