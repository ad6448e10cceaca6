import type { BillingKey } from '../domain/billing-key.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** How often a registration is looked at that nobody told about, by its age. */
const steps = [
  { untilMs: 15 * minuteMs, everyMs: minuteMs },
  { untilMs: hourMs, everyMs: 5 * minuteMs },
  { untilMs: 24 * hourMs, everyMs: hourMs },
] as const
// A poll planned for the exact minute of the next run could miss that run by some milliseconds.
const slackMs = 10_000

/** Returns when a registration without a key is looked at next; null when it was for a day. */
export function planKey({ createdAt }: BillingKey, now: Date): Date | null {
  const ageMs = now.getTime() - createdAt.getTime()
  const step = steps.find(({ untilMs }) => ageMs < untilMs)
  return step === undefined ? null : new Date(now.getTime() + step.everyMs - slackMs)
}
