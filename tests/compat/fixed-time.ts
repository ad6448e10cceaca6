/** When a simulated world begins: ahead of every machine's clock, so that no client takes a fresh token for an expired one. */
export const noon = new Date('2040-01-02T03:00:00Z')

/** The same moment as the provider writes it. */
export const noonSeconds = noon.getTime() / 1000
