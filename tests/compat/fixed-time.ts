/** The simulator's time at the start: ahead of every machine's clock, so that no client takes a fresh token for an expired one. */
export const fixedTime = new Date('2040-01-02T03:00:00Z')

/** The same time in UNIX seconds, as on the wire. */
export const fixedTimeSeconds = fixedTime.getTime() / 1000
