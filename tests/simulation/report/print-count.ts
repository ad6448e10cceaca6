import { writeSync } from 'node:fs'

/** Says on the terminal how many cases a method really ran: a figure without its count is no figure. */
export function printCount(method: string, cases: number, since: number): void {
  const seconds = ((performance.now() - since) / 1000).toFixed(1)
  const count = cases.toLocaleString('en-US').padStart(12)
  // Straight to the terminal: the test runner folds what a passing test prints.
  writeSync(1, `  proof: ${count} ${method}, ${seconds} s\n`)
}
