import { expect } from 'vitest'

/** What the code is known to break: each name is removed with the change that mends it. */
const unmended: ReadonlySet<string> = new Set([
  'a buyer whose payment is known or named',
  'a buyer whose payment no message has reported',
  '500 payments in one minute that no message reports (paid plan)',
  '500 payments in one minute that no message reports (free plan)',
  '1,000 events that wait for a receiver (paid plan)',
  '1,000 events that wait for a receiver (free plan)',
  '1,200 payments of another system on the same account (paid plan)',
  '1,200 payments of another system on the same account (free plan)',
  '2,000 open orders that are never paid, and one that is (free plan)',
  '20 payments a minute with 30 kB of custom data each (paid plan)',
  'a payment with 2 MB of custom data among twenty (paid plan)',
  '60 large payments of a day that are refunded in part after its end (paid plan)',
  'a receiver that never responds, while payments are lost (paid plan)',
  'a receiver that never responds, while payments are lost (free plan)',
  'one order that the database refuses to change (paid plan)',
  'refunds of a payment with a delivery fee (paid plan)',
  'refunds of a payment with a discount (paid plan)',
  'a charge of an order that was never opened, reported (paid plan)',
  'a charge of an order that was never opened, not reported (paid plan)',
  'a billing key whose issue is charged, reported (paid plan)',
  'a billing key whose issue is charged, not reported (paid plan)',
  'a billing key whose issue shows an amount, reported (paid plan)',
  'a billing key whose issue shows an amount, not reported (paid plan)',
  'a payment of a year ago, reported (paid plan)',
  'a billing key that is issued without a charge, reported (paid plan)',
  'a charge of an order that is opened twenty minutes later (paid plan)',
  'deposits into accounts that strangers surround',
  'refunds in parts',
  'a payment of a year ago under the id of a new order (paid plan)',
  'a deposit before midnight that is seen minutes after it (paid plan)',
  "a stranger's account for the same order, due earlier (paid plan)",
  'an order first seen when it is partly refunded (paid plan)',
])

/** Whether the code is known to break a check. */
export function isUnmended(name: string): boolean {
  return unmended.has(name)
}

/** Expects that an invariant held; where it is known to be broken, expects just that. */
export function expectHeld(name: string, violations: readonly string[]): void {
  if (isUnmended(name)) expect(violations).not.toEqual([])
  else expect(violations).toEqual([])
}
