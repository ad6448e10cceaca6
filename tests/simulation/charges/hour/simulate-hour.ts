import { minuteMs } from '../../engine/clock.ts'
import { everyMinute } from '../../worker/settings.ts'
import type { Charged } from '../approving-provider.ts'
import { copyStatements, createRequest } from '../due-subscriptions.ts'
import { createHourPlatform, type HourOptions, type HourPlatform } from './hour-platform.ts'
import { figures } from './platform-figures.ts'

/** What was seen, in the time of the simulation. */
export interface HourResult extends Charged {
  readonly options: HourOptions
  readonly booked: number
  /** From the time at which all are due to the last charge. */
  readonly lastChargeMs: number
  /** From that time until every event is delivered. */
  readonly lastEventMs: number
  readonly deliveredEvents: number
  /** The most charges that the provider had at once. */
  readonly mostChargesAtOnce: number
  /** The part of the whole time in which the database ran statements. */
  readonly databaseLoad: number
  readonly statements: number
  /** Of one invocation. */
  readonly mostStatements: number
  readonly breaches: readonly string[]
}

const createdMs = Date.UTC(2027, 0, 31, 1)
/** A run that takes longer has stopped. */
const maxMinutes = 24 * 60

/**
 * Charges subscriptions with the worker as it is, on a platform that has what Cloudflare publishes: the limits of an invocation, the
 * invocations of a queue, and a database that runs one statement after another. Its time passes only while everything waits.
 */
export async function simulateHour(
  options: HourOptions,
  onMinute: (booked: number) => void = () => undefined,
): Promise<HourResult> {
  const platform = createHourPlatform(options, createdMs)
  const { time, usage, invocations } = platform
  await insertDue(platform, options.charges)
  const dueMs = count(platform, 'SELECT max(due_at) AS n FROM subscriptions')
  time.clock.ms = dueMs
  usage.statements = 0
  await time.settle(runMinutes(platform, options.charges, onMinute))
  const { lastChargeAt, ...charged } = platform.charged()
  const { statements, deliveredEvents, lastEventAt } = usage
  const { queue, cron } = invocations.counts
  return {
    options,
    ...charged,
    booked: countBooked(platform),
    lastChargeMs: lastChargeAt - dueMs,
    lastEventMs: lastEventAt - dueMs,
    deliveredEvents,
    databaseLoad: (statements * figures.statementMs) / (time.clock.ms - dueMs),
    statements,
    mostStatements: Math.max(queue.mostStatements, cron.mostStatements),
    breaches: [...invocations.breaches],
  }
}

async function insertDue(
  { worker, time, sqlite, invocations }: HourPlatform,
  charges: number,
): Promise<void> {
  const create = async () => worker.app.request('/subscriptions', createRequest)
  const created = await time.settle(invocations.run('request', create))
  if (created.status !== 201) throw new Error(await created.text())
  for (const text of copyStatements(charges)) sqlite.run({ text, params: [] })
}

/** The jobs of each minute, which wait for none before them, until every charge is booked and every event is delivered. */
async function runMinutes(
  platform: HourPlatform,
  charges: number,
  onMinute: (booked: number) => void,
): Promise<void> {
  const { worker, time, invocations } = platform
  const running = new Set<Promise<void>>()
  for (let minute = 0; minute < maxMinutes; minute++) {
    const booked = countBooked(platform)
    const undelivered = 'SELECT count(*) AS n FROM outbox WHERE due_at IS NOT NULL'
    if (booked === charges && count(platform, undelivered) === 0) break
    onMinute(booked)
    const run = invocations.run('cron', () => worker.runCron(everyMinute))
    running.add(run)
    void run.finally(() => running.delete(run))
    await time.sleep(minuteMs)
  }
  await Promise.all(running)
}

function countBooked(platform: HourPlatform): number {
  return count(platform, "SELECT count(*) AS n FROM subscriptions WHERE status = 'active'")
}

function count({ sqlite }: HourPlatform, text: string): number {
  return Number(sqlite.run({ text, params: [] }).rows[0]?.['n'])
}
