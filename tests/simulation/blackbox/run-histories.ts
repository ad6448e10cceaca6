import { setTimeout as sleep } from 'node:timers/promises'
import { createPrng } from '../engine/prng.ts'
import { checkHistory } from './checkers/checker.ts'
import type {
  EventDelivery,
  HttpHistory,
  Operation,
  ProviderPayment,
  ReconciliationIssue,
} from './checkers/http-history.ts'
import { createClients } from './clients.ts'
import {
  bundleWorker,
  canaries,
  type Environment,
  type StartDeployment,
  startEnvironment,
} from './environment.ts'
import { createNemesis, deliverWebhook, type Nemesis } from './nemesis.ts'
import { generateOrders, runHistory } from './scenarios.ts'

/** How many histories share one deployment, one after the other and side by side. */
const batchSize = 50
const maxConcurrent = 20
/** How much of a minute one run of the recovery jobs may take. */
const recoveryMs = 50_000

export interface Options {
  /** How often each reader of an order reads it. */
  readonly readCount: number
  readonly onProgress?: (histories: number) => void
}

/** One history with its violations. */
export interface CheckedHistory {
  readonly seed: number
  readonly history: HttpHistory
  readonly violations: readonly string[]
}

/** The result of a run. */
export interface BlackboxResult {
  readonly checked: readonly CheckedHistory[]
  readonly operations: number
  readonly kills: number
}

/** What is recorded of one history while it runs. */
interface HistoryRecorder {
  readonly seed: number
  readonly operations: Operation[]
  readonly deliveries: EventDelivery[]
  /** Webhooks that are still being delivered. */
  readonly webhooks: Promise<void>[]
}

/** Runs the histories of these seeds, two batches at a time: one waits while the other works. */
export async function runHistories(
  from: number,
  count: number,
  { readCount, onProgress = () => undefined }: Options,
): Promise<BlackboxResult> {
  const startWorker = await bundleWorker()
  const batches = cutBatches(from, from + count)
  const checked: CheckedHistory[] = []
  let kills = 0
  let done = 0
  const work = async (): Promise<void> => {
    for (let own = batches.shift(); own !== undefined; own = batches.shift()) {
      const nemesis = createNemesis(Math.floor((own[0] ?? 0) / batchSize))
      const onDone = (): void => onProgress(++done)
      checked.push(...(await runBatch(own, startWorker, nemesis, readCount, onDone)))
      kills += nemesis.faultWindows.filter(({ kind }) => kind === 'crash').length
    }
  }
  await Promise.all([work(), work()])
  const operations = checked.reduce((sum, each) => sum + each.history.operations.length, 0)
  return { checked, operations, kills }
}

/** Seeds grouped by deployment: a history that is replayed alone keeps the faults of its batch. */
function cutBatches(from: number, to: number): number[][] {
  const batches: number[][] = []
  for (let seed = from; seed < to; seed++) {
    const last = batches.at(-1)
    if (last === undefined || seed % batchSize === 0) batches.push([seed])
    else last.push(seed)
  }
  return batches
}

/** Runs histories that share a deployment, and checks each of them. */
export async function runBatch(
  seeds: readonly number[],
  startDeployment: StartDeployment,
  nemesis: Nemesis,
  readCount: number,
  onDone: () => void = () => undefined,
): Promise<readonly CheckedHistory[]> {
  const recorders = new Map(
    seeds.map((seed): [number, HistoryRecorder] => [
      seed,
      { seed, operations: [], deliveries: [], webhooks: [] },
    ]),
  )
  const recorderOf = (id: string): HistoryRecorder | undefined => recorders.get(seedOf(id))
  const environment = await startEnvironment(startDeployment, {
    onWebhook(webhook) {
      const recorder = recorderOf(webhook.imp_uid)
      if (recorder === undefined) return
      const clients = createClients(environment, (operation) => recorder.operations.push(operation))
      const prng = createPrng(recorder.seed * 64 + 63 + recorder.webhooks.length * 7)
      recorder.webhooks.push(deliverWebhook(webhook, clients, prng))
    },
    onEvent(delivery) {
      const status = nemesis.receiverStatus(delivery.id)
      const { data } = JSON.parse(delivery.text)
      const order = data.merchant_uid ?? data.reconciliation_issue.merchant_uid
      recorderOf(order)?.deliveries.push({ ...delivery, status })
      return status
    },
  })
  try {
    await nemesis.start(environment)
    await runAll([...recorders.values()], environment, nemesis, readCount, onDone)
    return await finish([...recorders.values()], environment, nemesis)
  } finally {
    await environment.close()
  }
}

/** Runs histories side by side while the cron runs; a kill comes when a share of them is over. */
async function runAll(
  recorders: readonly HistoryRecorder[],
  environment: Environment,
  nemesis: Nemesis,
  readCount: number,
  onDone: () => void,
): Promise<void> {
  const queue = [...recorders]
  let done = 0
  const work = async (): Promise<void> => {
    for (let recorder = queue.shift(); recorder !== undefined; recorder = queue.shift()) {
      const { seed, operations, webhooks } = recorder
      const clients = createClients(environment, (operation) => operations.push(operation))
      await runHistory({ seed, clients, readCount, nemesis })
      for (const webhook of webhooks) await webhook
      done++
      onDone()
    }
  }
  let isOver = false
  const running = Promise.all(Array.from({ length: maxConcurrent }, work)).finally(() => {
    isOver = true
  })
  const ticking = (async () => {
    while (!(isOver && nemesis.isDone())) {
      await nemesis.tick(environment, isOver ? 1 : done / recorders.length)
      await sleep(50)
    }
  })()
  await Promise.all([running, ticking])
}

/** Ends the faults, runs the cron twice, replays the events that wait for their next try, and reads everything. */
async function finish(
  recorders: readonly HistoryRecorder[],
  environment: Environment,
  nemesis: Nemesis,
): Promise<readonly CheckedHistory[]> {
  await nemesis.stop(environment)
  const endedAt = Date.now()
  for (let completeRuns = 0; completeRuns < 2; ) {
    const from = performance.now()
    await environment.runCron()
    // A run that reached its time limit continues in the next minute.
    if (performance.now() - from < recoveryMs) completeRuns++
  }
  await sleep(200)
  const untried = (await listPending(environment)).filter(
    ({ tries, created_at }) => tries === 0 && Date.parse(created_at) < endedAt,
  )
  for (let rounds = 0; rounds < 20; rounds++) {
    const pending = await listPending(environment)
    if (pending.length === 0) break
    for (const { id } of pending) {
      await askAsMerchant(environment, `/events/${encodeURIComponent(id)}/replay`, {
        method: 'POST',
      })
    }
    await environment.runCron()
  }
  for (const { seed, operations } of recorders) {
    const clients = createClients(environment, (operation) => operations.push(operation))
    await Promise.all(
      generateOrders(seed).map(({ merchant_uid }) => clients.read('auditor', merchant_uid)),
    )
  }
  const {
    reconciliation_issues: issues,
  }: { reconciliation_issues: readonly ReconciliationIssue[] } = JSON.parse(
    await askAsMerchant(environment, '/reconciliation-issues?state=all'),
  )
  // The list is limited to a hundred: with more, some would be missing.
  if (issues.length >= 100) throw new Error('Too many issues in one batch to see them all')
  const { payments }: { payments: readonly ProviderPayment[] } = await (
    await fetch(`${environment.simulatorUrl}/_simulator/state`)
  ).json()

  return recorders.map(({ seed, operations, deliveries }): CheckedHistory => {
    const isOurs = ({ merchant_uid }: { readonly merchant_uid: string }): boolean =>
      merchant_uid.startsWith(`B${seed}-`)
    const history: HttpHistory = {
      orderSpecs: generateOrders(seed),
      operations: operations.toSorted((a, b) => a.from - b.from),
      deliveries,
      payments: payments.filter(isOurs),
      issues: issues.filter(isOurs),
      untried: untried.map(({ id }) => id).filter((id) => seedOf(id) === seed),
      faultWindows: nemesis.faultWindows,
      secrets: Object.values(canaries),
    }
    return { seed, history, violations: checkHistory(history) }
  })
}

/** The seed of the history that an id belongs to: of an order, a payment, an event or an issue. */
function seedOf(id: string): number {
  return Number(/(?:imp_|B)(\d+)[-_]/.exec(id)?.[1])
}

interface Pending {
  readonly id: string
  readonly tries: number
  readonly created_at: string
}

async function listPending(environment: Environment): Promise<readonly Pending[]> {
  const all: Pending[] = []
  for (let after: string | null = ''; after !== null; ) {
    const query: string = new URLSearchParams({ state: 'pending', limit: '100', after }).toString()
    const page: { events: readonly Pending[]; next: string | null } = JSON.parse(
      await askAsMerchant(environment, `/events?${query}`),
    )
    all.push(...page.events)
    after = page.next
  }
  return all
}

async function askAsMerchant(
  environment: Environment,
  path: string,
  init: RequestInit = {},
): Promise<string> {
  const headers = { authorization: `Bearer ${canaries.merchantKey}` }
  return (await fetch(`${environment.url()}${path}`, { ...init, headers })).text()
}
