import { ok, type Payee } from '../../../../packages/core/src/index.ts'
import {
  createServer,
  readConfig,
  type Server,
  type Store,
  toKeyOf,
} from '../../../../packages/server/src/index.ts'
import type { Driver } from '../../../../packages/sql/src/driver.ts'
import { eventUrl, everyMinute, settings } from '../../worker/settings.ts'
import { accountsSetting } from './accounts.ts'
import type { SubscriptionDatabase } from './database.ts'

/** What an instance of the server lives in. */
export interface InstanceDeps {
  readonly database: SubscriptionDatabase
  readonly now: () => Date
  readonly fetch: (request: Request) => Promise<Response>
  /** Whether the shop has the second account. */
  readonly hasAccounts: boolean
  /** The keys that may be charged, in the names of the provider. */
  readonly usableKeys: (customerId: string, payee: Payee | undefined) => readonly string[]
}

/** An instance of the real server on the shared database. It dies after a number of calls, and never says so. */
export class Instance {
  readonly server: Server
  readonly store: Store
  #callsLeft = Number.POSITIVE_INFINITY
  readonly #crash = Promise.withResolvers<undefined>()

  constructor({ database, now, fetch, usableKeys, hasAccounts }: InstanceDeps) {
    const config = readConfig({
      ...settings,
      MODE: 'test',
      IMP_KEY: 'simulator-key',
      IMP_SECRET: 'simulator-secret',
      ...(hasAccounts ? { ACCOUNTS: accountsSetting } : {}),
    })
    if (!config.ok) throw new TypeError('Cannot read the settings')
    const store = database.createStore((driver) => this.#mortal(driver), now)
    // Keys come and go here as the schedule draws; how they are registered is not the question.
    const billingKeys = {
      ...store.billingKeys,
      usableKeys: async (customerId: string, _mode: unknown, payee?: Payee) =>
        ok(usableKeys(customerId, payee).map((key) => toKeyOf(key, payee))),
    }
    this.store = { ...store, billingKeys }
    this.server = createServer({
      config: config.value,
      store: this.store,
      fetch: async (request) => {
        if (request.url === eventUrl) return new Response(null, { status: 204 })
        await this.#live()
        const response = await fetch(request)
        await this.#live()
        return response
      },
      now,
      random: () => 0,
      // Pauses end at once, and no response comes too late.
      sleep: (_ms, signal) =>
        new Promise((resolve) => {
          if (signal === undefined || signal.aborted) resolve()
          else signal.addEventListener('abort', () => resolve())
        }),
      log: () => undefined,
    })
  }

  get hasCrashed(): boolean {
    return this.#callsLeft <= 0
  }

  /** It dies after so many more calls of the database and the provider. */
  crashAfter(calls: number): void {
    this.#callsLeft = calls
  }

  /** Runs the jobs of a minute; returns early when it dies. */
  async runJobs(): Promise<void> {
    await Promise.race([this.server.runJobs(everyMinute), this.#crash.promise])
  }

  /** Charges as a message of the queue asks for it; returns early when it dies. */
  async chargeDue(): Promise<void> {
    await Promise.race([this.server.chargeDue(), this.#crash.promise])
  }

  #mortal(driver: Driver): Driver {
    return {
      ...driver,
      run: async (...call) => {
        await this.#live()
        const outcomes = await driver.run(...call)
        await this.#live()
        return outcomes
      },
      classify: (error) => driver.classify(error),
    }
  }

  /** Before a call and after it: a crash loses what was to come, never what was done. */
  async #live(): Promise<void> {
    this.#callsLeft -= 1
    if (this.#callsLeft > 0) return
    this.#crash.resolve(undefined)
    await new Promise(() => undefined)
  }
}
