import { describe, expect, it } from 'vitest'
import type { LogFields } from '../../log.ts'
import { everyMinute, type Job, runJobs } from './cron.ts'

const always = { turn: 'always', share: { storeCalls: 1, requests: 0 } } as const

/** Runs jobs and returns their log lines. */
async function run(jobs: readonly Job[], cron = everyMinute) {
  const lines: [string, LogFields][] = []
  await runJobs(jobs, cron, (event, fields) => lines.push([event, fields]))
  return lines
}

describe('runJobs()', () => {
  it('runs the jobs of the cron expression and no other', async () => {
    const jobs: readonly Job[] = [
      { name: 'a', cron: everyMinute, ...always, run: async () => ({ done: 1 }) },
      { name: 'b', cron: '0 18 * * *', ...always, run: async () => ({ done: 2 }) },
    ]
    expect(await run(jobs)).toEqual([['job_done', { job: 'a', done: 1 }]])
    expect(await run(jobs, '0 18 * * *')).toEqual([['job_done', { job: 'b', done: 2 }]])
  })

  it('T53: an error in a job stops no other job and is logged', async () => {
    const jobs: readonly Job[] = [
      {
        name: 'throws',
        cron: everyMinute,
        ...always,
        run: () => {
          throw new RangeError('broken')
        },
      },
      {
        name: 'rejects',
        cron: everyMinute,
        ...always,
        run: () => Promise.reject(new Error('broken')),
      },
      { name: 'works', cron: everyMinute, ...always, run: async () => ({}) },
    ]
    const lines = await run(jobs)
    expect(lines.map(([event, { job, error = null }]) => [event, job, error])).toEqual(
      expect.arrayContaining([
        ['job_failed', 'throws', 'RangeError'],
        ['job_failed', 'rejects', 'Error'],
        ['job_done', 'works', null],
      ]),
    )
    expect(lines).toHaveLength(3)
  })

  it('no job waits for a slow one', async () => {
    const order: string[] = []
    const jobs: readonly Job[] = [
      {
        name: 'slow',
        cron: everyMinute,
        ...always,
        run: async () => {
          await new Promise((resolve) => setTimeout(resolve, 20))
          order.push('slow')
          return {}
        },
      },
      {
        name: 'fast',
        cron: everyMinute,
        ...always,
        run: async () => {
          order.push('fast')
          return {}
        },
      },
    ]
    await run(jobs)
    expect(order).toEqual(['fast', 'slow'])
  })

  for (const [what, isBusy, more, minutes, turns] of [
    ['spends its share: each in its turn', true, [], 3, { first: 3, a: 1, b: 1, c: 1 }],
    ['leaves enough over: every minute', false, [], 3, { first: 3, a: 3, b: 3, c: 3 }],
    [
      'spends its share: one of them in every second minute, and the others in their turn',
      true,
      ['often'],
      6,
      { first: 6, often: 3, a: 1, b: 1, c: 1 },
    ],
  ] as const) {
    it(`T68: jobs that do not fit run when the one before ${what}`, async () => {
      const ran: string[] = []
      const job = (name: string, turn: Job['turn']): Job => ({
        name,
        cron: everyMinute,
        turn,
        share: { storeCalls: 4, requests: 0 },
        run: async (budget) => {
          ran.push(name)
          while (isBusy && budget.take({ storeCalls: 1 }));
          return {}
        },
      })
      const inTurn = ['a', 'b', 'c'].map((name) => job(name, 'in_turn'))
      const inSecond = more.map((name) => job(name, 'second'))
      const limits = { storeCalls: 9, requests: 9, connections: 2 }
      for (let minute = 0; minute < minutes; minute++) {
        const now = () => new Date(minute * 60_000)
        const jobs = [job('first', 'always'), ...inTurn, ...inSecond]
        await runJobs(jobs, everyMinute, () => undefined, { limits, now })
      }
      const counts = [...Map.groupBy(ran, (name) => name)].map(([name, all]) => [name, all.length])
      expect(Object.fromEntries(counts)).toEqual(turns)
    })
  }
})
