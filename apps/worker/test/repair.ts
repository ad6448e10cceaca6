import { env } from 'cloudflare:workers'
import type { D1Database } from '@cloudflare/workers-types'
import { createClient } from '@quayside/client'
import { type ExpectedOrder, type MerchantUid, type Order, parseMerchantUid } from '@quayside/core'
import { createClock, createSimulator } from '@quayside/simulator'
import { type Config, readConfig } from '../src/config.ts'
import type { LogFields } from '../src/log.ts'
import { repairJobs } from '../src/repair/jobs.ts'
import { runJobs } from '../src/schedule.ts'
import { createBooks } from '../src/store/books.ts'
import { createD1Store } from '../src/store/d1.ts'

export const start = new Date('2026-11-22T03:00:00Z')
export const minuteMs = 60_000

/** What a test says of an order; the rest is as usual. */
export type Wish = Partial<Pick<ExpectedOrder, 'amount' | 'policy'>>

/** Forgets how far other tests have come: their clocks are not this one's. */
export const forgetMarks = (db: D1Database = env.DB) => db.prepare('DELETE FROM marks').run()

/** Repair beside a simulated provider that tells nobody anything, and one clock for both. */
export function createRepair(db: D1Database = env.DB) {
  const clock = createClock({ at: start })
  const simulator = createSimulator({ clock, fetch: () => new Response('ok') })
  const now = () => clock.now()
  const lines: LogFields[] = []
  const rooms = {
    config: readTestConfig(),
    store: createD1Store(db, now),
    books: createBooks(db, now),
    client: createClient({
      key: 'simulator-key',
      secret: 'simulator-secret',
      fetch: simulator.fetch,
      now: () => now().getTime(),
      random: () => 0,
      attemptTimeoutMs: 200,
      timeoutMs: 500,
    }),
    log: (event: string, fields: LogFields) => {
      lines.push({ event, ...fields })
    },
    now,
  }

  const control = async (path: string, body: unknown = {}, method = 'POST') => {
    const answer = await simulator.fetch(`https://api.iamport.kr/_simulator${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    })
    const json: Record<string, unknown> = await answer.json()
    if (!answer.ok) throw new TypeError(`${path}: ${JSON.stringify(json)}`)
    return json
  }
  const read = async (id: string): Promise<Order> => {
    const found = await rooms.store.find(idOf(id))
    if (!found.ok) throw new TypeError(found.failure.reason)
    return found.value
  }

  return {
    clock,
    rooms,
    lines,
    control,
    read,
    order: async (id: string, wish: Wish = {}) => {
      const amount = { minor: 64_900, currency: 'KRW' } as const
      const created = await rooms.store.create(
        { merchantUid: idOf(id), amount, allowances: [], ...wish },
        null,
      )
      if (!created.ok) throw new TypeError(created.failure.reason)
    },
    /** A payment at the provider of which no message ever comes. Gives the `imp_uid`. */
    pay: async (merchant_uid: string, fields: Readonly<Record<string, unknown>> = {}) => {
      const payment = { merchant_uid, amount: 64_900, currency: 'KRW', ...fields }
      return String((await control('/payments', payment))['imp_uid'])
    },
    /** Some minutes pass, and each of them ends with a sweep. */
    sweep: async (minutes = 1) => {
      for (let minute = 0; minute < minutes; minute++) {
        await clock.advance(minuteMs)
        await runJobs(repairJobs(rooms), '* * * * *', rooms.log)
      }
    },
    runJobs: () => runJobs(repairJobs(rooms), '* * * * *', rooms.log),
    calls: async () => {
      const calls = await control('/calls', {}, 'GET')
      return Object.values(calls).reduce<number>((sum, count) => sum + Number(count), 0)
    },
    select: async (sql: string, ...values: readonly unknown[]) =>
      (
        await db
          .prepare(sql)
          .bind(...values)
          .all()
      ).results,
  }
}

export function idOf(text: string): MerchantUid {
  const id = parseMerchantUid(text)
  if (!id.ok) throw new TypeError(text)
  return id.value
}

function readTestConfig(): Config {
  const config = readConfig({ ...env })
  if (!config.ok) throw new TypeError(JSON.stringify(config.failure))
  return config.value
}
