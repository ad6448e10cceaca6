import type { Order } from '@quayside/core'
import type { JobDeps } from '../../deps.ts'
import { isOpen } from '../../domain/status.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** How often an open order is polled, by its age. Beyond the last step never: the payment lists show its payment. */
const steps = [
  { untilMs: 15 * minuteMs, everyMs: minuteMs },
  { untilMs: hourMs, everyMs: 5 * minuteMs },
  { untilMs: dayMs, everyMs: hourMs },
  { untilMs: 30 * dayMs, everyMs: dayMs },
] as const
// A poll planned for the exact minute of the next run could miss that run by some milliseconds.
const slackMs = 10_000

/** How long after the due date of its last account an order expires. */
export function toGraceMs({ vbankGraceHours }: JobDeps['config']): number {
  return vbankGraceHours * hourMs
}

/** Returns when the order is polled next; null for never again. */
export function planNextPoll(
  order: Order,
  createdAt: Date,
  deps: Pick<JobDeps, 'config' | 'now'>,
): Date | null {
  if (!isOpen(order.status)) return null
  const now = deps.now()
  const ageMs = now.getTime() - createdAt.getTime()
  const step = steps.find(({ untilMs }) => ageMs < untilMs)
  const lastDueAt = order.status === 'vbank_issued' ? order.virtualAccount?.dueAt : null
  const byAge = step === undefined ? null : now.getTime() + step.everyMs - slackMs
  if (!lastDueAt) return byAge === null ? null : new Date(byAge)
  // Overdue and still not expired: the provider was unavailable, so poll again.
  const expiresAt = lastDueAt.getTime() + toGraceMs(deps.config)
  const byDate = Math.max(expiresAt + 1, now.getTime() + minuteMs - slackMs)
  return new Date(byAge === null ? byDate : Math.min(byAge, byDate))
}
