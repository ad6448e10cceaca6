import type { Payee } from '../../../../packages/core/src/index.ts'
import { createClock } from '../../../../packages/simulator/src/index.ts'
import { createPrng, type Prng } from '../../engine/prng.ts'
import { accounts } from './accounts.ts'
import { command } from './commands.ts'
import { type Customer, judge, usableKeys } from './customer.ts'
import type { SubscriptionDatabase } from './database.ts'
import { type Answer, Instance } from './instance.ts'
import { addKey, giveUpKey } from './keys.ts'
import { route } from './network.ts'
import { Orders } from './orders.ts'
import { Provider } from './provider.ts'
import type { ServerFlaw } from './server-flaw.ts'

const minuteMs = 60_000
const dayMs = 1_440 * minuteMs

/** What a run of the server did. */
export interface ServerRun {
  readonly violations: readonly string[]
  readonly calls: number
  readonly paid: number
  readonly statuses: readonly string[]
  readonly counts: Readonly<Record<string, number>>
}

/** How long a run is. */
export interface ServerRunSize {
  readonly subscriptions: number
  readonly months: number
  /** Whether every second subscription, and orders beside them, are in a second account. */
  readonly hasAccounts?: boolean
}

/** Runs instances of the server on an empty database, two with jobs and one that answers the merchant; everything that happens is drawn from the seed. */
export async function runServer(
  seed: number,
  size: ServerRunSize,
  database: SubscriptionDatabase,
  flaw: ServerFlaw = {},
): Promise<ServerRun> {
  return new Run(createPrng(seed), size, database, flaw).run(size.months)
}

class Run {
  readonly #prng: Prng
  readonly #clock: ReturnType<typeof createClock>
  readonly #providers: readonly [Provider, ...Provider[]]
  readonly #orders: Orders | null
  readonly #flaw: ServerFlaw
  readonly #database: SubscriptionDatabase
  readonly #customers: readonly Customer[]
  readonly #instances: [Instance, Instance]
  /** Answers the merchant. It lives for the whole run: a key that is given up must not wait for an instance that died. */
  readonly #answering: Instance
  /** What the merchant asks while the others run. They wait for the answer, or a seed would not replay: API keys are compared on threads. */
  #asked: Promise<unknown> = Promise.resolve()
  readonly #counts: Record<string, number> = {}
  #recoveredAt = 0

  constructor(
    prng: Prng,
    { subscriptions, hasAccounts = false }: ServerRunSize,
    database: SubscriptionDatabase,
    flaw: ServerFlaw,
  ) {
    this.#prng = prng
    this.#flaw = flaw
    this.#database = database
    const at = Date.UTC(2027, 0, 1) + prng.below(365) * dayMs + prng.below(1_440) * minuteMs
    this.#clock = createClock({ at: new Date(at) })
    const [own, ...others] = accounts.map(
      (account) => new Provider(this.#clock, prng, account, !hasAccounts),
    )
    if (own === undefined) throw new TypeError('No account')
    this.#providers = hasAccounts ? [own, ...others] : [own]
    this.#customers = Array.from({ length: subscriptions }, (_, index) => ({
      id: `s${index}`,
      customerId: `c${Math.floor(index / this.#providers.length)}`,
      provider: this.#providers[index % this.#providers.length] ?? own,
      keys: new Map(),
      startedAt: 0,
      cancelledAt: null,
      isRegular: true,
    }))
    this.#orders = hasAccounts
      ? new Orders(prng, this.#providers, (path, body) => this.#api(path, body))
      : null
    this.#instances = [this.#start(), this.#start()]
    this.#answering = this.#start(async () => undefined)
  }

  async run(months: number): Promise<ServerRun> {
    for (const customer of this.#customers) {
      await addKey(customer, this.#answering, this.#now())
      await this.#open(customer)
    }
    const faultsEnd = this.#now() + months * 30.5 * dayMs
    while (this.#now() < faultsEnd) await this.#turn()
    for (const provider of this.#providers) provider.hasFaults = false
    const end = this.#now() + 20 * dayMs
    while (this.#now() < end) await this.#turn()
    for (let tries = 0; tries < 20; tries++) {
      await this.#clock.set(new Date(this.#now() + minuteMs))
      await this.#instances[0].runJobs()
    }
    const outcomes = await Promise.all(this.#customers.map((customer) => this.#check(customer)))
    const payments = this.#providers.flatMap((each) => each.payments)
    return {
      violations: [
        ...outcomes.flatMap(({ violations }) => violations),
        ...((await this.#orders?.check()) ?? []),
      ],
      statuses: outcomes.map(({ status }) => status),
      calls: this.#providers.flatMap(({ calls }) => calls).length,
      paid: payments.filter(({ status }) => status === 'paid').length,
      counts: { ...this.#counts, ...this.#orders?.counts },
    }
  }

  async #turn(): Promise<void> {
    const due = await this.#database.nextDueAt()
    const onTheWay = this.#providers.map((provider) => provider.nextAt())
    const times = [this.#now() + 2 * dayMs, ...onTheWay, due]
    const next = Math.min(...times.filter((time) => time !== null))
    const late = this.#prng.below(2) === 0 ? this.#prng.below(minuteMs) : 0
    await this.#clock.set(new Date(Math.max(this.#now() + 1_000, next) + late))
    for (const provider of this.#providers) await provider.run()
    await this.#sendWebhooks()
    if (this.#hasFaults()) {
      if (this.#isDrawn(6)) await this.#act()
      await this.#bringKeys()
      await this.#recover()
      await this.#orders?.turn()
    }
    const running = this.#isDrawn(40) ? this.#instances : [this.#instances[0]]
    if (running.length > 1) this.#count('two sweepers')
    for (const instance of running) {
      if (this.#hasFaults() && this.#isDrawn(15)) instance.crashAfter(1 + this.#prng.below(60))
    }
    // The second one is asked by messages as well, beside the jobs and at the same time.
    const asked = running.slice(1).map((instance) => instance.chargeDue())
    await Promise.all([...running.map((instance) => instance.runJobs()), ...asked])
    for (const [index, instance] of this.#instances.entries()) {
      if (!instance.hasCrashed) {
        instance.crashAfter(Number.POSITIVE_INFINITY)
        continue
      }
      this.#count('crash')
      this.#instances[index] = this.#start()
    }
  }

  /** Half of the webhooks are lost. */
  async #sendWebhooks(): Promise<void> {
    const webhooks = this.#providers.flatMap((provider) => provider.webhooks.splice(0))
    for (const { impUid, merchantUid } of webhooks) {
      if (this.#hasFaults() && this.#isDrawn(50)) {
        this.#count('webhook lost')
        continue
      }
      await this.#instances[1].server.app.request('/payments/webhook', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ imp_uid: impUid, merchant_uid: merchantUid, status: 'paid' }),
      })
    }
  }

  /** The console tries again once a day what failed lately, whether the shop has given it up or not. */
  async #recover(): Promise<void> {
    if (this.#now() - this.#recoveredAt < dayMs) return
    this.#recoveredAt = this.#now()
    for (const provider of this.#providers) {
      for (const payment of provider.payments) {
        const isRecent = payment.status === 'failed' && payment.calledAt > this.#now() - 20 * dayMs
        if (!isRecent || !this.#isDrawn(4)) continue
        this.#count('late success')
        await provider.recover(payment)
      }
    }
  }

  /** Who has no key left brings one within days, most of them before their subscription is paused. */
  async #bringKeys(): Promise<void> {
    for (const customer of this.#customers) {
      if (usableKeys(customer).length > 0 || !this.#isDrawn(10)) continue
      await addKey(customer, this.#answering, this.#now())
    }
  }

  async #act(): Promise<void> {
    const customer = this.#customers[this.#prng.below(this.#customers.length)]
    if (customer === undefined) return
    const kind = this.#prng.below(40)
    if (kind < 22) return addKey(customer, this.#answering, this.#now())
    if (kind < 26) return void (await giveUpKey(customer, this.#answering, this.#now()))
    await command(customer, kind, {
      api: (path, body) => this.#api(path, body),
      now: () => this.#now(),
      isDrawn: (percent) => this.#isDrawn(percent),
      count: (name) => this.#count(name),
    })
  }

  async #open(customer: Customer): Promise<void> {
    customer.startedAt = this.#now()
    const { name: account } = customer.provider.account
    const opened = await this.#api('/subscriptions', {
      id: customer.id,
      customer_id: customer.customerId,
      ...(account === null ? {} : { account }),
      name: '구독',
      plan: {
        amount: 9_900,
        currency: 'KRW',
        period: { unit: 'month', count: 1 },
        // So that most of them go on for the whole time.
        retry: { steps: [1, 3, 5, 9, 12].map((days) => ({ days, hour: 10 })), at_end: 'pause' },
      },
    })
    if (opened['id'] !== customer.id) throw new TypeError(JSON.stringify(opened))
  }

  /** Seldom a buyer gives up a key at the moment at which it was read, and a charge of it may be decided. */
  async #giveUpSeldom(customerId: string, payee: Payee | undefined): Promise<void> {
    if (!this.#hasFaults() || !this.#isDrawn(2)) return
    const customer = this.#customers.find(
      ({ customerId: id, provider }) =>
        id === customerId && provider.account.name === (payee ?? null),
    )
    if (customer === undefined) return
    const giveUp = () => giveUpKey(customer, this.#answering, this.#now())
    const given = this.#asked.then(giveUp)
    this.#asked = given
    if (await given) this.#count('key given up after it was read')
  }

  async #check(
    customer: Customer,
  ): Promise<{ readonly status: string; readonly violations: readonly string[] }> {
    const { status, next_at: nextAt } = await this.#api(`/subscriptions/${customer.id}`)
    const violations = judge(customer, this.#providers, {
      status: String(status),
      dueAt: typeof nextAt === 'string' ? Date.parse(nextAt) : null,
      endedAt: this.#now(),
    })
    return { status: String(status), violations }
  }

  #api(path: string, body?: unknown): Promise<Answer> {
    return this.#answering.api(path, body)
  }

  #start(toBeReady = () => this.#asked): Instance {
    return new Instance({
      database: this.#database,
      now: () => this.#clock.now(),
      hasAccounts: this.#orders !== null,
      flaw: this.#flaw,
      fetch: (request) => route(request, this.#providers, this.#flaw),
      afterKeys: (customerId, payee) => this.#giveUpSeldom(customerId, payee),
      toBeReady,
    })
  }

  #hasFaults(): boolean {
    return this.#providers[0].hasFaults
  }

  #now(): number {
    return this.#clock.now().getTime()
  }

  #isDrawn(percent: number): boolean {
    return this.#prng.below(100) < percent
  }

  #count(name: string): void {
    this.#counts[name] = (this.#counts[name] ?? 0) + 1
  }
}
