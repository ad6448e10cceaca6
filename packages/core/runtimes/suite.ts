import { readCells } from '../fixtures/decisions.ts'
import { vectors } from '../fixtures/vectors.ts'
import { decide } from '../src/index.ts'

/** The result of the suite: how many cases passed, and the names of those that failed. */
export interface Report {
  readonly passed: number
  readonly failed: readonly string[]
}

/** Runs every case with the public exports, in any runtime. */
export function run(): Report {
  const readings = vectors.map(
    ({ name, read, reading }) => [name, isSame(read(), reading)] as const,
  )
  const cells = readCells().map(
    ({ name, order, payment, decision }) =>
      [name, isSame(decide(payment, order), decision)] as const,
  )
  const cases = [...readings, ...cells]
  const failed = cases.filter(([, agrees]) => !agrees).map(([name]) => name)
  return { passed: cases.length - failed.length, failed }
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  return (
    left.size === right.size && [...left].every(([key, value]) => isSame(value, right.get(key)))
  )
}
