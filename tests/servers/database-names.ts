/** Names the databases of tests, so that those a killed run left behind are known by their age. */
const pattern = /^quayside_test_(\d{4})(\d\d)(\d\d)(\d\d)_[0-9a-f]{8}$/

const dayMs = 24 * 60 * 60_000

/** Returns a name for a database that one suite makes and drops. */
export function databaseName(): string {
  const hour = new Date().toISOString().slice(0, 13).replaceAll(/\D/g, '')
  return `quayside_test_${hour}_${crypto.randomUUID().slice(0, 8)}`
}

/** Returns whether a database was made by a test more than a day ago. */
export function isLeftOver(name: string): boolean {
  const [, year, month, day, hour] = pattern.exec(name) ?? []
  if (year === undefined) return false
  const madeAt = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour))
  return Date.now() - madeAt > dayMs
}
