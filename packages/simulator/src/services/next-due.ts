import type { SimulatorContext } from '../context.ts'

/** The end of the year 9999: a schedule in milliseconds is far beyond it, and never seen. */
const lastMoment = 253_402_300_799

/** The next moment at which something expires or is charged: an account, a barcode, a link or a schedule; null when nothing waits. */
export function nextDueAt({ state, clock }: SimulatorContext): Date | null {
  const waiting = [...state.payments.values()].filter(({ status }) => status === 'ready')
  const dueAts = [
    ...waiting.map(({ account }) => account?.dueAt ?? null),
    ...waiting.map(({ impUid }) => state.barcodes.get(impUid)?.expiresAt ?? null),
    ...[...state.links.values()].map((link) => (link.isDisabled ? null : link.expiredAt)),
    ...[...state.schedules.values()].map(({ status, scheduleAt }) =>
      status === 'scheduled' ? scheduleAt : null,
    ),
  ].filter((at) => at !== null && at > clock.seconds() && at <= lastMoment)
  return dueAts.length === 0 ? null : new Date(Math.min(...dueAts.map(Number)) * 1000)
}

/** Moves the clock just past the next moment at which something is due; false when nothing waits. */
export async function advanceToNextDue(context: SimulatorContext): Promise<boolean> {
  const dueAt = nextDueAt(context)
  if (dueAt === null) return false
  // At the moment itself an account still takes a deposit.
  await context.clock.set(new Date(dueAt.getTime() + 1000))
  return true
}
