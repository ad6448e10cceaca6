import { merchantKey } from '../worker/settings.ts'

/** The request that creates the first subscription, with a trial of a day. */
export const createRequest = {
  method: 'POST',
  headers: { authorization: `Bearer ${merchantKey}`, 'content-type': 'application/json' },
  body: JSON.stringify({
    id: 'due0',
    customer_id: 'due0',
    name: '구독',
    plan: { amount: 9_900, currency: 'KRW', period: { unit: 'month', count: 1 }, trial_days: 1 },
  }),
}

/** Returns the statements that copy it until there are so many, and give each customer a billing key. */
export function copyStatements(count: number): readonly string[] {
  return [
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})
     INSERT INTO subscriptions SELECT 'due' || i, 'due' || i, name, request, status, plan, state, sequence, revision,
       due_at, created_at, updated_at, payee, buyer FROM subscriptions, n`,
    `INSERT INTO billing_keys (registration_id, customer_uid, customer_id, mode, state, requested, preference,
       sequence, created_at, registered_at)
     SELECT 'r' || id, 'ck' || id, customer_id, 'test', 'registered', '{}', 0, 1, 1, 1 FROM subscriptions`,
  ]
}
