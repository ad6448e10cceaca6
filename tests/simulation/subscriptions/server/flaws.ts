import type { SqlFlaw } from './database.ts'
import type { ServerFlaw } from './server-flaw.ts'

/** What is wrong on purpose, and the first seed that finds it: those before it only take time. */
export interface KnownFlaw {
  readonly seed: number
  /** A statement of SQLite. */
  readonly sql?: SqlFlaw
  readonly server?: ServerFlaw
}

/** Stores that write steps, or forget them. */
export const storeFlaws: Readonly<Record<string, KnownFlaw>> = {
  'writes a step without comparing the revision': {
    seed: 0,
    sql: {
      find: 'WHERE id = ?1 AND revision = ?2',
      replace: 'WHERE id = ?1 AND ?2 >= 0',
    },
  },
  'does not wake a subscription when an order of it changes': {
    seed: 16,
    sql: {
      find: 'UPDATE subscriptions SET due_at = ?2, revision = revision + 1 WHERE id = ?1',
      replace: 'UPDATE subscriptions SET due_at = due_at WHERE id = ?1 AND ?2 > 0',
    },
  },
  'forgets the time of the next step': {
    seed: 0,
    sql: {
      find: 'sequence = ?6, due_at = ?7,',
      replace: 'sequence = ?6, due_at = CASE WHEN ?7 > 0 THEN NULL END,',
    },
  },
}

/** Servers that charge keys whose owner has given them up. */
export const keyFlaws: Readonly<Record<string, KnownFlaw>> = {
  'writes charges that were decided before their key was given up': {
    seed: 0,
    sql: {
      find: 'SET due_at = ?2, revision = revision + 1\n    WHERE customer_id = ?1',
      replace: 'SET due_at = ?2\n    WHERE customer_id = ?1',
    },
  },
  'keeps the keys that it has read when it decides again': {
    seed: 0,
    server: { keepsKeys: true },
  },
}

/** Servers that mix two accounts. */
export const accountFlaws: Readonly<Record<string, KnownFlaw>> = {
  'looks payments up in the first account': { seed: 2, server: { looksUpInFirst: true } },
  'charges the keys that a customer has in another account': {
    seed: 0,
    server: { chargesKeysOfOther: true },
  },
}
