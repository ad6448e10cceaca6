import { createClock } from '../../../../packages/simulator/src/index.ts'
import { createPrng, type Prng } from '../../engine/prng.ts'
import { merchantKey } from '../../worker/settings.ts'
import { type Commands, check } from '../checker.ts'
import type { Books } from '../ledger.ts'
import type { SubscriptionDatabase } from './database.ts'
import { Instance } from './instance.ts'
import { Provider } from './provider.ts'

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

interface Customer {
  readonly id: string
  readonly keys: Map<string, { readonly from: number; to: number | null }>
  startedAt: number
  cancelledAt: number | null
  isRegular: boolean
}

/** How long a run is. */
export interface ServerRunSize {
  readonly subscriptions: number
  readonly months: number
}

/** Runs two instances of the server on an empty database; everything that happens is drawn from the seed. */
export async function runServer(
  seed: number,
  { subscriptions, months }: ServerRunSize,
  database: SubscriptionDatabase,
): Promise<ServerRun> {
  return new Run(createPrng(seed), subscriptions, database).run(months)
}

class Run {
  readonly #prng: Prng
  readonly #clock: ReturnType<typeof createClock>
  readonly #provider: Provider
  readonly #database: SubscriptionDatabase
  readonly #customers: readonly Customer[]
  readonly #instances: [Instance, Instance]
  readonly #counts: Record<string, number> = {}
  #recoveredAt = 0

  constructor(prng: Prng, subscriptions: number, database: SubscriptionDatabase) {
    this.#prng = prng
    this.#database = database
    const at = Date.UTC(2027, 0, 1) + prng.below(365) * dayMs + prng.below(1_440) * minuteMs
    this.#clock = createClock({ at: new Date(at) })
    this.#provider = new Provider(this.#clock, prng)
    this.#customers = Array.from({ length: subscriptions }, (_, index) => ({
      id: `s${index}`,
      keys: new Map(),
      startedAt: 0,
      cancelledAt: null,
      isRegular: true,
    }))
    this.#instances = [this.#start(), this.#start()]
  }

  async run(months: number): Promise<ServerRun> {
    for (const customer of this.#customers) {
      await this.#addKey(customer)
      await this.#open(customer)
    }
    const faultsEnd = this.#now() + months * 30.5 * dayMs
    while (this.#now() < faultsEnd) await this.#turn()
    this.#provider.hasFaults = false
    const end = this.#now() + 20 * dayMs
    while (this.#now() < end) await this.#turn()
    for (let tries = 0; tries < 20; tries++) {
      await this.#clock.set(new Date(this.#now() + minuteMs))
      await this.#instances[0].runJobs()
    }
    const outcomes = await Promise.all(this.#customers.map((customer) => this.#check(customer)))
    return {
      violations: outcomes.flatMap(({ violations }) => violations),
      statuses: outcomes.map(({ status }) => status),
      calls: this.#provider.calls.length,
      paid: this.#provider.payments.filter(({ status }) => status === 'paid').length,
      counts: this.#counts,
    }
  }

  async #turn(): Promise<void> {
    const due = await this.#database.nextDueAt()
    const times = [this.#now() + 2 * dayMs, this.#provider.nextAt(), due]
    const next = Math.min(...times.filter((time) => time !== null))
    const late = this.#prng.below(2) === 0 ? this.#prng.below(minuteMs) : 0
    await this.#clock.set(new Date(Math.max(this.#now() + 1_000, next) + late))
    await this.#provider.run()
    await this.#sendWebhooks()
    if (this.#provider.hasFaults) {
      if (this.#isDrawn(6)) await this.#act()
      await this.#recover()
    }
    const running = this.#isDrawn(40) ? this.#instances : [this.#instances[0]]
    if (running.length > 1) this.#count('two sweepers')
    for (const instance of running) {
      if (this.#provider.hasFaults && this.#isDrawn(15))
        instance.crashAfter(1 + this.#prng.below(60))
    }
    await Promise.all(running.map((instance) => instance.runJobs()))
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
    for (const { impUid, merchantUid } of this.#provider.webhooks.splice(0)) {
      if (this.#provider.hasFaults && this.#isDrawn(50)) {
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
    for (const payment of this.#provider.payments) {
      const isRecent = payment.status === 'failed' && payment.calledAt > this.#now() - 20 * dayMs
      if (!isRecent || !this.#isDrawn(4)) continue
      this.#count('late success')
      await this.#provider.recover(payment)
    }
  }

  async #act(): Promise<void> {
    const customer = this.#customers[this.#prng.below(this.#customers.length)]
    if (customer === undefined) return
    const kind = this.#prng.below(40)
    if (kind < 22) return this.#addKey(customer)
    if (kind < 26) return this.#deleteKey(customer)
    const path = `/subscriptions/${customer.id}`
    if (kind === 26) {
      this.#count('cancel')
      const at = this.#isDrawn(50) ? 'now' : 'period_end'
      const cancelled = await this.#api(`${path}/cancel`, { at })
      const cancelAt = cancelled['cancel_at']
      if (cancelled['status'] === 'cancelled') customer.cancelledAt ??= this.#now()
      else if (typeof cancelAt === 'string') customer.cancelledAt = Date.parse(cancelAt)
    } else if (kind < 30) {
      this.#count('pause')
      await this.#api(`${path}/pause`, {})
    } else {
      const resumed = await this.#api(`${path}/resume`, {})
      if (resumed['error'] !== undefined) return
      this.#count('resume')
      customer.isRegular = false
      customer.cancelledAt = null
    }
  }

  async #open(customer: Customer): Promise<void> {
    customer.startedAt = this.#now()
    const opened = await this.#api('/subscriptions', {
      id: customer.id,
      customer_id: customer.id,
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

  async #addKey(customer: Customer): Promise<void> {
    const key = `${customer.id}-card-${customer.keys.size + 1}`
    await this.#provider.register(key)
    customer.keys.set(key, { from: this.#now(), to: null })
    await this.#instances[0].store.subscriptions.wakeCustomer(customer.id)
  }

  async #deleteKey(customer: Customer): Promise<void> {
    const [key] = usableKeys(customer)
    const entry = key === undefined ? undefined : customer.keys.get(key)
    if (key === undefined || entry === undefined) return
    entry.to = this.#now()
    await this.#provider.delete(key)
    await this.#instances[0].store.subscriptions.wakeCustomer(customer.id)
  }

  async #check(
    customer: Customer,
  ): Promise<{ readonly status: string; readonly violations: readonly string[] }> {
    const { status, next_at: nextAt } = await this.#api(`/subscriptions/${customer.id}`)
    const prefix = `sub-${customer.id}-`
    const books: Books = {
      calls: this.#provider.calls.filter(({ merchantUid }) => merchantUid.startsWith(prefix)),
      payments: this.#provider.payments.filter(({ merchantUid }) => merchantUid.startsWith(prefix)),
      find: (merchantUid) => this.#provider.find(merchantUid),
    }
    const commands: Commands = { cancelledAt: customer.cancelledAt, keys: customer.keys }
    const violations = check(books, commands, {
      startedAt: customer.startedAt,
      endedAt: this.#now(),
      status: String(status),
      dueAt: typeof nextAt === 'string' ? Date.parse(nextAt) : null,
      isRegular: customer.isRegular,
    })
    return { status: String(status), violations }
  }

  async #api(path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
    const response = await this.#instances[0].server.app.request(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${merchantKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await response.json()) as Readonly<Record<string, unknown>>
  }

  #start(): Instance {
    return new Instance({
      database: this.#database,
      now: () => this.#clock.now(),
      fetch: (request) => this.#provider.fetch(request),
      usableKeys: (customerId) => {
        const customer = this.#customers.find(({ id }) => id === customerId)
        return customer === undefined ? [] : usableKeys(customer)
      },
    })
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

function usableKeys({ keys }: Customer): readonly string[] {
  return [...keys]
    .filter(([, { to }]) => to === null)
    .map(([key]) => key)
    .toReversed()
}
