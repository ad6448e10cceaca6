/** What an outsider sees of one case: the value that it gave, and the one that is right. */
export interface Case {
  readonly name: string
  readonly given: () => unknown
  readonly expected: unknown
}

/** The result of a suite: how many cases passed, and those that did not, with what they gave. */
export interface Report {
  readonly passed: number
  readonly failed: readonly string[]
}

/** Runs the cases one after the other. */
export async function runCases(cases: readonly Case[]): Promise<Report> {
  const failed: string[] = []
  for (const { name, given, expected } of cases) {
    const value = await settle(given)
    if (!isSame(value, expected)) failed.push(`${name}: ${toText(value)}`)
  }
  return { passed: cases.length - failed.length, failed }
}

async function settle(given: () => unknown): Promise<unknown> {
  try {
    return await given()
  } catch (cause) {
    return `threw ${String(cause)}`
  }
}

function toText(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each))
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  return (
    left.size === right.size && [...left].every(([key, value]) => isSame(value, right.get(key)))
  )
}
