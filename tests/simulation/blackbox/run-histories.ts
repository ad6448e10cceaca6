import { createChance } from '../engine/prng.ts'
import { judgeHistory } from './checkers/checker.ts'
import type { Booked, Evidence, Exempt, Operation, Told } from './checkers/http-history.ts'
import { createHands, sleep } from './clients.ts'
import { bundlePrograms, canaries, openWorld, type Programs, type World } from './environment.ts'
import { carryLetter, drawWeather, type Weather } from './nemesis.ts'
import { playHistory, writeOrders } from './scenarios.ts'

/** How many histories share one deployment, one after the other and side by side. */
const batchSize = 50
const atOnce = 20

export interface Options {
  /** How often each watcher of an order looks. */
  readonly looks: number
  readonly onProgress?: (histories: number) => void
}

/** One history, as it was and as it was judged. */
export interface Judged {
  readonly seed: number
  readonly evidence: Evidence
  readonly wrong: readonly string[]
}

/** What a run came to. */
export interface Outcome {
  readonly judged: readonly Judged[]
  readonly operations: number
  readonly kills: number
}

/** What one history writes down while it runs. */
interface Record {
  readonly seed: number
  readonly operations: Operation[]
  readonly told: Told[]
  /** Letters that are still on their way. */
  readonly letters: Promise<void>[]
}

/** Runs the histories of these seeds, two batches at a time: one waits while the other works. */
export async function runHistories(
  from: number,
  count: number,
  { looks, onProgress = () => undefined }: Options,
): Promise<Outcome> {
  const programs = await bundlePrograms()
  const batches = cutBatches(from, from + count)
  const judged: Judged[] = []
  let kills = 0
  let done = 0
  const work = async (): Promise<void> => {
    for (let own = batches.shift(); own !== undefined; own = batches.shift()) {
      const weather = drawWeather(Math.floor((own[0] ?? 0) / batchSize))
      judged.push(...(await runBatch(own, programs, weather, looks, () => onProgress(++done))))
      kills += weather.troubles.filter(({ kind }) => kind === 'death').length
    }
  }
  await Promise.all([work(), work()])
  const operations = judged.reduce((sum, each) => sum + each.evidence.operations.length, 0)
  return { judged, operations, kills }
}

/** Seeds with those they share a deployment with: a history replayed alone keeps its batch's weather. */
function cutBatches(from: number, to: number): number[][] {
  const batches: number[][] = []
  for (let seed = from; seed < to; seed++) {
    const last = batches.at(-1)
    if (last === undefined || seed % batchSize === 0) batches.push([seed])
    else last.push(seed)
  }
  return batches
}

/** Runs histories that share a deployment, and judges each of them. */
async function runBatch(
  seeds: readonly number[],
  programs: Programs,
  weather: Weather,
  looks: number,
  onDone: () => void,
): Promise<readonly Judged[]> {
  const records = new Map(
    seeds.map((seed): [number, Record] => [seed, { seed, operations: [], told: [], letters: [] }]),
  )
  const recordOf = (id: string): Record | undefined => records.get(seedOf(id))
  const world = await openWorld(programs, {
    letter(letter) {
      const record = recordOf(letter.imp_uid)
      if (record === undefined) return
      const hands = createHands(world, (operation) => record.operations.push(operation))
      const chance = createChance(record.seed * 64 + 63 + record.letters.length * 7)
      record.letters.push(carryLetter(letter, hands, chance))
    },
    event(arrival) {
      const status = weather.receiver(arrival.id)
      const { data } = JSON.parse(arrival.text)
      const order = data.merchant_uid ?? data.exception.merchant_uid
      recordOf(order)?.told.push({ ...arrival, status })
      return status
    },
  })
  try {
    await weather.begin(world)
    await playAll([...records.values()], world, weather, looks, onDone)
    return await finish([...records.values()], world, weather)
  } finally {
    await world.close()
  }
}

/** Plays histories side by side while the cron ticks; a kill comes when a share of them has begun. */
async function playAll(
  records: readonly Record[],
  world: World,
  weather: Weather,
  looks: number,
  onDone: () => void,
): Promise<void> {
  const queue = [...records]
  let done = 0
  const work = async (): Promise<void> => {
    for (let record = queue.shift(); record !== undefined; record = queue.shift()) {
      const { seed, operations, letters } = record
      const hands = createHands(world, (operation) => operations.push(operation))
      await playHistory({ seed, hands, looks, weather })
      for (const letter of letters) await letter
      done++
      onDone()
    }
  }
  let isOver = false
  const played = Promise.all(Array.from({ length: atOnce }, work)).finally(() => {
    isOver = true
  })
  const passing = (async () => {
    while (!(isOver && weather.isOver())) {
      await weather.pass(world, isOver ? 1 : done / records.length)
      await sleep(50)
    }
  })()
  await Promise.all([played, passing])
}

/** Ends the trouble, gives repair two periods, asks for what waits for its next try, and reads everything. */
async function finish(
  records: readonly Record[],
  world: World,
  weather: Weather,
): Promise<readonly Judged[]> {
  await weather.end(world)
  const endedAt = Date.now()
  await world.cron()
  await world.cron()
  await sleep(200)
  const untried = (await listPending(world)).filter(
    ({ tries, created_at }) => tries === 0 && Date.parse(created_at) < endedAt,
  )
  for (let rounds = 0; rounds < 20; rounds++) {
    const pending = await listPending(world)
    if (pending.length === 0) break
    for (const { id } of pending) {
      await askKeyed(world, `/events/${encodeURIComponent(id)}/replay`, { method: 'POST' })
    }
    await world.cron()
  }
  for (const { seed, operations } of records) {
    const hands = createHands(world, (operation) => operations.push(operation))
    await Promise.all(
      writeOrders(seed).map(({ merchant_uid }) => hands.read('auditor', merchant_uid)),
    )
  }
  const { exceptions }: { exceptions: readonly Exempt[] } = JSON.parse(
    await askKeyed(world, '/exceptions?state=all'),
  )
  // The list shows a hundred: with more, some of them could not be seen.
  if (exceptions.length >= 100) throw new Error('Too many exceptions in one batch to see them all')
  const { payments }: { payments: readonly Booked[] } = await (
    await fetch(`${world.simulatorUrl}/_simulator/state`)
  ).json()

  return records.map(({ seed, operations, told }): Judged => {
    const isOurs = ({ merchant_uid }: { readonly merchant_uid: string }): boolean =>
      merchant_uid.startsWith(`B${seed}-`)
    const evidence: Evidence = {
      wanted: writeOrders(seed),
      operations: operations.toSorted((a, b) => a.from - b.from),
      told,
      booked: payments.filter(isOurs),
      exempt: exceptions.filter(isOurs),
      untried: untried.map(({ id }) => id).filter((id) => seedOf(id) === seed),
      troubles: weather.troubles,
      secrets: Object.values(canaries),
    }
    return { seed, evidence, wrong: judgeHistory(evidence) }
  })
}

/** The seed whose history an id belongs to: of an order, of a payment, of an event, of an exception. */
function seedOf(id: string): number {
  return Number(/(?:imp_|B)(\d+)[-_]/.exec(id)?.[1])
}

interface Pending {
  readonly id: string
  readonly tries: number
  readonly created_at: string
}

async function listPending(world: World): Promise<readonly Pending[]> {
  const all: Pending[] = []
  for (let after: string | null = ''; after !== null; ) {
    const query: string = new URLSearchParams({ state: 'pending', limit: '100', after }).toString()
    const page: { events: readonly Pending[]; next: string | null } = JSON.parse(
      await askKeyed(world, `/events?${query}`),
    )
    all.push(...page.events)
    after = page.next
  }
  return all
}

async function askKeyed(world: World, path: string, init: RequestInit = {}): Promise<string> {
  const headers = { authorization: `Bearer ${canaries.merchantKey}` }
  return (await fetch(`${world.url()}${path}`, { ...init, headers })).text()
}
