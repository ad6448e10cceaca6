import { median } from '../statistics.ts'
import { type Completion, toInsert, toTransaction } from './completion-statements.ts'
import { type BenchDatabase, createBenchDatabase, type DatabaseKind } from './databases.ts'
import type { NodePlan } from './plan.ts'

/** Whatever must be stopped when the program is. */
export type Running = Set<{ stop(): Promise<void> }>

/** How long a commit takes with so many orders stored, in microseconds. */
export interface CommitTime {
  readonly orders: number
  /** The median of all timed commits, and of each round. */
  readonly medianMicros: number
  readonly roundMicros: readonly number[]
}

interface Grown {
  readonly orders: number
  readonly database: BenchDatabase
  /** The number of the next order that is opened. */
  next: number
  readonly times: number[][]
}

const rounds = 10
const receipt =
  'https://admin8.kcp.co.kr/assist/bill.BillActionNew.do?cmd=card_bill&tno=23829384723984&order_no=ORD&trade_mony=64900'
const startedAt = 1_700_000_000_000

/**
 * Times commits, one after another, beside databases of several sizes that take turns. Order ids grow with time, as those of
 * shops do; payment ids have no order.
 */
export async function measureGrowth(
  kind: DatabaseKind,
  { sizes, commits }: NodePlan,
  running: Running,
  showStep: (step: string) => void,
): Promise<readonly CommitTime[]> {
  const grown: Grown[] = []
  try {
    for (const orders of sizes) {
      showStep(`${kind}: storing ${orders} orders`)
      const database = await createBenchDatabase(kind)
      running.add({ stop: () => database.drop() })
      grown.push({ orders, database, next: orders, times: [] })
      await fill(database, kind, orders)
    }
    showStep(`${kind}: committing beside them`)
    const perRound = Math.ceil(commits / rounds)
    for (const each of grown) await commitSome(each, perRound)
    for (let round = 0; round < rounds; round++) {
      for (const each of round % 2 === 0 ? grown : grown.toReversed()) {
        each.times.push(await commitSome(each, perRound))
      }
    }
    return grown.map(({ orders, times }) => ({
      orders,
      medianMicros: median(times.flat()),
      roundMicros: times.map(median),
    }))
  } finally {
    for (const each of running) await each.stop()
    running.clear()
  }
}

async function commitSome(grown: Grown, count: number): Promise<number[]> {
  const { driver, dialect } = grown.database
  const completions = Array.from({ length: count }, (_, index) => toCompletion(grown.next + index))
  grown.next += count
  await driver.run(
    completions.map(({ id, amount, at }) =>
      toInsert(dialect, { id, amount, name: 'Green tea 100 g', at }),
    ),
  )
  const micros: number[] = []
  for (const completion of completions) {
    const transaction = toTransaction(dialect, completion)
    const at = performance.now()
    await driver.run(transaction)
    micros.push((performance.now() - at) * 1000)
  }
  return micros
}

// The ids of the n-th order, here and in SQL: a prime modulus gives each payment another number, in no
// order. The factor exceeds 32 bits, so that PostgreSQL multiplies in 64.
const scatter = { factor: 3_874_204_891, modulus: 2_000_003, base: 448_000_000_000 }
const firstId = 100_000_000

function toCompletion(n: number): Completion {
  const { factor, modulus, base } = scatter
  return {
    id: `ORD-20261128-${firstId + n}`,
    sequence: 0,
    uid: `imp_${base + ((n * factor) % modulus)}`,
    amount: 64_900,
    method: 'card',
    receipt,
    channel: 'kcp',
    paidAt: startedAt + n * 1000,
    at: startedAt + n * 1000,
  }
}

const digits =
  '(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)'

/** Stores paid orders with their events and payments: rows as large as real ones. */
async function fill({ driver }: BenchDatabase, kind: DatabaseKind, orders: number): Promise<void> {
  const { factor, modulus, base } = scatter
  const rows = `(SELECT concat('ORD-20261128-', ${firstId} + n) AS id,
      concat('imp_', ${base} + (n * ${factor}) % ${modulus}) AS uid, ${startedAt} + n * 1000 AS at
    FROM (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d AS n
      FROM ${digits} AS a, ${digits} AS b, ${digits} AS c, ${digits} AS e, ${digits} AS f, ${digits} AS g) AS numbers
    WHERE n < ${orders}) AS filled`
  const payload = `concat('{"merchant_uid":"', id, '","status":"paid","amount":64900,"currency":"KRW","imp_uid":"', uid,
    '","cancelled_amount":0,"paid_amount":64900,"virtual_account":null,"paid_at":"2026-11-22T03:00:00.000Z","receipt_url":"${receipt}"}')`
  const statements = [
    `INSERT INTO orders (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, name, status, imp_uid,
      pay_method, cancelled, paid_at, receipt_url, paid_amount, sequence, prepared_at, created_at, updated_at)
    SELECT id, 64900, 'KRW', '[]', 'report', 'report', 'Green tea 100 g', 'paid', uid, 'card', 0, at, '${receipt}', 64900,
      1, at, at, at FROM ${rows}`,
    `INSERT INTO outbox (id, merchant_uid, sequence, kind, payload, created_at, tries, delivered_at)
    SELECT concat(id, ':1'), id, 1, 'paid', ${payload}, at, 1, at FROM ${rows}`,
    `INSERT INTO attempts (imp_uid, merchant_uid, verdict, payment_merchant_uid, payment_status, amount, currency, cancelled,
      pay_method, pg_provider, sandbox, created_at)
    SELECT uid, id, 'accepted', id, 'paid', 64900, 'KRW', 0, 'card', 'kcp', 0, at FROM ${rows}`,
    // Otherwise the server does this while commits are timed.
    ...(kind === 'postgres' ? ['VACUUM ANALYZE', 'CHECKPOINT'] : []),
  ]
  for (const text of statements) await driver.run([{ text, values: [] }])
}
