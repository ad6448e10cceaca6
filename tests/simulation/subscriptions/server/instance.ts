import type { Payee } from '../../../../packages/core/src/index.ts'
import {
  createServer,
  readConfig,
  type Server,
  type Store,
} from '../../../../packages/server/src/index.ts'
import type { Driver } from '../../../../packages/sql/src/driver.ts'
import { eventUrl, everyMinute, merchantKey, settings } from '../../worker/settings.ts'
import { accountsSetting } from './accounts.ts'
import type { SubscriptionDatabase } from './database.ts'
import { type ServerFlaw, withFlaw } from './server-flaw.ts'

/** What an instance of the server lives in. */
export interface InstanceDeps {
  readonly database: SubscriptionDatabase
  readonly now: () => Date
  readonly fetch: (request: Request) => Promise<Response>
  /** Whether the shop has the second account. */
  readonly hasAccounts: boolean
  readonly flaw: ServerFlaw
  /** Called when the keys of a customer were read, before anything is decided on them. */
  readonly afterKeys: (customerId: string, payee: Payee | undefined) => Promise<void>
  /** Awaited before each call of the database and the provider. */
  readonly toBeReady: () => Promise<unknown>
}

/** An answer of the merchant API. */
export type Answer = Readonly<Record<string, unknown>>

/** An instance of the real server on the shared database. It dies after a number of calls, and never says so. */
export class Instance {
  readonly server: Server
  readonly store: Store
  #callsLeft = Number.POSITIVE_INFINITY
  readonly #crash = Promise.withResolvers<undefined>()
  readonly #toBeReady: InstanceDeps['toBeReady']

  constructor({ database, now, fetch, hasAccounts, flaw, afterKeys, toBeReady }: InstanceDeps) {
    this.#toBeReady = toBeReady
    const config = readConfig({
      ...settings,
      MODE: 'test',
      IMP_KEY: 'simulator-key',
      IMP_SECRET: 'simulator-secret',
      ...(hasAccounts ? { ACCOUNTS: accountsSetting } : {}),
    })
    if (!config.ok) throw new TypeError('Cannot read the settings')
    const store = database.createStore((driver) => this.#mortal(driver), now)
    const billingKeys = withFlaw(store.billingKeys, flaw, now)
    this.store = {
      ...store,
      billingKeys: {
        ...billingKeys,
        async usableKeys(customerId, mode, payee) {
          const keys = await billingKeys.usableKeys(customerId, mode, payee)
          await afterKeys(customerId, payee)
          return keys
        },
      },
    }
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

  /** Asks as the merchant does. */
  async api(
    path: string,
    body?: unknown,
    method = body === undefined ? 'GET' : 'POST',
  ): Promise<Answer> {
    const response = await this.server.app.request(path, {
      method,
      headers: { authorization: `Bearer ${merchantKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await response.json()) as Answer
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
    await this.#toBeReady()
    this.#callsLeft -= 1
    if (this.#callsLeft > 0) return
    this.#crash.resolve(undefined)
    await new Promise(() => undefined)
  }
}
