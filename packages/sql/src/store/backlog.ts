import { ok } from '@quayside/core'
import type { Backlog } from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import type { Driver } from '../driver.ts'
import { rowsAt, runTwice } from '../transaction.ts'
import { toDate } from './instants.ts'

export function createBacklog(driver: Driver, { backlog }: Dialect, now: () => Date): Backlog {
  return {
    async size() {
      const outcomes = await runTwice(driver, [
        { text: backlog.pendingEvents, values: [now().getTime()] },
        { text: backlog.failedEvents, values: [] },
        { text: backlog.openIssues, values: [] },
      ])
      if (!outcomes.ok) return outcomes
      const [events] = rowsAt<{ pending: number; due: number; oldest_at: number | null }>(
        outcomes.value,
        0,
      )
      return ok({
        pendingEvents: events?.pending ?? 0,
        dueEvents: events?.due ?? 0,
        oldestPendingAt: toDate(events?.oldest_at ?? null),
        failedEvents: rowsAt<{ failed: number }>(outcomes.value, 1)[0]?.failed ?? 0,
        openIssues: rowsAt<{ open_issues: number }>(outcomes.value, 2)[0]?.open_issues ?? 0,
      })
    },
  }
}
