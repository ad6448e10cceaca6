import { describe, expect, it } from 'vitest'
import { createClock } from './clock.ts'

const fixedTime = new Date('2026-03-02T03:00:00Z')

describe('createClock()', () => {
  it('stands still until it is advanced', async () => {
    const clock = createClock({ at: fixedTime })
    const before = clock.now()
    await clock.advance(1500)
    expect([before, clock.now(), clock.seconds()]).toEqual([
      fixedTime,
      new Date(fixedTime.getTime() + 1500),
      fixedTime.getTime() / 1000 + 1,
    ])
  })

  it('follows real time without a start', () => {
    const clock = createClock()
    const before = Date.now()
    const now = clock.now().getTime()
    expect([before <= now, now <= Date.now()]).toEqual([true, true])
  })

  it('runs due tasks in order, each at its own time, with the tasks they add', async () => {
    const clock = createClock({ at: fixedTime })
    const log: string[] = []
    const write = (name: string) => async () => {
      log.push(`${name} at ${clock.now().getTime() - fixedTime.getTime()}`)
    }
    clock.after(300, write('third'))
    clock.after(100, async () => {
      await write('first')()
      clock.after(100, write('second'))
    })
    clock.after(1000, write('too late'))
    await clock.advance(500)

    expect(log).toEqual(['first at 100', 'second at 200', 'third at 300'])
    expect(clock.now().getTime() - fixedTime.getTime()).toBe(500)
  })

  it('runs nothing when it is turned back, and no cleared task', async () => {
    const clock = createClock({ at: fixedTime })
    const log: string[] = []
    clock.after(100, async () => void log.push('ran'))
    await clock.set(new Date(fixedTime.getTime() - 1000))
    clock.clear()
    await clock.advance(5000)
    expect(log).toEqual([])
  })

  it('does not run a task that is due in a month of real time', async () => {
    const clock = createClock()
    const done: string[] = []
    clock.after(30 * 24 * 60 * 60 * 1000, async () => void done.push('in a month'))
    await new Promise((resolve) => setTimeout(resolve, 30))
    const early = [...done]
    await clock.advance(30 * 24 * 60 * 60 * 1000)
    clock.clear()
    expect([early, done]).toEqual([[], ['in a month']])
  })

  it('starts tasks by itself under real time', async () => {
    const clock = createClock()
    await new Promise<void>((resolve) => clock.after(10, async () => resolve()))
    expect(clock.now().getTime()).toBeGreaterThan(0)
  })

  it('is idle when running tasks have ended', async () => {
    const clock = createClock({ at: fixedTime })
    let isDone = false
    clock.after(0, async () => {
      await new Promise((resolve) => setTimeout(resolve, 10))
      isDone = true
    })
    await clock.waitForIdle()
    expect(isDone).toBe(true)
  })
})
