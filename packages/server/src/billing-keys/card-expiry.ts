const seoulMs = 9 * 60 * 60_000

/** Returns the end of the month on a card, `YYYY-MM`, in Seoul: the card may be used until then. */
export function toCardEnd(expiry: string): Date {
  const [year = 0, month = 0] = expiry.split('-').map(Number)
  return new Date(Date.UTC(year, month) - seoulMs)
}

/** Whether a card ends before the next month begins in Seoul: the charge of the next month would fail. */
export function endsThisMonth(expiresAt: Date | null, now: Date): boolean {
  if (expiresAt === null) return false
  const inSeoul = new Date(now.getTime() + seoulMs)
  const nextMonth = Date.UTC(inSeoul.getUTCFullYear(), inSeoul.getUTCMonth() + 1) - seoulMs
  return expiresAt.getTime() <= nextMonth
}
