import { rmSync } from 'node:fs'
import { dayMs, minuteMs } from '../engine/clock.ts'
import type { Plan } from '../platform/environment/limits.ts'
import type { ReceivedEvent } from '../platform/environment/receiver.ts'
import { createFixture, type Fixture } from '../platform/fixture.ts'
import { createShop, type Shop } from './shop.ts'

/** How much is run. */
export interface CapacityOptions {
  readonly plan: Plan
  readonly days: number
  /** Paid orders a day; a quarter as many more are abandoned. */
  readonly ordersPerDay: number
  readonly seed: number
  /** The file of the database, which is written anew. */
  readonly file: string
}

/** What was seen in a run. Amounts per order are per paid order. */
export interface CapacityResult {
  readonly options: CapacityOptions
  readonly paidOrders: number
  /** Payments of which the merchant never heard. */
  readonly unreportedOrders: number
  /** From the payment to the merchant, of all orders that were reported. */
  readonly maxLagMs: number
  /** Days that were compared with the provider to their end. */
  readonly comparedDays: number
  readonly breaches: readonly string[]
  readonly mostStatements: number
  readonly statements: number
  readonly rowsReturned: number
  readonly rowsWritten: number
  readonly providerCalls: number
  /** The most of one day; the free plan has a limit for each. */
  readonly mostInvocationsOfDay: number
  readonly mostRowsWrittenOfDay: number
  readonly databaseBytes: number
}

/** How long after the last day the comparison may take. */
const closingMs = dayMs + 3 * 60 * minuteMs
const keptProviderDays = 3
/** Nobody else opens the file, and it need not survive a power failure. */
const fastFile = [
  'PRAGMA journal_mode = MEMORY',
  'PRAGMA synchronous = OFF',
  'PRAGMA locking_mode = EXCLUSIVE',
  'PRAGMA cache_size = -200000',
]

/** Runs a shop for so many days, and then until its last day is compared. */
export async function runCapacity(
  options: CapacityOptions,
  onDay: (day: number) => void = () => undefined,
): Promise<CapacityResult> {
  const log = createLog()
  rmSync(options.file, { force: true })
  const fixture = createFixture({ ...options, onEvent: (event) => log.onEvent(event) })
  for (const text of fastFile) fixture.sqlite.run({ text, params: [] })
  const shop = createShop(fixture, (order) => log.onPaid(order))
  await fixture.minute()
  for (let day = 1; day <= options.days; day++) {
    const before = readTotals(fixture)
    await runDay(fixture, shop, options)
    const lost = shop.losePayment()
    if (lost !== null) log.lost.add(`payment_missing:${lost.imp_uid}`)
    log.onDayEnd(before, readTotals(fixture))
    const keptFrom = fixture.time.clock.ms - keptProviderDays * dayMs
    fixture.provider.forget(Math.floor(keptFrom / 1_000))
    onDay(day)
  }
  const isCompared = (): boolean => log.comparedDays === options.days
  await fixture.minutes(closingMs / minuteMs, isCompared)
  return toResult(options, fixture, log)
}

/** Orders come all day, four times as many in the evening as in the early morning. */
async function runDay(fixture: Fixture, shop: Shop, { ordersPerDay }: CapacityOptions) {
  const { clock } = fixture.time
  const minutes = dayMs / minuteMs
  let owed = 0
  for (let minute = 0; minute < minutes; minute++) {
    const weight = 1 - 0.6 * Math.cos((2 * Math.PI * (minute - 9 * 60)) / minutes)
    owed += (ordersPerDay / minutes) * weight
    for (; owed >= 1; owed--) {
      await shop.order(true)
      if (fixture.prng.below(4) === 0) await shop.order(false)
      await fixture.drainQueue()
      clock.ms += 1_000
    }
    await shop.runDue()
    await fixture.minute()
  }
}

type Log = ReturnType<typeof createLog>

function createLog() {
  const waiting = new Map<string, number>()
  const log = {
    lost: new Set<string>(),
    waiting,
    paidOrders: 0,
    maxLagMs: 0,
    comparedDays: 0,
    mostInvocationsOfDay: 0,
    mostRowsWrittenOfDay: 0,
    onPaid({ merchantUid, paidMs }: { readonly merchantUid: string; readonly paidMs: number }) {
      log.paidOrders += 1
      waiting.set(merchantUid, paidMs)
    },
    onEvent({ type, subject, atMs }: ReceivedEvent) {
      if (log.lost.delete(subject)) log.comparedDays += 1
      const paidMs = type === 'order.paid' ? waiting.get(subject) : undefined
      if (paidMs === undefined) return
      waiting.delete(subject)
      log.maxLagMs = Math.max(log.maxLagMs, atMs - paidMs)
    },
    onDayEnd(before: Totals, after: Totals) {
      const invocations = after.invocations - before.invocations
      const rowsWritten = after.rowsWritten - before.rowsWritten
      log.mostInvocationsOfDay = Math.max(log.mostInvocationsOfDay, invocations)
      log.mostRowsWrittenOfDay = Math.max(log.mostRowsWrittenOfDay, rowsWritten)
    },
  }
  return log
}

interface Totals {
  readonly invocations: number
  readonly rowsWritten: number
}

function readTotals({ invocations: { counts }, usage }: Fixture): Totals {
  const { request, cron, queue } = counts
  return {
    invocations: request.invocations + cron.invocations + queue.invocations,
    rowsWritten: usage.rowsWritten,
  }
}

function toResult(options: CapacityOptions, fixture: Fixture, log: Log): CapacityResult {
  const { invocations, usage, provider, sqlite } = fixture
  const text = 'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size'
  const [size] = sqlite.run({ text, params: [] }).rows
  return {
    options,
    paidOrders: log.paidOrders,
    unreportedOrders: log.waiting.size,
    maxLagMs: log.maxLagMs,
    comparedDays: log.comparedDays,
    breaches: [...invocations.breaches],
    mostStatements: Math.max(
      ...Object.values(invocations.counts).map(({ mostStatements }) => mostStatements),
    ),
    statements: usage.statements,
    rowsReturned: usage.rowsReturned,
    rowsWritten: usage.rowsWritten,
    providerCalls: provider.calls(),
    mostInvocationsOfDay: log.mostInvocationsOfDay,
    mostRowsWrittenOfDay: log.mostRowsWrittenOfDay,
    databaseBytes: Number(size?.['bytes']),
  }
}
