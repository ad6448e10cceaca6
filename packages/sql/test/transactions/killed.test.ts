import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Store, StoredEvent } from '@quayside/server'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { impUid, merchantUid, take } from '../../../core/fixtures/sample.ts'
import { createMysqlStore, createPostgresStore, createSqliteStore } from '../../src/index.ts'
import { createMysqlDatabase, createPostgresDatabase, createSqliteFile } from '../databases.ts'

// Processes that are killed in the middle of their transactions.

/** After how many lines each process is killed. */
const kills = [1, 9, 17, 26, 40, 75, 111, 150]

/** Inside the repository, where Node finds the drivers. */
const cache = join(import.meta.dirname, '..', '..', '..', '..', '.cache')
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(join(cache, 'killed-'))
const program = join(folder, 'killed-process.mjs')

interface Progress {
  readonly begun: readonly string[]
  /** The payment of each order whose process was told that it is paid. */
  readonly paid: ReadonlyMap<string, string>
}

async function runAndKill(url: string, run: string, lineCount: number): Promise<Progress> {
  const child = spawn(process.execPath, [program, url, run], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const begun: string[] = []
  const paid = new Map<string, string>()
  let lines = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, id = '', uid = ''] = line.split(' ')
    if (word === 'begun') begun.push(id)
    else paid.set(id, uid)
    if (++lines === lineCount) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return { begun, paid }
}

async function eventsOf({ outbox }: Store): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = []
  for (;;) {
    const page = take(await outbox.list('pending', events.at(-1)?.id ?? '', 1_000))
    if (page.length === 0) return events
    events.push(...page)
  }
}

/** What is wrong with an order: nothing of it, or all of it, must have been written. */
async function problemOf(store: Store, id: string, toldUid: string | undefined, events: number) {
  const found = await store.orders.find(merchantUid(id))
  const order = found.ok ? found.value : null
  if (order?.status !== 'paid') {
    return events === 0 && toldUid === undefined ? null : `${id} was lost`
  }
  if (toldUid !== undefined && toldUid !== order.impUid) return `${id} has another payment`
  const accepted = { impUid: impUid(String(order.impUid)), merchantUid: order.merchantUid }
  const unaccepted = take(await store.orderQueries.unacceptedAttempts([accepted]))
  return events === 1 && unaccepted.length === 0 ? null : `${id} has ${events} events`
}

/** @param settle Waits until the database has ended the transactions of processes that are gone. */
async function expectNothingLost(
  store: Store,
  url: string,
  settle: () => Promise<unknown>,
): Promise<void> {
  const runs: Progress[] = []
  for (const [run, lineCount] of kills.entries()) {
    runs.push(await runAndKill(url, `K${run}`, lineCount))
  }
  await settle()
  const counts = Map.groupBy(await eventsOf(store), ({ merchantUid: id }) => id)
  const problems = await Promise.all(
    runs.flatMap(({ begun, paid }) =>
      begun.map((id) => problemOf(store, id, paid.get(id), counts.get(id)?.length ?? 0)),
    ),
  )
  expect(problems.filter((problem) => problem !== null)).toEqual([])
  expect(runs.flatMap(({ paid }) => [...paid]).length).toBeGreaterThan(0)
}

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'killed-process.ts')],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    tsconfig: join(import.meta.dirname, '..', '..', '..', '..', 'tsconfig.json'),
    external: ['mysql2', 'pg'],
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

const postgres = await createPostgresDatabase()
const mysql = await createMysqlDatabase()
afterAll(async () => {
  await postgres.drop()
  await mysql.drop()
})

describe('T15: a process that is killed leaves each order as it was, or paid with one event', () => {
  it('on a SQLite file', async () => {
    const file = await createSqliteFile()
    const store = createSqliteStore(file.connect())
    await expectNothingLost(store, `file://${file.path}`, async () => undefined)
    file.remove()
  })

  it.skipIf(postgres.isMissing)(`on PostgreSQL${postgres.note}`, async () => {
    const { pool, url } = postgres
    await expectNothingLost(createPostgresStore(pool), url, () =>
      pool.query('BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE; COMMIT'),
    )
  })

  it.skipIf(mysql.isMissing)(`on MySQL or MariaDB${mysql.note}`, async () => {
    const { pool, url } = mysql
    await expectNothingLost(createMysqlStore(pool), url, async () => {
      const connection = await pool.getConnection()
      await connection.query('LOCK TABLES orders WRITE')
      await connection.query('UNLOCK TABLES')
      connection.release()
    })
  })
})
