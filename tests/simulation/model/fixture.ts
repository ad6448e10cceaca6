import type { MerchantUid } from '@quayside/core'
import { agrees, type Standing } from '../checkers/history.ts'
import { judgeSchedule } from '../checkers/invariants.ts'
import type { Instant } from '../engine/fake-database.ts'
import type { Entrance } from '../systems/http-app.ts'
import type { Reply } from '../systems/system.ts'
import type { Mail } from '../workload/notices.ts'
import { start } from '../workload/payments.ts'
import { Dock, type Ongoing } from './driver.ts'
import type { Turn } from './held-calls.ts'
import {
  type Followed,
  follow,
  type Hand,
  isSameRow,
  learn,
  type News,
  newsOf,
  unpaid,
} from './model.ts'
import { Books, type Live, price } from './provider-state.ts'

/** What the callback's answer says of an order that stands so. */
const shown = (status: Standing): Standing => (status === 'expired' ? 'failed' : status)
/** A page of the shop stands for several states. */
const paged: readonly Standing[] = ['paid', 'vbank_issued', 'pending']

/** The books, the product, and the model that follows it: after each deed the product is held against it. */
export class Scene {
  readonly clock: Instant = { step: 1, ms: start }
  readonly books: Books = new Books(this.clock)
  readonly dock: Dock
  readonly orders = new Map<string, Followed>()
  /** The notice that came last, which may come again. */
  last: Mail | null = null
  trouble = 0
  readonly #tell: (key: string) => void
  #stragglers: Hand[] = []
  #seen = 0

  constructor(build: () => Entrance, tell: (key: string) => void) {
    this.#tell = tell
    this.dock = new Dock({
      books: this.books,
      clock: this.clock,
      build,
      trouble: () => this.trouble,
    })
  }

  open(isLateWelcome: boolean): void {
    const order = this.books.order(isLateWelcome)
    this.dock.tables.open(order)
    const { merchantUid: merchant_uid } = order
    this.orders.set(merchant_uid, { merchant_uid, isLateWelcome, row: unpaid, sequence: 0 })
  }

  async bring(notice: Mail, heldAfter: number | null = null): Promise<void> {
    this.last = notice
    const payment = this.books.payments.find(({ impUid }) => impUid === notice.impUid)
    const hand = payment === undefined ? null : this.#handOf(payment, notice.merchantUid)
    const [ongoing, turn] = this.dock.bring(notice, hand, heldAfter)
    this.#hold(ongoing, await turn)
  }

  async resume(ongoing: Ongoing): Promise<void> {
    this.#hold(ongoing, await this.dock.resume(ongoing))
  }

  async confirm(payment: Live, amount: number): Promise<void> {
    const { impUid, owner } = payment
    const { task, code } = await this.dock.confirm({
      kind: 'payment',
      impUid,
      merchantUid: owner,
      amount,
    })
    const status = this.orders.get(owner)?.row.status
    const right = isOpen(status) && amount === price ? 200 : 409
    if (code === 200 && right !== 200) wrong(`confirmed ${amount} for ${owner}, which is ${status}`)
    if (task.faults === 0 && code !== right) wrong(`confirm answered ${code}, not ${right}`)
    this.#watch([])
  }

  /** A minute passes: what hung takes place, what is open is looked up, what is due is sent. */
  async passMinute(): Promise<void> {
    this.clock.ms += 60_000
    // A lease that is taken late still holds.
    const isLate = this.dock.gates.stragglers.length > 0
    this.#straggle()
    const open = [...this.orders.values()].filter(({ row }) => isOpen(row.status))
    const payments = this.books.payments.flatMap((each) => this.#handOf(each, each.owner) ?? [])
    const sweep = await this.dock.run((design, desk) => design.sweep(desk))
    this.#stragglers.push(...(this.dock.gates.stragglers.length > 0 ? payments : []))
    this.#watch(payments)
    for (const order of sweep.faults === 0 ? open : []) {
      this.#mustBeSwept(order, payments)
      if (order.row.status === 'vbank_issued' && this.books.isOverdue(order.row)) {
        wrong(`${order.merchant_uid} is overdue and still open`)
      }
    }
    const sending = await this.dock.run((design, desk) => design.deliver(desk, null))
    if (!isLate && sweep.faults + sending.faults === 0) this.#mustBeTold()
    this.#watch(payments)
  }

  async audit(): Promise<void> {
    this.clock.ms += 86_400_000
    const payments = this.books.payments.flatMap((each) => this.#handOf(each, each.owner) ?? [])
    await this.dock.run((design, desk) => design.audit(desk))
    this.#watch(payments)
    for (const order of this.orders.values()) this.#mustBeSwept(order, payments)
    await this.dock.run((design, desk) => design.deliver(desk, null))
    this.#mustBeTold()
  }

  /** Sends what the queue names. */
  async deliver(id: string): Promise<void> {
    await this.dock.run((design, desk) => design.deliver(desk, id))
    this.#watch([])
  }

  /** Time passes, and what hung takes place after all. */
  waitUntil(ms: number): void {
    this.clock.ms = Math.max(this.clock.ms, ms)
    this.#straggle()
  }

  #straggle(): void {
    for (const { effect } of this.dock.gates.takeStragglers()) effect()
    this.#watch([])
    this.#stragglers = []
  }

  /** The faults are over; everybody ends, two minutes and a day pass. */
  async end(): Promise<void> {
    Object.assign(this.dock.gates.armed, { store: null, upstream: null })
    for (const ongoing of this.dock.held) await this.resume(ongoing)
    await this.passMinute()
    await this.passMinute()
    const soon = judgeSchedule(this.dock.gather(), 'minutes')
    await this.audit()
    const broken = [...soon, ...judgeSchedule(this.dock.gather(), 'day')]
    if (broken.length > 0) wrong(broken.join('; '))
  }

  #hold(ongoing: Ongoing, turn: Turn<Reply>): void {
    const { hand, task } = ongoing
    const hands = hand === null ? [] : [hand]
    const isStraggling = this.dock.gates.stragglers.some((each) => each.task === task)
    if (isStraggling) this.#stragglers.push(...hands)
    this.#watch(hands)
    if (turn.how === 'done') this.#mustBeRight(ongoing, turn.value)
  }

  /** Follows what happened since: each of it must have been news in somebody's hand. */
  #watch(hands: readonly Hand[]): void {
    const all = [...hands, ...this.#stragglers, ...this.dock.held.flatMap(({ hand }) => hand ?? [])]
    const { events } = this.dock.tables
    for (const event of events.slice(this.#seen)) {
      const order = this.orders.get(event.merchant_uid)
      if (order === undefined) return wrong(`${event.merchant_uid} is nobody's order`)
      this.#tell(`event ${order.row.status} → ${event.kind}`)
      const problem = follow(order, event, all, this.books.isOverdue)
      if (problem !== null) wrong(problem)
    }
    this.#seen = events.length
    this.dock.enqueue()
    for (const row of this.dock.shop.rows.values()) {
      const order = this.orders.get(row.merchant_uid)
      if (row.fulfilled > 1) wrong(`${row.merchant_uid} was fulfilled twice`)
      if (order === undefined || row.sequence > order.sequence)
        wrong(`${row.merchant_uid} was foretold`)
    }
  }

  /** What is answered of a notice must be what the order says then. */
  #mustBeRight({ notice, hand, task, wasHeld }: Ongoing, { code, word }: Reply): void {
    const about = `${notice.channel} of ${notice.impUid} for ${notice.merchantUid}`
    const order = this.orders.get(notice.merchantUid)
    const sent = hand?.versions[hand.since]
    const isKept = notice.channel === 'webhook' ? code < 300 : word !== null && word !== 'pending'
    if (isKept && order !== undefined && hand !== null && sent !== undefined) {
      const news = newsOf(hand, sent)
      // An account, or the end of one, is no news while the order stands on another; where that other one ended
      // before the answer, the next sweep finds out.
      const isMoneyless = news.status === 'vbank_issued' || news.status === 'failed'
      if (!(wasHeld && isMoneyless)) this.#mustKnow(order, hand, news, notice.claimedStatus)
    }
    if (task.faults > 0 || wasHeld) return
    const exists = this.books.payments.some(({ impUid }) => impUid === notice.impUid)
    const resend = order === undefined || !exists
    if (notice.channel === 'webhook') {
      if (code !== (resend ? 503 : 200)) wrong(`${about}: answered ${code}`)
      return
    }
    const unread = order === undefined || exists ? 'forgery' : 'pending'
    const right = order === undefined || hand === null ? unread : shown(order.row.status)
    const isUnclear = notice.channel === 'redirect' && !paged.some((each) => each === right)
    if (word !== right && !(isUnclear && word === null))
      wrong(`${about}: answered ${word}, not ${right}`)
  }

  /** After a sweep in which nothing failed an order has nothing more to learn of money, or of its own payment. */
  #mustBeSwept(order: Followed, payments: readonly Hand[]): void {
    for (const hand of payments) {
      const now = hand.versions.at(-1)
      if (hand.merchant_uid !== order.merchant_uid || now === undefined) continue
      const isOwn = hand.imp_uid === order.row.imp_uid
      const isMoney = now.status === 'paid' || now.status === 'partially_cancelled'
      if (isOwn || isMoney) this.#mustKnow(order, hand, newsOf(hand, now), 'cancelled')
    }
  }

  /** News that somebody was told are kept must be in the order, or beside it where they are no news of it. */
  #mustKnow(order: Followed, hand: Hand, news: News, claimed: string | null): void {
    const { merchant_uid, row } = order
    const lesson = learn(row, news, order.isLateWelcome)
    const isOwn = row.imp_uid === news.imp_uid
    // Of another try that came to nothing meanwhile there is nothing to keep.
    const end = hand.versions.at(-1)?.status
    const isOver = !isOwn && (end === 'cancelled' || end === 'failed')
    if (isSameRow(lesson, row) || isOver) return
    if (typeof lesson === 'string') {
      const isNoted = this.dock.tables.attempts.some(
        (each) =>
          each.imp_uid === news.imp_uid &&
          each.merchant_uid === merchant_uid &&
          (each.verdict !== 'accepted' || each.before !== null),
      )
      if (!isNoted) wrong(`${merchant_uid}: ${news.imp_uid} is ${lesson}, and nobody noted it`)
      return
    }
    // An order that says paid needs no lookup for one more notice, unless that one speaks of a cancel.
    const isSettled = isOwn && (row.status === 'paid' || row.status === 'partially_cancelled')
    if (isSettled && claimed !== 'cancelled') return
    wrong(`${merchant_uid} is ${row.status} and was told that ${news.imp_uid} is ${news.status}`)
  }

  /** After a round of deliveries in which nothing failed the shop knows every order as it stands. */
  #mustBeTold(): void {
    for (const { merchant_uid, row, sequence } of this.orders.values()) {
      const told = this.dock.shop.rows.get(merchant_uid)
      if (sequence > 0 && (told?.status !== row.status || told.sequence !== sequence)) {
        wrong(`${merchant_uid} is ${row.status}, the shop was told ${told?.status ?? 'nothing'}`)
      }
    }
  }

  /** What a notice lets somebody read, if it is a payment of that order. */
  #handOf(payment: Live, merchantUid: MerchantUid): Hand | null {
    const wanted = this.books.wanted.find((each) => each.merchant_uid === merchantUid)
    if (wanted === undefined || !agrees(payment, wanted)) return null
    const { imp_uid, merchant_uid, issued, versions } = payment
    return { merchant_uid, imp_uid, issued, versions, since: versions.length - 1 }
  }
}

/** Whether the model lets money still come for an order. */
export function isOpen(status: Standing | undefined): boolean {
  return status === 'pending' || status === 'vbank_issued' || status === 'failed'
}

function wrong(what: string): never {
  throw new Error(what)
}
