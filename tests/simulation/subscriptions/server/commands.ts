import type { Customer } from './customer.ts'

/** What a command needs of the run. */
export interface CommandDeps {
  readonly api: (path: string, body: unknown) => Promise<Readonly<Record<string, unknown>>>
  readonly now: () => number
  readonly isDrawn: (percent: number) => boolean
  readonly count: (name: string) => void
}

/** The merchant cancels, pauses or resumes a subscription, by a number from 26 up to 39. */
export async function command(
  customer: Customer,
  kind: number,
  { api, now, isDrawn, count }: CommandDeps,
): Promise<void> {
  const path = `/subscriptions/${customer.id}`
  if (kind === 26) {
    count('cancel')
    const at = isDrawn(50) ? 'now' : 'period_end'
    const cancelled = await api(`${path}/cancel`, { at })
    const cancelAt = cancelled['cancel_at']
    if (cancelled['status'] === 'cancelled') customer.cancelledAt ??= now()
    else if (typeof cancelAt === 'string') customer.cancelledAt = Date.parse(cancelAt)
  } else if (kind < 30) {
    count('pause')
    await api(`${path}/pause`, {})
  } else {
    const resumed = await api(`${path}/resume`, {})
    if (resumed['error'] !== undefined) return
    count('resume')
    customer.isRegular = false
    customer.cancelledAt = null
  }
}
