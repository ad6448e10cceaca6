import type { Client } from '@quayside/client'
import type { Payee } from '@quayside/core'
import { type AccountSettings, toPayees } from './config/account-settings.ts'
import type { Config } from './config/config.ts'
import { readPayee } from './domain/payee.ts'
import { createPayeeClient, type Payees } from './payees.ts'

/** What a client needs of the account whose API it calls. */
export type AccountKeys = Pick<AccountSettings, 'impKey' | 'impSecret' | 'providerUrl'>

/**
 * Makes the clients of everyone who is paid beside the account of `IMP_KEY`. Tiers of one account share its client, and so its access token.
 *
 * @param own The client of the account of `IMP_KEY`, for its tiers.
 * @param clientOf Makes the client of another account.
 */
export function createPayees(
  { accounts, tiers, userCode }: Pick<Config, 'accounts' | 'tiers' | 'userCode'>,
  own: Client,
  clientOf: (account: AccountKeys) => Client,
): Payees {
  const others = toPayees(accounts, tiers)
  const userCodes = new Map<string | null, string | null>([[null, userCode]])
  const ofAccounts = new Map<string | null, Client>([[null, own]])
  for (const account of accounts) {
    userCodes.set(account.name, account.userCode)
    ofAccounts.set(account.name, clientOf(account))
  }
  const clients = new Map<Payee, Client>()
  for (const payee of others) {
    const account = ofAccounts.get(readPayee(payee).account)
    if (account !== undefined) clients.set(payee, createPayeeClient(account, payee))
  }
  return {
    others,
    clientOf: (payee) => clients.get(payee) ?? null,
    userCodeOf: (payee) => userCodes.get(readPayee(payee).account) ?? null,
  }
}
