import { type Scalar, toStorable, type Value } from '../driver.ts'

/** Returns a value as the statements of SQLite take it: lists and rows are JSON. */
export function toBound(value: Value): Scalar {
  if (typeof value === 'string') return toStorable(value)
  if (typeof value !== 'object' || value === null) return value
  return JSON.stringify(value, (_key, each) => (typeof each === 'string' ? toStorable(each) : each))
}
