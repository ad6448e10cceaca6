import { describe, expect, it } from 'vitest'
import { everyMinute, type Job, runJobs } from './jobs/schedule/cron.ts'
import type { LogFields } from './log.ts'
import { createRunBudget } from './run-budget.ts'

const minuteMs = 60_000
const limits = { storeCalls: 20, requests: 10, connections: 6 }

/** A job that takes units of one statement until no more fit, and counts them by minute. */
function createGreedy(name: string, turn: Job['turn'], storeCalls: number) {
  const taken: number[] = []
  const job: Job = {
    name,
    cron: everyMinute,
    turn,
    share: { storeCalls, requests: 0 },
    run: async (budget) => {
      let count = 0
      do {
        while (budget.take({ storeCalls: 1 })) count += 1
      } while (await budget.more())
      taken.push(count)
      return { count }
    },
  }
  return { job, taken }
}

async function runMinutes(jobs: readonly Job[], minutes: number) {
  const lines: LogFields[] = []
  for (let minute = 0; minute < minutes; minute++) {
    const now = () => new Date(minute * minuteMs)
    await runJobs(jobs, everyMinute, (_event, fields) => lines.push(fields), { limits, now })
  }
  return lines
}

describe('runJobs() within limits', () => {
  it('T68: greedy jobs together take no more than the limits, and each its share at least', async () => {
    const jobs = [
      createGreedy('first', 'always', 4),
      createGreedy('second', 'always', 3),
      createGreedy('delivery', 'last', 5),
    ]
    await runMinutes(
      jobs.map(({ job }) => job),
      1,
    )
    const taken = jobs.map((each) => each.taken[0] ?? 0)
    expect(taken.reduce((sum, each) => sum + each, 0)).toBe(20)
    expect(taken.map((each, index) => each >= ([4, 3, 5][index] ?? 0))).toEqual([true, true, true])
  })

  it('T68: jobs that do not fit together run in turn', async () => {
    const jobs = ['a', 'b', 'c'].map((name) => createGreedy(name, 'in_turn', 15))
    const lines = await runMinutes(
      jobs.map(({ job }) => job),
      6,
    )
    expect(lines.map(({ job }) => job)).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
  })

  it('what one job leaves over, another may take', async () => {
    const idle: Job = {
      name: 'idle',
      cron: everyMinute,
      turn: 'always',
      share: { storeCalls: 10, requests: 0 },
      run: async () => ({}),
    }
    const last = createGreedy('delivery', 'last', 2)
    await runMinutes([idle, last.job], 1)
    expect(last.taken).toEqual([20])
  })
})

describe('createRunBudget()', () => {
  it('takes nothing after 50 seconds', () => {
    let ms = 0
    const share = createRunBudget(limits, () => new Date(ms)).reserve({
      storeCalls: 5,
      requests: 5,
    })
    expect([share?.take({ storeCalls: 1 }), share?.countFitting({ requests: 2 }, 100)]).toEqual([
      true,
      5,
    ])
    ms = 50_000
    expect([share?.take({ storeCalls: 1 }), share?.countFitting({ requests: 2 }, 100)]).toEqual([
      false,
      0,
    ])
  })

  it('reserves nothing that does not fit', () => {
    const budget = createRunBudget(limits, () => new Date(0))
    expect(budget.reserve({ storeCalls: 21, requests: 0 })).toBeNull()
    expect(budget.reserve({ storeCalls: 20, requests: 11 })).toBeNull()
  })
})
