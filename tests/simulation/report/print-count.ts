import { writeSync } from 'node:fs'

/** Prints how many cases a method really ran. */
export function printCount(method: string, cases: number, since: number): void {
  const seconds = ((performance.now() - since) / 1000).toFixed(1)
  const count = cases.toLocaleString('en-US').padStart(12)
  // Not by console: the test runner hides what a passing test prints.
  writeSync(1, `  simulation: ${count} ${method}, ${seconds} s\n`)
}
