import type { Payee } from '@quayside/core'
import { toPayee } from '../index.ts'

export const second = toPayee({ account: 'second', tier: null })

/** A shop with a second account and with sub-merchants of both; the first account needs no name. */
export const payees: readonly (Payee | undefined)[] = [
  undefined,
  second,
  toPayee({ account: 'second', tier: 'A01' }),
  toPayee({ account: null, tier: 'A01' }),
]

/** The field of what is of a payee: left out for the account that needs no name. */
export const to = (payee: Payee | undefined): { readonly payee?: Payee } =>
  payee === undefined ? {} : { payee }
