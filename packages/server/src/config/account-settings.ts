import type { Payee } from '@quayside/core'
import * as z from 'zod/mini'
import { toPayee } from '../domain/payee.ts'
import { accountGrammar, tierGrammar } from '../domain/payee-grammar.ts'
import { isSecret } from './secret-settings.ts'
import { list } from './setting.ts'

/** A further merchant account, with its sub-merchants. */
export interface AccountSettings {
  /** How orders name it. */
  readonly name: string
  /** The REST API key of this account. */
  readonly impKey: string
  /** The REST API secret of this account. */
  readonly impSecret: string
  /** The merchant code for payment links; null when it is not set. */
  readonly userCode: string | null
  /** The codes of its sub-merchants (하위상점). */
  readonly tiers: readonly string[]
  /** The base URL of its REST API, where that is not the one of the settings: a simulator of its own. */
  readonly providerUrl: string | null
}

/** Each payee has its own lists, which are read every minute. */
const maxPayees = 100

const readTiers = list((code) => tierGrammar.test(code), maxPayees - 1)

/** The setting `TIERS`: codes with commas between them. */
export function tiersSetting(text: string): readonly string[] | undefined {
  const codes = readTiers(text)
  return codes === undefined || new Set(codes).size < codes.length ? undefined : codes
}

/**
 * The setting `ACCOUNTS`: a JSON object with the keys of each further account by its name.
 *
 * @param isUrl Whether an account may have an address of its own.
 */
export const accountsSetting =
  (isUrl: (text: string) => boolean, demoKey: string) =>
  (text: string): AccountsSetting | undefined =>
    createSchema(isUrl, demoKey).safeParse(parseJson(text)).data

// Most servers have one account, and build no schema.
function createSchema(isUrl: (text: string) => boolean, demoKey: string) {
  const key = z.string().check(z.refine(isSecret))
  return z
    .record(
      z.string().check(z.regex(accountGrammar)),
      z.strictObject({
        imp_key: key.check(z.refine((text) => text !== demoKey)),
        imp_secret: key,
        user_code: z.optional(z.string().check(z.regex(/^imp\d{1,20}$/))),
        tiers: z._default(
          z
            .array(z.string().check(z.regex(tierGrammar)))
            .check(z.refine((codes) => new Set(codes).size === codes.length)),
          [],
        ),
        provider_url: z.optional(z.string().check(z.refine(isUrl))),
      }),
    )
    .check(z.refine((accounts) => countPayees(accounts) <= maxPayees))
}

export type AccountsSetting = z.output<ReturnType<typeof createSchema>>

/** Returns the accounts in the order of the setting. */
export function toAccounts(accounts: AccountsSetting): readonly AccountSettings[] {
  return Object.entries(accounts).map(([name, account]) => ({
    name,
    impKey: account.imp_key,
    impSecret: account.imp_secret,
    userCode: account.user_code ?? null,
    tiers: account.tiers,
    providerUrl: account.provider_url?.replace(/\/+$/, '') ?? null,
  }))
}

/** Returns every payee of the settings beside the account of `IMP_KEY`. */
export function toPayees(
  accounts: readonly AccountSettings[],
  ownTiers: readonly string[],
): readonly Payee[] {
  const named = [{ name: null, tiers: ownTiers }, ...accounts]
  return named.flatMap(({ name, tiers: codes }) =>
    [null, ...codes].flatMap((tier) => toPayee({ account: name, tier }) ?? []),
  )
}

function countPayees(accounts: Readonly<Record<string, { readonly tiers: readonly string[] }>>) {
  return Object.values(accounts).reduce((sum, each) => sum + 1 + each.tiers.length, 0)
}

/** What is no JSON is no object either, and refused as such. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
