import type { Report } from './claim.ts'
import type { Page } from './page.ts'
import type { Purpose } from './result.ts'

/** A window that was opened, and whose outcome this tab does not know. */
export interface SavedAttempt {
  readonly purpose: Purpose
  readonly merchantUid: string
  readonly token: string | null
  /** What the window said, so that it can be reported again; null until then. */
  readonly report: Report | null
  /** The address of the page where it began; missing where this tab does not know. */
  readonly begunAt?: string
}

/** The attempts of this tab, the newest first. They outlive a reload, and a phone that left the page. */
export interface SavedAttempts {
  newest(): SavedAttempt | null
  find(field: 'merchantUid' | 'begunAt', value: string): SavedAttempt | null
  save(attempt: SavedAttempt): void
  forget(merchantUid: string): void
}

const key = 'quayside.attempts'
const maxSaved = 5

/** Keeps the attempts in the tab's storage, or, where the browser denies it, as long as the page lives. */
export function createSavedAttempts(page: Page): SavedAttempts {
  let kept: readonly SavedAttempt[] = []
  const read = (): readonly SavedAttempt[] => {
    try {
      const saved: unknown = JSON.parse(page.sessionStorage.getItem(key) ?? '[]')
      // Nobody else writes here.
      return Array.isArray(saved) ? saved : kept
    } catch {
      // Denied, or not ours: the page's own memory has at least what happened since it was loaded.
      return kept
    }
  }
  const write = (attempts: readonly SavedAttempt[]) => {
    kept = attempts.slice(0, maxSaved)
    try {
      page.sessionStorage.setItem(key, JSON.stringify(kept))
    } catch {
      // Denied, or full: only a reload forgets these attempts.
    }
  }
  const without = (merchantUid: string) => read().filter((one) => one.merchantUid !== merchantUid)
  return {
    newest: () => read()[0] ?? null,
    find: (field, value) => read().find((one) => one[field] === value) ?? null,
    save: (attempt) => write([attempt, ...without(attempt.merchantUid)]),
    forget: (merchantUid) => write(without(merchantUid)),
  }
}
