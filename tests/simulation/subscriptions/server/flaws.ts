import type { SqlFlaw } from './database.ts'
import type { AccountFlaw } from './network.ts'

/** A statement that is wrong on purpose, and the first seed that finds it: those before it only take time. */
interface KnownFlaw extends SqlFlaw {
  readonly seed: number
}

/** Statements of SQLite that are wrong on purpose. */
export const sqlFlaws: Readonly<Record<string, KnownFlaw>> = {
  'writes a step without comparing the revision': {
    seed: 0,
    find: 'WHERE id = ?1 AND revision = ?2',
    replace: 'WHERE id = ?1 AND ?2 >= 0',
  },
  'does not wake a subscription when an order of it changes': {
    seed: 14,
    find: 'UPDATE subscriptions SET due_at = ?2, revision = revision + 1 WHERE id = ?1',
    replace: 'UPDATE subscriptions SET due_at = due_at WHERE id = ?1 AND ?2 > 0',
  },
  'forgets the time of the next step': {
    seed: 0,
    find: 'sequence = ?6, due_at = ?7,',
    replace: 'sequence = ?6, due_at = CASE WHEN ?7 > 0 THEN NULL END,',
  },
}

/** Servers that mix two accounts on purpose, and the first seed that finds each. */
export const accountFlaws: Readonly<Record<string, AccountFlaw & { readonly seed: number }>> = {
  'looks payments up in the first account': { seed: 5, looksUpInFirst: true },
  'charges the keys that a customer has in another account': { seed: 0, chargesKeysOfOther: true },
}
