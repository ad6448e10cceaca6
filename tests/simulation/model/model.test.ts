import { describe, expect, inject, it } from 'vitest'
import type { OrderStatus, PaymentStatus } from '../checkers/history.ts'
import { allGuards } from '../engine/fake-database.ts'
import { printCount } from '../report/print-count.ts'
import { createHttpSystem, type HttpSystem } from '../systems/http-app.ts'
import type { Job } from '../threads/job.ts'
import { runJobs } from '../threads/thread-pool.ts'
import { commands } from './commands.ts'
import { applyUpdate, type OrderState, type PaymentUpdate } from './model.ts'
import { runModel } from './run-model.ts'

const { model: runs } = inject('cases')
const statuses: readonly OrderStatus[] = [
  'pending',
  'vbank_issued',
  'failed',
  'expired',
  'paid',
  'partially_cancelled',
  'cancelled',
]
const paymentStatuses = statuses.filter((each): each is PaymentStatus => each !== 'expired')

/** Every change that an order of a status can make, by every update of a payment. */
function changesOf(status: OrderStatus): readonly string[] {
  const state: OrderState = {
    status,
    imp_uid: status === 'pending' ? null : 'own',
    cancelled: 0,
    accounts:
      status === 'vbank_issued' ? [{ imp_uid: 'own', due: 3, issued: 1, isOpen: true }] : [],
  }
  const transitions = paymentStatuses.flatMap((paymentStatus) =>
    ['own', 'other'].flatMap((imp_uid) =>
      [true, false].map((acceptsLatePayment) => {
        const cancelled = paymentStatus === 'partially_cancelled' ? 400 : 0
        const times = { issued: 2, due: 4, madeAt: 5 }
        const update: PaymentUpdate = { imp_uid, status: paymentStatus, cancelled, ...times }
        return applyUpdate(state, update, acceptsLatePayment)
      }),
    ),
  )
  const kinds = transitions.flatMap((each) => {
    if (each === state) return []
    return typeof each === 'string' ? each : each.status
  })
  return [...new Set(kinds)].map((kind) => `event ${status} → ${kind}`)
}

/** The product with one part of it removed. */
const withChange = (change: Partial<HttpSystem>) => (): HttpSystem => ({
  ...createHttpSystem(),
  ...change,
})
const flawedSystems = [
  [
    'a record without a sequence check',
    withChange({ guards: { ...allGuards, sequence: false } }),
    /no observed record explains it|not the next sequence/,
  ],
  [
    'a failure that is final',
    withChange({ guards: { ...allGuards, lateApproval: false } }),
    /responded 503|is failed and did not apply imp_\d+ being paid/,
  ],
  [
    'a merchant that applies events as they arrive',
    withChange({ receive: (merchant, event) => merchant.receiveUnordered(event) }),
    /the merchant received/,
  ],
  [
    'a confirm route that approves everything',
    withChange({ confirm: async () => 200 }),
    /confirmed \d+ for/,
  ],
] as const

describe('the model', () => {
  it(`agrees with the product after every command of ${runs} runs`, async () => {
    const since = performance.now()
    const size = 500
    const jobs = Array.from(
      { length: runs / size },
      (_, at): Job => ({
        kind: 'model',
        runs: size,
        seed: at + 1,
        maxCommands: 100,
      }),
    )
    const results = await runJobs(jobs)
    const coverage = new Map<string, number>()
    for (const each of results) {
      for (const [key, count] of Object.entries(each.coverage)) {
        coverage.set(key, (coverage.get(key) ?? 0) + count)
      }
    }
    const done = commands.map(({ name }) => coverage.get(`command ${name}`) ?? 0)
    const steps = done.reduce((sum, count) => sum + count, 0)
    printCount(
      'runs of the model',
      results.reduce((sum, each) => sum + each.cases, 0),
      since,
    )
    printCount('commands checked', steps, since)
    expect(results.flatMap((each) => each.violations)).toEqual([])

    const seldom = commands.filter((_, at) => (done[at] ?? 0) < steps / 100).map(({ name }) => name)
    expect(seldom).toEqual([])
    const legal = [...statuses.flatMap(changesOf), 'event vbank_issued → expired'].sort()
    const observed = [...coverage.keys()].filter((key) => key.startsWith('event ')).sort()
    expect(observed).toEqual(legal)
  })

  it.each(flawedSystems)('finds %s', async (name, build, what) => {
    const since = performance.now()
    const { runs, violation } = await runModel(1_000, 1, build)
    printCount(`runs until the model found ${name}`, runs, since)
    expect(violation).toMatch(what)
  })
})
