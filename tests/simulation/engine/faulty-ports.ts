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
import type { Design, Desk } from '../systems/system.ts'
import type { Booked, Story } from '../workload/payments.ts'
import type { Instant, Tables } from './fake-database.ts'
import type { Shop } from './fake-merchant.ts'
import type { Chance } from './prng.ts'
import type { CallName, Process, Scheduler, Task } from './scheduler.ts'

/** What the ports of a schedule stand on. */
export interface Ground {
  readonly story: Story
  readonly tables: Tables
  readonly shop: Shop
  readonly orphans: string[]
  readonly clock: Instant
  readonly chance: Chance
  readonly scheduler: Pick<Scheduler, 'call'>
  readonly design: Design
}

const away = fail({
  reason: 'store_unavailable',
  cause: `Network connection lost: ${canary}`,
} as const)
const down = fail({
  reason: 'provider_unavailable',
  cause: `timeout: imp_secret=${canary}`,
} as const)
const storeAway = () => away
const providerDown = () => down
const shopRefuses = () => false

/** The ports of one task. Each call waits at a gate and meets a fate there. */
export class Ports implements Desk, OrderStore {
  readonly mode = 'live'
  readonly #task: Task
  readonly #ground: Ground

  constructor(task: Task, ground: Ground) {
    this.#task = task
    this.#ground = ground
  }

  get store(): OrderStore {
    return this
  }

  get process(): Process {
    return this.#task.process
  }

  // Bound, because core takes it out of its room before it calls it.
  readonly fetchPayment: FetchPayment = (impUid) => {
    this.#task.lookups++
    return this.#ground.scheduler.call<Result<unknown, LookupFailure>>(
      this.#task,
      'fetch',
      () => {
        const { payments } = this.#ground.story
        const record = recordOf(payments.find((each) => each.impUid === impUid))
        return record === null ? fail({ reason: 'payment_not_found', impUid }) : ok(record)
      },
      () => makeTrouble(this.#ground),
    )
  }

  now(): Date {
    return new Date(this.#ground.clock.ms)
  }

  find(merchantUid: MerchantUid) {
    return this.#onStore('find', () => this.#ground.tables.find(merchantUid))
  }

  record(change: Change) {
    return this.#onStore('record', () => this.#ground.tables.record(change))
  }

  recordAttempt(attempt: Attempt) {
    return this.#onStore('note', () => this.#ground.tables.note(attempt))
  }

  listOpen() {
    return this.#onStore('list', () => ok(this.#ground.tables.listOpen()))
  }

  expire(order: Order) {
    return this.#onStore('expire', () => this.#ground.tables.expire(order))
  }

  claim(id: string | null) {
    return this.#onStore('claim', () => ok(this.#ground.tables.claim(id)))
  }

  mark(id: string) {
    return this.#write('mark', () => this.#ground.tables.mark(id))
  }

  putAside(impUid: string) {
    return this.#write('note', () => this.#ground.orphans.push(impUid))
  }

  overwrite(order: Order) {
    return this.#write('record', () => this.#ground.tables.overwrite(order))
  }

  search(merchantUid: MerchantUid) {
    return this.#onProvider((each) => each.owner === merchantUid)
  }

  searchAll() {
    return this.#onProvider((each) => !each.sandbox)
  }

  send(event: EventRow) {
    const { design, shop } = this.#ground
    return this.#onShop(() => design.receive(shop, event))
  }

  fulfil(merchantUid: MerchantUid) {
    return this.#onShop(() => this.#ground.shop.fulfil(merchantUid))
  }

  #onStore<T>(name: CallName, effect: () => Result<T, StoreFailure>) {
    return this.#ground.scheduler.call(this.#task, name, effect, storeAway)
  }

  /** A deed of the store that has nothing to tell. */
  #write(name: CallName, effect: () => void) {
    return this.#onStore(name, () => {
      effect()
      return ok(null)
    })
  }

  #onProvider(isWanted: (payment: Booked) => boolean) {
    return this.#ground.scheduler.call<Result<readonly Fields[], LookupFailure>>(
      this.#task,
      'search',
      () => ok(recordsOf(this.#ground.story.payments.filter(isWanted))),
      providerDown,
    )
  }

  #onShop(effect: () => void) {
    const take = () => {
      effect()
      return true
    }
    return this.#ground.scheduler.call(this.#task, 'send', take, shopRefuses)
  }
}

function recordOf(payment: Booked | undefined): Fields | null {
  return payment?.records[payment.reached - 1] ?? null
}

function recordsOf(payments: readonly Booked[]): readonly Fields[] {
  return payments.map(recordOf).filter((record) => record !== null)
}

/** The many ways in which an answer of the provider can be no answer. */
function makeTrouble({ chance, story }: Ground): Result<unknown, LookupFailure> {
  const record = recordOf(story.payments[chance.below(story.payments.length)])
  switch (chance.below(7)) {
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
      return down
  }
}
