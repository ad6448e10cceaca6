import { describe, expect, inject, it } from 'vitest'
import { printCount } from '../../report/print-count.ts'
import { openPostgres, openSqlite, type SqlFlaw, type SubscriptionDatabase } from './database.ts'
import { accountFlaws, sqlFlaws } from './flaws.ts'
import type { AccountFlaw } from './network.ts'
import { runServer, type ServerRun, type ServerRunSize } from './server-run.ts'

const { subscriptionServers } = inject('cases')

async function runOn(
  database: SubscriptionDatabase,
  seed: number,
  size: ServerRunSize,
  flaw?: AccountFlaw,
): Promise<ServerRun> {
  try {
    return await runServer(seed, size, database, flaw)
  } finally {
    await database.close()
  }
}

/** The violations of the first seed that has any, of fifty. */
async function findViolations(flaw: SqlFlaw, from: number): Promise<readonly string[]> {
  const size = { subscriptions: 4, months: 12 }
  for (let seed = from; seed < 50; seed++) {
    const { violations } = await runOn(openSqlite(flaw), seed, size)
    if (violations.length > 0) return violations
  }
  return []
}

/** The violations of the first seed that has any, of a thousand. */
async function findMixedAccounts(flaw: AccountFlaw, from: number): Promise<readonly string[]> {
  const size = { subscriptions: 4, months: 3, hasAccounts: true }
  for (let seed = from; seed < 1_000; seed++) {
    const { violations } = await runOn(openSqlite(), seed, size, flaw)
    if (violations.length > 0) return violations
  }
  return []
}

const postgres = await openPostgres()

describe('two instances of the server with subscriptions, against the books of the provider', () => {
  it('T150, T151, T152, T154, T156: on SQLite no period is charged twice and none is forgotten', async () => {
    const since = performance.now()
    const violations: string[] = []
    let periods = 0
    for (let seed = 0; seed < subscriptionServers; seed++) {
      const run = await runOn(openSqlite(), seed, { subscriptions: 4, months: 24 })
      violations.push(...run.violations.map((each) => `seed ${seed}: ${each}`))
      periods += run.paid
    }
    printCount('paid periods of subscriptions on the server and SQLite', periods, since)
    expect(violations).toEqual([])
    expect(periods).toBeGreaterThan(20 * subscriptionServers)
  })

  // The order of transactions is that of the database, so a seed does not replay.
  it.skipIf(postgres === null)('T150, T156: nor on PostgreSQL', async () => {
    if (postgres === null) return
    const since = performance.now()
    const months = Math.min(24, 2 + subscriptionServers)
    const run = await runOn(postgres, 1, { subscriptions: 3, months })
    printCount('paid periods of subscriptions on the server and PostgreSQL', run.paid, since)
    expect(run.violations).toEqual([])
    expect(run.paid).toBeGreaterThan(0)
  })

  it.each(Object.entries(sqlFlaws))('finds a store that %s', async (_, flaw) => {
    expect(await findViolations(flaw, flaw.seed)).not.toEqual([])
  })

  it('T237: with two accounts, whose payments, keys and orders have the same ids, each has what is its own', async () => {
    const since = performance.now()
    const violations: string[] = []
    let periods = 0
    let orders = 0
    let paidElsewhere = 0
    const seeds = 2 * subscriptionServers
    for (let seed = 0; seed < seeds; seed++) {
      const size = { subscriptions: 4, months: 6, hasAccounts: true }
      const run = await runOn(openSqlite(), seed, size)
      violations.push(...run.violations.map((each) => `seed ${seed}: ${each}`))
      periods += run.paid
      orders += run.counts['orders'] ?? 0
      paidElsewhere += run.counts['orders paid elsewhere'] ?? 0
    }
    printCount('paid periods of subscriptions of two accounts', periods, since)
    printCount('orders of two accounts beside them', orders, since)
    expect(violations).toEqual([])
    expect(orders).toBeGreaterThan(2 * seeds)
    expect(paidElsewhere).toBeGreaterThan(0)
    expect(periods).toBeGreaterThan(5 * seeds)
  })

  it.each(Object.entries(accountFlaws))('T237: finds a server that %s', async (_, flaw) => {
    expect(await findMixedAccounts(flaw, flaw.seed)).not.toEqual([])
  })
})
