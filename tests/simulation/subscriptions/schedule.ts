import {
  cancelSubscription,
  openSubscription,
  parsePlan,
  parseSubscriptionId,
  pauseSubscription,
  resumeSubscription,
  type SubscriptionState,
  type SubscriptionWrite,
} from '../../../packages/core/src/index.ts'
import { createPrng, type Prng } from '../engine/prng.ts'
import { check } from './checker.ts'
import { type CallAnswer, type CallFate, Ledger } from './ledger.ts'
import { ModelStore } from './model-store.ts'
import { type Flaw, type SweeperPorts, sweep } from './sweeper.ts'

const minuteMs = 60_000
const dayMs = 1_440 * minuteMs
const months = 24

/** How long a run of the job lasts at most: the server ends it. */
const maxRunMs = 5 * minuteMs

const declines = [
  '[CC10] 잔액부족',
  '[CC10] 잔액부족',
  '[CC07] 한도초과',
  '[CC04] 분실카드',
  '[CC03] 승인거절',
  '[CC98] 카드사 시스템 장애',
  '[ZZ99]',
] as const

/** What one schedule did. */
export interface SubscriptionRun {
  readonly violations: readonly string[]
  readonly calls: number
  readonly paid: number
  readonly status: string
  /** How often each thing happened. */
  readonly counts: Readonly<Record<string, number>>
}

interface Running {
  readonly steps: Generator<void>
  readonly since: number
}

/** Runs one subscription for 24 months: every fault, time and command is drawn from the seed. */
export function runSubscription(seed: number, flaw: Flaw = {}): SubscriptionRun {
  return new Schedule(createPrng(seed), flaw).run()
}

class Schedule {
  readonly #prng: Prng
  readonly #flaw: Flaw
  readonly #keys = new Map<string, { readonly from: number; to: number | null }>()
  readonly #dead = new Set<string>()
  readonly #ledger = new Ledger((key) => this.#usableKeys().includes(key))
  readonly #store: ModelStore
  readonly #startedAt: number
  readonly #counts: Record<string, number> = {}
  #running: Running[] = []
  #now: number
  #hasFaults = true
  #isRegular = true
  #cancelledAt: number | null = null
  #reconciledAt: number

  constructor(prng: Prng, flaw: Flaw) {
    this.#prng = prng
    this.#flaw = flaw
    // Any day of 2027 and 2028, at any minute.
    this.#now = Date.UTC(2027, 0, 1) + prng.below(730) * dayMs + prng.below(1_440) * minuteMs
    this.#startedAt = this.#now
    this.#reconciledAt = this.#now
    this.#addKey()
    this.#store = new ModelStore(openSubscription(idOf('s-1'), planOf(), this.#now))
  }

  run(): SubscriptionRun {
    const faultsEnd = this.#startedAt + months * 30.5 * dayMs
    while (this.#now < faultsEnd) this.#turn()
    // Everything comes to rest: 20 days without faults, longer than any retry policy.
    this.#hasFaults = false
    const end = this.#now + 20 * dayMs
    while (this.#now < end) this.#turn()
    this.#running = []
    while (this.#isDue())
      for (const _ of sweep(this.#ports(), this.#flaw)) this.#ledger.run(this.#now)

    const { subscription } = this.#store.read([])
    const commands = { cancelledAt: this.#cancelledAt, keys: this.#keys }
    const outcome = {
      startedAt: this.#startedAt,
      endedAt: this.#now,
      status: subscription.status,
      dueAt: subscription.dueAt,
      isRegular: this.#isRegular,
    }
    return {
      violations: check(this.#ledger, commands, outcome),
      calls: this.#ledger.calls.length,
      paid: this.#ledger.payments.filter(({ status }) => status === 'paid').length,
      status: subscription.status,
      counts: this.#counts,
    }
  }

  #turn(): void {
    this.#ledger.run(this.#now)
    this.#running = this.#running.filter(({ since }) => this.#now - since <= maxRunMs)
    const running = this.#running.at(this.#prng.below(Math.max(1, this.#running.length)))
    const canStart = this.#isDue() && this.#running.length < 2
    if (running !== undefined && !(canStart && this.#isDrawn(20))) {
      const isLikely = this.#ledger.webhooks.length > 0
      return this.#isDrawn(isLikely ? 25 : 5) ? this.#disturb() : this.#advance(running)
    }
    if (canStart) {
      if (this.#running.length > 0) this.#count('two sweepers')
      this.#running.push({ steps: sweep(this.#ports(), this.#flaw), since: this.#now })
      return
    }
    this.#rest()
  }

  #advance(running: Running): void {
    if (this.#hasFaults && this.#isDrawn(3)) {
      this.#count('crash')
      this.#running = this.#running.filter((each) => each !== running)
      return
    }
    if (this.#isDrawn(30)) this.#now += this.#prng.below(20_000)
    if (running.steps.next().done === true) {
      this.#running = this.#running.filter((each) => each !== running)
    }
  }

  /** A webhook arrives or is lost, or the merchant acts: also between two steps of a sweeper. */
  #disturb(): void {
    const webhook = this.#ledger.webhooks.shift()
    if (webhook === undefined) return this.#hasFaults ? this.#act() : undefined
    if (this.#hasFaults && this.#isDrawn(40)) return this.#count('webhook lost')
    this.#store.applyRecord(webhook, this.#now)
  }

  /** Nothing runs: time passes until something is due. */
  #rest(): void {
    if (this.#ledger.webhooks.length > 0 || this.#isDrawn(4)) this.#disturb()
    if (this.#now - this.#reconciledAt >= dayMs) return this.#reconcile()
    const times = [this.#store.dueAt, this.#ledger.nextAt(), this.#reconciledAt + dayMs]
    const next = Math.min(...times.filter((at) => at !== null))
    this.#now = Math.max(this.#now + 1, next)
    // Clocks differ, and jobs run once a minute.
    if (this.#isDrawn(50)) this.#now += this.#prng.below(minuteMs)
  }

  /** The daily comparison of orders and provider: what no notice told. */
  #reconcile(): void {
    this.#reconciledAt = this.#now
    for (const payment of this.#ledger.payments) {
      const changedAt = Math.max(payment.paidAt ?? 0, payment.cancelledAt ?? 0)
      if (changedAt > this.#now - 3 * dayMs) this.#store.applyRecord(payment, this.#now)
    }
    if (!this.#hasFaults) return
    for (const payment of this.#ledger.payments) {
      const isRecent = payment.status === 'failed' && payment.calledAt > this.#now - 20 * dayMs
      if (isRecent && this.#isDrawn(4)) {
        this.#count('late success')
        this.#ledger.recover(payment, this.#now)
      }
    }
  }

  /** What buyer and merchant do. */
  #act(): void {
    const kind = this.#prng.below(12)
    if (kind < 5) return this.#addKey()
    if (kind < 7) {
      const key = this.#usableKeys().at(0)
      const entry = key === undefined ? undefined : this.#keys.get(key)
      if (entry !== undefined) entry.to = this.#now
      return this.#store.wake(this.#now)
    }
    if (kind === 7 && this.#isDrawn(8)) {
      if (
        this.#command(
          cancelSubscription(this.#state(), this.#isDrawn(50) ? 'now' : 'period_end', this.#now),
        )
      ) {
        this.#count('cancel')
        const { status, cancelAt } = this.#state().subscription
        if (status === 'cancelled') this.#cancelledAt = this.#now
        else this.#cancelledAt = cancelAt
      }
      return
    }
    if (kind === 8 && this.#isDrawn(50)) {
      if (this.#command(pauseSubscription(this.#state(), this.#now))) this.#count('pause')
      return
    }
    if (kind >= 9 && this.#command(resumeSubscription(this.#state(), this.#now))) {
      this.#isRegular = false
      this.#cancelledAt = null
      this.#count('resume')
    }
  }

  #command(commanded: { readonly ok: boolean; readonly value?: SubscriptionWrite }): boolean {
    if (!commanded.ok || commanded.value === undefined) return false
    return this.#store.write(this.#state().subscription.sequence, commanded.value)
  }

  #ports(): SweeperPorts {
    return {
      store: this.#store,
      now: () => this.#now,
      billingKeys: () => this.#usableKeys(),
      again: (attempt) =>
        this.#again(attempt.merchantUid, attempt.billingKey, attempt.amount.minor),
      lookUp: (merchantUid) =>
        this.#hasFaults && this.#isDrawn(15) ? null : this.#ledger.lookUp(merchantUid, this.#now),
      refund: (merchantUid) => {
        if (this.#hasFaults && this.#isDrawn(20)) return
        this.#count('refund')
        for (const payment of this.#ledger.find(merchantUid))
          this.#ledger.cancel(payment, this.#now)
      },
    }
  }

  #again(merchantUid: string, billingKey: string, amount: number): CallAnswer {
    const fate = this.#drawFate(billingKey)
    if (fate.effect === 'later') this.#count('effect after the answer was lost')
    if (fate.effect === 'never') this.#count('call lost')
    if (fate.effect === 'now' && !fate.isAnswered) this.#count('answer lost')
    const laterMs = 1_000 + this.#prng.below(8 * minuteMs)
    return this.#ledger.again({ merchantUid, billingKey, amount }, fate, this.#now, laterMs)
  }

  #drawFate(billingKey: string): CallFate {
    if (!this.#hasFaults)
      return {
        effect: 'now',
        isAnswered: true,
        hiddenMs: 0,
        result: this.#drawResult(billingKey, 0),
      }
    const effect = (['now', 'now', 'now', 'later', 'never'] as const)[this.#prng.below(5)] ?? 'now'
    return {
      effect,
      isAnswered: this.#isDrawn(75),
      hiddenMs: this.#isDrawn(10) ? this.#prng.below(180) * minuteMs : 0,
      result: this.#drawResult(billingKey, 35),
    }
  }

  #drawResult(billingKey: string, percent: number): CallFate['result'] {
    const dead = '[CC04] 분실카드'
    if (this.#dead.has(billingKey)) return { declined: dead }
    if (!this.#isDrawn(percent)) return percent > 0 && this.#isDrawn(5) ? 'ready' : 'paid'
    const declined = declines[this.#prng.below(declines.length)] ?? dead
    this.#count('decline')
    if (declined === dead) this.#dead.add(billingKey)
    return { declined }
  }

  #addKey(): void {
    this.#keys.set(`card-${this.#keys.size + 1}`, { from: this.#now, to: null })
    if (this.#keys.size > 1) this.#store.wake(this.#now)
  }

  #usableKeys(): readonly string[] {
    return [...this.#keys]
      .filter(([, { to }]) => to === null)
      .map(([key]) => key)
      .toReversed()
  }

  #state(): SubscriptionState {
    return this.#store.read(this.#usableKeys())
  }

  #isDue(): boolean {
    const { dueAt } = this.#store
    return dueAt !== null && dueAt <= this.#now
  }

  #isDrawn(percent: number): boolean {
    return this.#prng.below(100) < percent
  }

  #count(name: string): void {
    this.#counts[name] = (this.#counts[name] ?? 0) + 1
  }
}

function idOf(text: string): NonNullable<ReturnType<typeof parseSubscriptionId>> {
  const id = parseSubscriptionId(text)
  if (id === null) throw new TypeError(text)
  return id
}

function planOf() {
  const plan = parsePlan({ amount: 9_900, currency: 'KRW', period: { unit: 'month', count: 1 } })
  if (!plan.ok) throw new TypeError(plan.failure.reason)
  return plan.value
}
