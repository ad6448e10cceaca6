import type { Group } from './contestant.ts'
import { decisions } from './decisions.ts'
import { forms } from './forms.ts'
import { payments } from './payments/payments.ts'
import { urls } from './urls.ts'

/** Everything that is measured. */
export const groups: readonly Group[] = [payments, decisions, urls, forms]

/** Finds a group by its name. */
export function findGroup(name: string): Group {
  const found = groups.find((group) => group.name === name)
  if (found === undefined) throw new Error(`There is no group ${name}`)
  return found
}
