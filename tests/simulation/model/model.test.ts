import { describe, expect, it } from 'vitest'
import type { Standing, Word } from '../checkers/history.ts'
import { allGuards } from '../engine/fake-database.ts'
import { say } from '../report/print-count.ts'
import { createDoors, type Entrance } from '../systems/http-app.ts'
import type { Job } from '../threads/job.ts'
import { runCrew } from '../threads/thread-pool.ts'
import { deeds } from './commands.ts'
import { learn, type News, type Row } from './model.ts'
import { runModel } from './run-model.ts'

const runs = 10_000
const statuses: readonly Standing[] = [
  'pending',
  'vbank_issued',
  'failed',
  'expired',
  'paid',
  'partially_cancelled',
  'cancelled',
]
const words = statuses.filter((each): each is Word => each !== 'expired')

/** Every change that an order can make, worked out from what it learns of every payment. */
function changesOf(status: Standing): readonly string[] {
  const row: Row = { status, imp_uid: status === 'pending' ? null : 'own', cancelled: 0, issued: 1 }
  const lessons = words.flatMap((word) =>
    ['own', 'other'].flatMap((imp_uid) =>
      [true, false].map((isLateWelcome) => {
        const cancelled = word === 'partially_cancelled' ? 400 : 0
        const news: News = { imp_uid, status: word, cancelled, issued: 2 }
        return learn(row, news, isLateWelcome)
      }),
    ),
  )
  const kinds = lessons.flatMap((each) => {
    if (each === row) return []
    return typeof each === 'string' ? each : each.status
  })
  return [...new Set(kinds)].map((kind) => `event ${status} → ${kind}`)
}

/** The doors of the product with one thing taken out of it. */
const without = (change: Partial<Entrance>) => (): Entrance => ({ ...createDoors(), ...change })
const wrongs = [
  [
    'a record that asks for no sequence',
    without({ guards: { ...allGuards, sequence: false } }),
    /nobody had such news in hand|not the next thing/,
  ],
  [
    'a failure that is final',
    without({ guards: { ...allGuards, lateApproval: false } }),
    /answered 503|is failed and was told that imp_\d+ is paid/,
  ],
  [
    'a shop that believes the last event to arrive',
    without({ receive: (shop, event) => shop.receiveUnordered(event) }),
    /the shop was told/,
  ],
  [
    'a confirm door that says yes to everybody',
    without({ confirm: async () => 200 }),
    /confirmed \d+ for/,
  ],
] as const

describe('the model', () => {
  it('agrees with the product after every deed of 10,000 runs', async () => {
    const since = performance.now()
    const size = 500
    const jobs = Array.from(
      { length: runs / size },
      (_, at): Job => ({
        kind: 'model',
        runs: size,
        seed: at + 1,
        maxDeeds: 100,
      }),
    )
    const results = await runCrew(jobs)
    const reach = new Map<string, number>()
    for (const each of results) {
      for (const [key, count] of Object.entries(each.reach)) {
        reach.set(key, (reach.get(key) ?? 0) + count)
      }
    }
    const done = deeds.map(({ name }) => reach.get(`deed ${name}`) ?? 0)
    const steps = done.reduce((sum, count) => sum + count, 0)
    say(
      'runs of the model',
      results.reduce((sum, each) => sum + each.cases, 0),
      since,
    )
    say('deeds after each of which it agreed', steps, since)
    expect(results.flatMap((each) => each.wrong)).toEqual([])

    const seldom = deeds.filter((_, at) => (done[at] ?? 0) < steps / 100).map(({ name }) => name)
    expect(seldom).toEqual([])
    const legal = [...statuses.flatMap(changesOf), 'event vbank_issued → expired'].sort()
    const seen = [...reach.keys()].filter((key) => key.startsWith('event ')).sort()
    expect(seen).toEqual(legal)
  }, 600_000)

  it.each(wrongs)('finds %s', async (name, build, what) => {
    const since = performance.now()
    const { runs, wrong } = await runModel(1_000, 1, build)
    say(`runs until the model found ${name}`, runs, since)
    expect(wrong).toMatch(what)
  })
})
