import { describe, expect, inject, it } from 'vitest'
import { printCount } from '../../report/print-count.ts'
import { openPostgres, openSqlite, type SubscriptionDatabase } from './database.ts'
import { accountFlaws, type KnownFlaw, keyFlaws, storeFlaws } from './flaws.ts'
import type { ServerFlaw } from './server-flaw.ts'
import { runServer, type ServerRun, type ServerRunSize } from './server-run.ts'

const { subscriptionServers } = inject('cases')

async function runOn(
  database: SubscriptionDatabase,
  seed: number,
  size: ServerRunSize,
  flaw?: ServerFlaw,
): Promise<ServerRun> {
  try {
    return await runServer(seed, size, database, flaw)
  } finally {
    await database.close()
  }
}

/** The violations of the first seed that has any, of some. */
async function findViolations(
  { seed: from, sql, server }: KnownFlaw,
  size: ServerRunSize,
  seeds: number,
): Promise<readonly string[]> {
  for (let seed = from; seed < seeds; seed++) {
    const { violations } = await runOn(openSqlite(sql), seed, size, server)
    if (violations.length > 0) return violations
  }
  return []
}

const small = { subscriptions: 4, months: 12 }
const smallWithAccounts = { subscriptions: 4, months: 3, hasAccounts: true }
const postgres = await openPostgres()

describe('two instances of the server with subscriptions, against the books of the provider', () => {
  it('T150, T151, T152, T154, T156, T244: on SQLite no period is charged twice, none is forgotten, and no key that was given up is charged', async () => {
    const since = performance.now()
    const violations: string[] = []
    let periods = 0
    let givenUp = 0
    for (let seed = 0; seed < subscriptionServers; seed++) {
      const run = await runOn(openSqlite(), seed, { subscriptions: 4, months: 24 })
      violations.push(...run.violations.map((each) => `seed ${seed}: ${each}`))
      periods += run.paid
      givenUp += run.counts['key given up after it was read'] ?? 0
    }
    printCount('paid periods of subscriptions on the server and SQLite', periods, since)
    expect(violations).toEqual([])
    expect(givenUp).toBeGreaterThan(4 * subscriptionServers)
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

  it.each(Object.entries(storeFlaws))('finds a store that %s', async (_, flaw) => {
    expect(await findViolations(flaw, small, 50)).not.toEqual([])
  })

  it.each(Object.entries(keyFlaws))('T244: finds a server that %s', async (_, flaw) => {
    expect(await findViolations(flaw, small, 50)).toContainEqual(
      expect.stringMatching(/^S5: .* had been given up$/),
    )
  })

  it('T237: with two accounts, whose payments, keys and orders have the same ids, each has what is its own', async () => {
    const since = performance.now()
    const violations: string[] = []
    let periods = 0
    let orders = 0
    let paidElsewhere = 0
    const seeds = 2 * subscriptionServers
    // With the first two seeds no order is paid elsewhere, so that a small sample would show nothing.
    const from = 3
    for (let seed = from; seed < from + seeds; seed++) {
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
    expect(await findViolations(flaw, smallWithAccounts, 1_000)).not.toEqual([])
  })
})
