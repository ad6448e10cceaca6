import { createHttpClient } from '../http.ts'
import { completeAll } from '../node/connections.ts'
import type { Provider } from '../node/provider.ts'
import { countWrong, createOrderPool } from '../order.ts'
import { percentile } from '../statistics.ts'
import type { WorkerdPlan } from './plan.ts'
import type { LocalDatabase, WorkerdSubject } from './workerd-subject.ts'

/** What many webhooks at once have caused. */
export interface Storm {
  readonly webhooks: number
  readonly perSecond: number
  readonly p99Ms: number
  /** How many responses had each status. */
  readonly statuses: Readonly<Record<string, number>>
  readonly providerCalls: number
  /** Rows of any table that are new or differ afterwards. */
  readonly rowsChanged: number
  readonly wrongOrders: number
}

/** The tables to which a webhook can write. */
const tables = [
  'orders',
  'outbox',
  'attempts',
  'reconciliation_issues',
  'poll_schedule',
  'revocations',
  'cancels',
]

interface Webhook {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly status: 'paid'
}

/** Completes one order, then repeats the webhook of its payment. */
export async function repeatWebhook(
  subject: WorkerdSubject,
  provider: Provider,
  plan: WorkerdPlan,
): Promise<Storm> {
  const orders = createOrderPool('settled').take(1)
  await subject.open(orders)
  await provider.seedPayments(orders)
  await completeAll(subject.url, orders, 1)
  const webhooks = orders.flatMap(({ imp_uid, merchant_uid }) =>
    Array.from({ length: plan.storm }, () => ({ imp_uid, merchant_uid, status: 'paid' }) as const),
  )
  const storm = await send(webhooks, subject, provider, plan)
  return { ...storm, wrongOrders: countWrong(orders, await subject.readOrderStates()) }
}

/** Sends webhooks of payments and orders that do not exist. */
export async function inventWebhooks(
  subject: WorkerdSubject,
  provider: Provider,
  plan: WorkerdPlan,
): Promise<Storm> {
  const webhooks = Array.from({ length: plan.storm }, (_, n): Webhook => {
    return { imp_uid: `imp_unknown_${n}`, merchant_uid: `order-unknown-${n}`, status: 'paid' }
  })
  return { ...(await send(webhooks, subject, provider, plan)), wrongOrders: 0 }
}

async function send(
  webhooks: readonly Webhook[],
  { url, db }: WorkerdSubject,
  provider: Provider,
  { connections }: WorkerdPlan,
): Promise<Omit<Storm, 'wrongOrders'>> {
  const client = createHttpClient(connections)
  const queue = webhooks.values()
  const latenciesMs: number[] = []
  const statuses: Record<string, number> = {}
  const work = async () => {
    for (const body of queue) {
      const { status, ms } = await client.call(`${url}/payments/webhook`, { body })
      latenciesMs.push(ms)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  await provider.takeCalls()
  const before = new Set(await readRows(db))
  const at = performance.now()
  await Promise.all(Array.from({ length: connections }, work))
  const seconds = (performance.now() - at) / 1000
  client.close()
  return {
    webhooks: webhooks.length,
    perSecond: webhooks.length / seconds,
    p99Ms: percentile(latenciesMs, 0.99),
    statuses,
    providerCalls: await provider.takeCalls(),
    rowsChanged: (await readRows(db)).filter((row) => !before.has(row)).length,
  }
}

/** Every row of every table, as text. */
async function readRows(db: LocalDatabase): Promise<readonly string[]> {
  const rows: string[] = []
  for (const table of tables) {
    const { results } = await db.prepare(`SELECT * FROM ${table}`).all()
    rows.push(...results.map((row) => `${table} ${JSON.stringify(row)}`))
  }
  return rows
}
