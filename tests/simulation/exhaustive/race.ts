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
import { allGuards, createTables, type Guards, type Tables } from '../engine/fake-database.ts'
import { createReplay } from '../engine/prng.ts'
import { type Booked, tellStory } from '../workload/payments.ts'

//  find ─► fetch ─► record ─► its acknowledgement ─► answer: the five steps of a channel

export const stepsOfChannel = 5

/** What the commit of a channel meets. */
export type Commit = 'ok' | 'before' | 'after'

/** How one channel of a race fares. */
export interface Lane {
  /** After how many of its steps its process dies; five means never. */
  readonly diesAfter: number
  readonly commit: Commit
}

export const calm: Lane = { diesAfter: stepsOfChannel, commit: 'ok' }

const plain = tellStory(createReplay([]))
const [order] = plain.orders
const [payment] = plain.payments
const channels = ['callback', 'redirect', 'webhook'] as const
const away = fail({ reason: 'store_unavailable', cause: 'Network connection lost.' } as const)

/** One channel on its way through `syncPayment`, stopped before each step. */
class Runner implements OrderStore, SyncDeps {
  readonly mode = 'live'
  readonly #tables: Tables
  readonly #lane: Lane
  #go: (() => void) | null = null
  #taken = 0
  word: string | null = null

  constructor(tables: Tables, lane: Lane, notice: LookupNotice) {
    this.#tables = tables
    this.#lane = lane
    syncPayment(notice, this).then((synced) => {
      this.#go = () => {
        this.word = synced.ok ? synced.value.order.status : synced.failure.reason
      }
    }, this.#throwLater)
  }

  /** Takes its next step, if it lives and has one left. */
  step(): void {
    if (this.#taken >= this.#lane.diesAfter) return
    this.#taken++
    const go = this.#go
    this.#go = null
    go?.()
  }

  get store(): OrderStore {
    return this
  }

  find(id: MerchantUid): ReturnType<OrderStore['find']> {
    return new Promise((resolve) => {
      this.#go = () => resolve(this.#tables.find(id))
    })
  }

  readonly fetchPayment: FetchPayment = () =>
    new Promise((resolve) => {
      this.#go = () => resolve(ok(recordOf(payment)))
    })

  record(change: Change): ReturnType<OrderStore['record']> {
    return new Promise((resolve) => {
      this.#go = () => {
        const { commit } = this.#lane
        const recorded = commit === 'before' ? away : this.#tables.record(change)
        this.#go = () => resolve(commit === 'ok' ? recorded : away)
      }
    })
  }

  async recordAttempt(attempt: Attempt): ReturnType<OrderStore['recordAttempt']> {
    return this.#tables.note(attempt)
  }

  readonly #throwLater = (cause: unknown): void => {
    this.word = `threw ${String(cause)}`
  }
}

/** A race of channels for one order. */
export class Race {
  readonly #tables: Tables
  readonly #runners: readonly Runner[]
  readonly #lanes: readonly Lane[]
  readonly #order: Uint8Array
  #at = 0

  constructor(path: Uint8Array, lanes: readonly Lane[], guards: Guards = allGuards) {
    this.#order = path.slice()
    this.#lanes = lanes
    this.#tables = createTables({ step: 0, ms: 0 }, guards)
    if (order !== undefined) this.#tables.open(order)
    this.#runners = lanes.map((lane, at) => new Runner(this.#tables, lane, noticeOf(at)))
  }

  /** Lets the next channel take its step; false at the end. */
  step(): boolean {
    this.#runners[this.#order[this.#at++] ?? 0]?.step()
    return this.#at < this.#order.length
  }

  /** Brings in what a repair sweep would, after everybody is through. */
  async repair(): Promise<void> {
    const rooms: SyncDeps = {
      mode: 'live',
      store: {
        find: async (id) => this.#tables.find(id),
        record: async (change) => this.#tables.record(change),
        recordAttempt: async (attempt) => this.#tables.note(attempt),
      },
      fetchPayment: async () => ok(recordOf(payment)),
    }
    await syncPayment(noticeOf(2), rooms)
  }

  /** Whether something failed, so that repair has to follow. */
  get isWounded(): boolean {
    return this.#lanes.some((lane) => lane !== calm)
  }

  /** The order in which the channels took their steps. */
  get path(): string {
    return this.#order.join('')
  }

  /** What is wrong with how the race ended; null when nothing is. */
  judge(): string | null {
    const { events, orders } = this.#tables
    const stands = [...orders.values()][0]
    if (events.length !== 1 || events[0]?.kind !== 'paid') return `${events.length} events`
    if (stands?.status !== 'paid' || stands.sequence !== 1) return `order is ${stands?.status}`
    const wrong = this.#runners.findIndex(({ word }, at) => !isRight(word, this.#lanes[at] ?? calm))
    return wrong < 0 ? null : `channel ${wrong} was answered ${this.#runners[wrong]?.word}`
  }
}

/** Who lived was told the truth, or that it is not known. */
function isRight(word: string | null, lane: Lane): boolean {
  if (word === null) return lane.diesAfter < stepsOfChannel
  return word === 'paid' || (word === 'store_unavailable' && lane.commit !== 'ok')
}

function recordOf(booked: Booked | undefined): unknown {
  return booked?.records[0]
}

function noticeOf(at: number): LookupNotice {
  if (payment === undefined || order === undefined) throw new TypeError('Cannot race: no story')
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
