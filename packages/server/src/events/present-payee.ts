import type { Payee } from '@quayside/core'
import { type PayeeParts, readPayee } from '../domain/payee.ts'

/** Nothing for the account of the settings, so that a shop with one account never reads of it. */
export function presentPayee(payee: Payee | undefined): Partial<PayeeParts> {
  return payee === undefined ? {} : readPayee(payee)
}
