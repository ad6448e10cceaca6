/** What was measured of runs that have enough to do. */
export interface Measurement {
  readonly chargesPerRun: number
  /** Statements of one charge. */
  readonly statements: number
}

/** What Cloudflare publishes, and what wrangler.toml sets. */
export const published = {
  /** https://developers.cloudflare.com/d1/platform/limits/: a query of 1 ms allows a thousand a second. */
  statementMs: 1,
  /** Two events of each charge, each claimed and settled. */
  statementsOfEvents: 4,
  /** `max_concurrency` of the queue, and the charges that each run has open at once. */
  runsAtOnce: 15,
  chargesAtOnce: 5,
  /** Runs that the jobs ask for in a minute at most. */
  runsPerMinute: 50,
  /** Four calls of the database for each charge, one after another, within one region. */
  databaseMs: 4 * 10,
  /** How long a card company takes for one charge. */
  providerMs: [500, 1_000, 2_000, 2_600, 4_000],
} as const

/** Returns after how many minutes the last of so many charges is made, by the slowest of what limits them. */
export function minutesBehind(
  charges: number,
  providerMs: number,
  { chargesPerRun, statements }: Measurement,
): number {
  const { runsAtOnce, chargesAtOnce, runsPerMinute, databaseMs, statementMs } = published
  const perSecond = Math.min(
    (runsPerMinute * chargesPerRun) / 60,
    (runsAtOnce * chargesAtOnce * 1_000) / (providerMs + databaseMs),
    1_000 / (statementMs * (statements + published.statementsOfEvents)),
  )
  return charges / perSecond / 60
}
