import type { ConfirmRequest } from '@quayside/core'
import type { AnswerRow, Evidence } from '../checkers/history.ts'
import { createTables, type Instant } from '../engine/fake-database.ts'
import { createShop } from '../engine/fake-merchant.ts'
import { type Ground, Ports } from '../engine/faulty-ports.ts'
import type { Process, Task } from '../engine/scheduler.ts'
import type { Entrance } from '../systems/http-app.ts'
import type { Design, Reply } from '../systems/system.ts'
import type { Mail } from '../workload/notices.ts'
import { createTask, Gates, type Turn } from './held-calls.ts'
import type { Hand } from './model.ts'
import type { Books } from './provider-state.ts'

/** A notice that is being handled. */
export interface Ongoing {
  readonly notice: Mail
  readonly task: Task
  readonly from: number
  /** The records it may have read; null when it names no payment of its order. */
  readonly hand: Hand | null
  readonly work: Promise<Reply>
  readonly wasHeld: boolean
}

/** What a dock is built of, besides the doors. */
export interface DockOptions {
  readonly books: Books
  readonly clock: Instant
  /** Builds what a process runs. */
  readonly build: () => Entrance
  /** Which of the provider's many bad answers comes when one is due. */
  readonly trouble: () => number
}

/** The product, driven by hand: the real doors, repair and delivery, over tables that last. */
export class Dock {
  readonly gates: Gates
  readonly tables: ReturnType<typeof createTables>
  readonly shop = createShop()
  readonly answers: AnswerRow[] = []
  /** The events that the queue holds, by id. */
  readonly queue: string[] = []
  held: readonly Ongoing[] = []
  readonly #books: Books
  readonly #clock: Instant
  readonly #ground: Ground
  readonly #build: () => Entrance
  #entrance: Entrance
  #process: Process = { id: 1 }
  #queued = 0

  constructor({ books, clock, build, trouble }: DockOptions) {
    this.#books = books
    this.#clock = clock
    this.#build = build
    this.#entrance = build()
    this.tables = createTables(clock, this.#entrance.guards)
    this.gates = new Gates(() => {
      clock.step++
    })
    this.#ground = {
      story: books,
      tables: this.tables,
      shop: this.shop,
      orphans: [],
      clock,
      chance: { below: (n) => trouble() % Math.max(n, 1) },
      scheduler: this.gates,
      design: this.#entrance,
    }
  }

  /** Brings a notice to its door. It is held at the call after `heldAfter` others, if that is a number. */
  bring(
    notice: Mail,
    hand: Hand | null,
    heldAfter: number | null,
  ): [Ongoing, Promise<Turn<Reply>>] {
    const task = createTask(this.#process, notice.channel)
    if (heldAfter !== null) this.gates.hold(task, heldAfter)
    const from = this.#clock.step++
    const signal = this.gates.watch(task)
    const work = this.#entrance.handle(notice, new Ports(task, this.#ground))
    const ongoing: Ongoing = { notice, task, from, hand, work, wasHeld: false }
    return [ongoing, this.#follow(ongoing, signal)]
  }

  /** Lets a held notice go on. */
  resume(ongoing: Ongoing): Promise<Turn<Reply>> {
    this.held = this.held.filter((each) => each !== ongoing)
    const signal = this.gates.watch(ongoing.task)
    this.gates.release(ongoing.task)
    return this.#follow(ongoing, signal)
  }

  /** Repairs, audits or delivers; what it names are the methods of a design. */
  async run(work: (design: Design, ports: Ports) => Promise<void>): Promise<Task> {
    const task = createTask(this.#process, 'cron')
    const signal = this.gates.watch(task)
    const done = work(this.#ground.design, new Ports(task, this.#ground))
    const turn = await Promise.race([signal, done])
    if (turn?.how === 'died') this.bury(task.process)
    return task
  }

  /** Asks the confirm door; null when the process died over it. */
  async confirm(request: ConfirmRequest): Promise<{ task: Task; code: number | null }> {
    const task = createTask(this.#process, 'confirm')
    const signal = this.gates.watch(task)
    const answer = this.#entrance.confirm(request, new Ports(task, this.#ground))
    const turn = await Promise.race([signal, answer])
    if (typeof turn === 'number') return { task, code: turn }
    this.bury(task.process)
    return { task, code: null }
  }

  /** Another build takes over; what the old one has in its hands it finishes. */
  deploy(): void {
    this.#process = { id: this.#process.id + 1 }
    this.#entrance = this.#build()
  }

  /** The queue is told of what happened. */
  enqueue(): void {
    this.queue.push(...this.tables.events.slice(this.#queued).map(({ id }) => id))
    this.#queued = this.tables.events.length
  }

  gather(): Evidence {
    const { orders, events, attempts, claims } = this.tables
    return {
      wanted: this.#books.wanted,
      payments: this.#books.payments,
      orders: [...orders.values()].map((order) => ({
        merchant_uid: order.merchantUid,
        status: order.status,
        imp_uid: order.impUid,
        cancelled: order.cancelled.minor,
        sequence: order.sequence,
      })),
      stored: [...orders.values()],
      events,
      attempts,
      claims,
      answers: this.answers,
      shop: [...this.shop.rows.values()],
      orphans: this.#ground.orphans,
      loose: this.held.length,
    }
  }

  async #follow(ongoing: Ongoing, signal: Promise<Turn<never>>): Promise<Turn<Reply>> {
    const done = ongoing.work.then((value) => ({ how: 'done', value }) as const)
    const turn = await Promise.race([signal, done])
    if (turn.how === 'held') this.held = [...this.held, { ...ongoing, wasHeld: true }]
    if (turn.how === 'died') this.bury(ongoing.task.process)
    if (turn.how === 'done') this.#note(ongoing, turn.value)
    return turn
  }

  #note({ notice, task, from }: Ongoing, reply: Reply): void {
    this.answers.push({
      channel: notice.channel,
      imp_uid: notice.impUid,
      merchant_uid: notice.merchantUid,
      claimed: notice.claimedStatus,
      from,
      to: this.#clock.step,
      ...reply,
      faults: task.faults,
      lookups: task.lookups,
    })
  }

  /** A process is gone, with all that it held. */
  bury(process: Process): void {
    this.held = this.held.filter(({ task }) => task.process !== process)
    if (process === this.#process) this.deploy()
  }
}
