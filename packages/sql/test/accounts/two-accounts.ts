import { DatabaseSync } from 'node:sqlite'
import { createServer, type Store } from '@quayside/server'
import { createClock, createSimulator, type Simulator } from '@quayside/simulator'
import { createSqliteStore, migrateSqlite } from '../../src/index.ts'
import { apiKey, config, eventUrl } from '../server-config.ts'

/** A body in wire names. */
export type Body = Readonly<Record<string, unknown>>

export type AccountName = 'first' | 'second'

const secondUrl = 'https://second.example'
export const userCodes = { first: 'imp00000000', second: 'imp22222222' } as const
const keysOfSecond = { impKey: 'second-key', impSecret: 'second-secret' }

/** Sends a request to the control API of a simulator. */
export async function control(simulator: Simulator, path: string, body?: unknown): Promise<Body> {
  const response = await simulator.fetch(
    new Request(`https://api.iamport.kr/_simulator${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
  if (!response.ok) throw new TypeError(`${path}: ${await response.text()}`)
  return (await response.json()) as Body
}

/** Numbers `imp_uid` from 1, as the other account does. */
function countImpUids(): () => string {
  let count = 0
  return () => `imp_${String(++count).padStart(12, '0')}`
}

/** The record of a window that registers a key has the amount that it displayed. */
const billing = { keyAmounts: 'displayed' } as const

/**
 * A shop with two accounts, each at a simulated provider of its own and with a sub-merchant, on a SQLite database in memory. Both
 * providers give the same ids.
 */
export async function createTwoAccounts() {
  const clock = createClock({ at: new Date('2027-01-31T03:00:00Z') })
  const providers = {
    first: createSimulator({
      clock,
      newId: countImpUids(),
      billing,
      tiers: [{ tier_code: 'T01', tier_name: '본점' }],
    }),
    second: createSimulator({
      clock,
      newId: countImpUids(),
      billing,
      credentials: { ...keysOfSecond, userCode: userCodes.second },
      tiers: [{ tier_code: 'A01', tier_name: '2호점' }],
    }),
  }
  const database = new DatabaseSync(':memory:')
  const migrated = await migrateSqlite(database)
  if (!migrated.ok) throw new TypeError(migrated.failure.reason)
  const store: Store = createSqliteStore(database, { now: () => clock.now() })
  const events: { readonly type: string; readonly data: Body }[] = []
  const lines: string[] = []
  /** Answers a request to a provider in its place; null sends it there. */
  const fault: {
    answer: ((of: AccountName, request: Request) => Promise<Response | null>) | null
  } = { answer: null }
  const accounts = [
    {
      name: 'second',
      ...keysOfSecond,
      userCode: userCodes.second,
      tiers: ['A01'],
      providerUrl: secondUrl,
    },
  ]
  const start = (named: typeof accounts, tiers = ['T01']) =>
    createServer({
      config: {
        ...config,
        tiers,
        personKeySecret: 'person-key-secret-of-the-tests',
        accounts: named,
      },
      store,
      async fetch(request) {
        if (request.url === eventUrl) {
          events.push((await request.json()) as { type: string; data: Body })
          return new Response(null, { status: 204 })
        }
        const of = request.url.startsWith(secondUrl) ? 'second' : 'first'
        return (await fault.answer?.(of, request.clone())) ?? providers[of].fetch(request)
      },
      now: () => clock.now(),
      random: () => 0,
      // Nothing here waits for a response that does not come.
      sleep: (_ms, signal) =>
        new Promise((resolve, reject) => {
          if (signal === undefined) resolve()
          else signal.addEventListener('abort', () => reject(signal.reason))
        }),
      log: (event, fields) => lines.push(JSON.stringify({ event, ...fields })),
    })
  let server = start(accounts)
  const send = async (path: string, body?: unknown, method = 'POST', key = apiKey) => {
    const response = await server.app.request(path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Body }
  }
  const advance = async (ms: number) => {
    await clock.set(new Date(clock.now().getTime() + ms))
  }
  return {
    clock,
    providers,
    store,
    get server() {
      return server
    },
    /** Starts the server again with settings that do not name the second account. */
    removeSecond() {
      server = start([])
    },
    /** Starts the server again with settings that name neither another account nor a sub-merchant. */
    removeAll() {
      server = start([], [])
    },
    /** Starts the server again with settings that name them as before. */
    putSecondBack() {
      server = start(accounts)
    },
    rowsOf: (table: 'identity_verifications' | 'subscriptions') =>
      database.prepare(`SELECT * FROM ${table}`).all(),
    events,
    lines,
    fault,
    send,
    read: (path: string) => send(path, undefined, 'GET'),
    /** Registers a card by its data, and returns the provider's id of its key. */
    async registerCard(customer_id: string, payee: Body = {}) {
      const begun = await send('/billing-keys', {
        customer_id,
        method: 'card',
        pg: 'nice_v2',
        channel_key: 'channel-key-nice_v2-api',
        ...payee,
      })
      const uid = String(begun.body['customer_uid'])
      const card = { card_number: '4518-4212-3456-7894', expiry: '2030-12', birth: '900101' }
      const query = new URLSearchParams(payee as Record<string, string>)
      const registered = await send(`/billing-keys/${uid}/card?${query.toString()}`, card)
      if (registered.body['status'] !== 'registered') {
        throw new TypeError(JSON.stringify([begun.body, registered.body]))
      }
      return uid
    },
    /** How often each operation of a provider was called, apart from the token's. */
    async callsOf(of: AccountName): Promise<Body> {
      const calls = await control(providers[of], '/request-log')
      return Object.fromEntries(
        Object.entries(calls).filter(([operation]) => !operation.includes('getToken')),
      )
    },
    async nextMinute() {
      await advance(60_000)
      await server.runJobs('* * * * *')
    },
    advance,
    /** The payments that a provider has, by order. */
    async paymentsOf(of: AccountName): Promise<readonly string[]> {
      const { payments } = await control(providers[of], '/state')
      return (payments as readonly Body[])
        .map(({ merchant_uid, status }) => `${String(merchant_uid)} ${String(status)}`)
        .toSorted()
    },
  }
}

/** Opens a window of an account as the page does, approves it, and returns its `imp_uid`. No webhook is sent. */
export async function approveWindow(
  provider: Simulator,
  user_code: string,
  params: unknown,
  tier?: string,
): Promise<string> {
  const opened = provider.paymentWindow.open({
    user_code,
    device: 'pc',
    user_agent: 'test',
    params: params as Body,
    ...(tier === undefined ? {} : { tier_code: tier }),
  })
  if (!opened.ok) throw new TypeError(opened.error_msg)
  await provider.paymentWindow.approve(opened.imp_uid, { webhook: { timing: 'never' } })
  return opened.imp_uid
}
