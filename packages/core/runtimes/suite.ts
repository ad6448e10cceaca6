import { readCells } from '../fixtures/decisions.ts'
import { vectors } from '../fixtures/vectors.ts'
import { decide } from '../src/index.ts'

/** What a runtime made of the suite: how many cases agreed, and the names of those that did not. */
export interface Report {
  readonly passed: number
  readonly failed: readonly string[]
}

/** Runs every case over the public door, in whatever runtime this is. */
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
