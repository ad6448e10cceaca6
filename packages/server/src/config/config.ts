import { fail, type Mode, ok, type Result } from '@quayside/core'
import {
  type AccountSettings,
  accountsSetting,
  tiersSetting,
  toAccounts,
} from './account-settings.ts'
import {
  address,
  isPlainUrl,
  origins,
  ownAddress,
  pages,
  withoutSlash,
} from './address-settings.ts'
import { findMistakenKeys, type MistakenKey } from './mistaken-keys.ts'
import { eventSecrets, isOwnSecret, isSecret, ownSecrets } from './secret-settings.ts'
import { number, optional, readSettings, required, text } from './setting.ts'

/** The settings of a server, checked. {@link readConfig} makes it. */
export interface Config {
  /** Whether payments of test channels count (`test`) or only real ones (`live`). */
  readonly mode: Mode
  /** The provider's REST API key and secret. */
  readonly impKey: string
  /** The provider's REST API secret. */
  readonly impSecret: string
  /** The bearer keys of the merchant API; two while the merchant replaces one. */
  readonly merchantApiKeys: readonly string[]
  /** Order tokens are made with the first and accepted from any; two while the first replaces the second. */
  readonly orderTokenSecrets: readonly [string, ...string[]]
  /** How many days an order token is accepted. */
  readonly orderTokenDays: number
  /** Origins whose pages may call the completion routes. */
  readonly shopOrigins: readonly string[]
  /** The base URL of the result pages `success`, `vbank`, `failed`, `cancelled`, `pending`; without a final slash. */
  readonly resultPages: string
  /** The base URL of the provider's REST API. */
  readonly providerUrl: string
  /**
   * The address at which buyers and the provider reach this server, with the path where it is mounted and without a final
   * slash; null when it is not set.
   */
  readonly publicUrl: string | null
  /** The merchant code (고객사 식별코드) for payment links, `imp` and digits; null when it is not set. */
  readonly userCode: string | null
  /** The codes of the sub-merchants (하위상점) of this account. */
  readonly tiers: readonly string[]
  /** Further merchant accounts. */
  readonly accounts: readonly AccountSettings[]
  /** Receives events. */
  readonly eventUrl: string
  /** Is asked before a payment is approved; null when nobody is. */
  readonly confirmUrl: string | null
  /** The secrets that sign events, each `whsec_…`; several while the merchant replaces one. */
  readonly eventSecrets: readonly string[]
  /** How long after the due date of its last account an order expires: a deposit made in time may be seen later. */
  readonly vbankGraceHours: number
  /** After how many days delivered events and refused payments are deleted. */
  readonly retentionDays: number
  /** The secret for digests of people; null when it is not set. It never changes: with another one, each person is a new one. */
  readonly personKeySecret: string | null
}

/** Which settings are missing or malformed. Names only: a value may be a secret. */
export interface ConfigFailure {
  /** The discriminant of a failure. */
  readonly reason: 'configuration'
  /** Settings that are needed and not there. */
  readonly missing: readonly string[]
  /** Settings whose value cannot be used. */
  readonly malformed: readonly string[]
  /** Identifiers of another kind in place of a V1 key; left out where there are none. */
  readonly mistaken?: readonly MistakenKey[]
}

const providerUrl = 'https://api.iamport.kr'
// Printed in the provider's guide: with it, live payments would go to an account that is not the merchant's.
const publicDemoKey = 'imp_apikey'

const settingsOf = (mode: Mode) => {
  const protocol = mode === 'live' ? /^https:$/ : /^https?:$/
  const isOtherProvider = (url: string) => mode === 'test' && isPlainUrl(url, protocol)
  const isKey = (key: string) => isSecret(key) && (mode === 'test' || key !== publicDemoKey)
  return {
    IMP_KEY: required(text(isKey)),
    IMP_SECRET: required(text(isSecret)),
    MERCHANT_API_KEY: required(ownSecrets),
    ORDER_TOKEN_SECRET: required(ownSecrets),
    ORDER_TOKEN_DAYS: optional(number(/^[1-9]\d{0,2}$/), 30),
    EVENT_SECRETS: required(eventSecrets),
    VBANK_GRACE_HOURS: optional(number(/^\d{1,3}$/), 3),
    RETENTION_DAYS: optional(number(/^\d{2,4}$/, 30), 90),
    USER_CODE: optional(
      text((code) => /^imp\d{1,20}$/.test(code)),
      null,
    ),
    PERSON_KEY_SECRET: optional(text(isOwnSecret), null),
    TIERS: optional(tiersSetting, []),
    SHOP_ORIGINS: required(origins(mode)),
    RESULT_PAGES: required(pages(mode)),
    EVENT_URL: required(address(protocol)),
    CONFIRM_URL: optional(address(protocol), null),
    PUBLIC_URL: optional(ownAddress(protocol), null),
    PROVIDER_URL: optional(
      text((url) => url === providerUrl || isOtherProvider(url)),
      providerUrl,
    ),
    ACCOUNTS: optional(accountsSetting(isOtherProvider, publicDemoKey), {}),
  }
}

const requiredNames = [
  'MODE',
  'IMP_KEY',
  'IMP_SECRET',
  'MERCHANT_API_KEY',
  'ORDER_TOKEN_SECRET',
  'SHOP_ORIGINS',
  'RESULT_PAGES',
  'EVENT_URL',
  'EVENT_SECRETS',
] as const

/**
 * Reads the settings. Defaults: `VBANK_GRACE_HOURS` 3, `ORDER_TOKEN_DAYS` 30, `RETENTION_DAYS` 90, and the provider's
 * URL, which in live mode is the only URL allowed. No secret may serve for another.
 *
 * @param env The variables and secrets, and anything else that the runtime passes with them.
 * @param alsoRequired Names of what the runtime must also pass, such as a database binding.
 * @returns The settings. Fails with `configuration` and the names of the settings that are missing or malformed.
 *
 * @example
 * ```ts
 * import { explainConfig, readConfig } from '@quayside/server'
 *
 * const config = readConfig({ MODE: 'test', IMP_KEY: 'key', IMP_SECRET: 'secret' })
 * if (!config.ok) console.log(explainConfig(config.failure).slice(0, 33)) // Missing setting: MERCHANT_API_KEY
 * ```
 */
export function readConfig(
  env: Readonly<Record<string, unknown>>,
  alsoRequired: readonly string[] = [],
): Result<Config, ConfigFailure> {
  const blank = requiredNames.filter((name) => isBlank(env[name]))
  const absent = alsoRequired.filter((name) => env[name] === undefined)
  const missing: readonly string[] = [...blank, ...absent]
  const mode = env['MODE'] === 'live' || env['MODE'] === 'test' ? env['MODE'] : null
  const read = mode === null ? fail(['MODE']) : readSettings(env, settingsOf(mode))
  const mistaken = findMistakenKeys(env)
  if (mode === null || !read.ok || missing.length > 0 || mistaken.length > 0) {
    const named = read.ok ? [] : read.failure
    const malformed = [...new Set([...named, ...mistaken.map(({ name }) => name)])]
    return fail({
      reason: 'configuration',
      missing,
      malformed: malformed.filter((name) => !missing.includes(name)),
      ...(mistaken.length === 0 ? {} : { mistaken }),
    })
  }
  const data = read.value
  const accountKeys = Object.values(data.ACCOUNTS).flatMap((each) => [
    each.imp_key,
    each.imp_secret,
  ])
  // Each account would read the payments of the other as its own.
  const keys = [data.IMP_KEY, ...Object.values(data.ACCOUNTS).map((each) => each.imp_key)]
  if (new Set(keys).size < keys.length) {
    return fail({ reason: 'configuration', missing, malformed: ['ACCOUNTS'] })
  }
  // Every buyer has a token derived from the one, and could test keys against it without being noticed.
  if (data.ORDER_TOKEN_SECRET.some((each) => data.MERCHANT_API_KEY.includes(each))) {
    return fail({ reason: 'configuration', missing, malformed: ['ORDER_TOKEN_SECRET'] })
  }
  // Whoever has another secret could otherwise find out who was verified.
  const others = [
    data.IMP_KEY,
    data.IMP_SECRET,
    ...accountKeys,
    ...data.MERCHANT_API_KEY,
    ...data.ORDER_TOKEN_SECRET,
  ]
  if (data.PERSON_KEY_SECRET !== null && others.includes(data.PERSON_KEY_SECRET)) {
    return fail({ reason: 'configuration', missing, malformed: ['PERSON_KEY_SECRET'] })
  }
  return ok({
    mode,
    impKey: data.IMP_KEY,
    impSecret: data.IMP_SECRET,
    merchantApiKeys: data.MERCHANT_API_KEY,
    orderTokenSecrets: data.ORDER_TOKEN_SECRET,
    orderTokenDays: data.ORDER_TOKEN_DAYS,
    shopOrigins: data.SHOP_ORIGINS,
    resultPages: withoutSlash(data.RESULT_PAGES),
    providerUrl: withoutSlash(data.PROVIDER_URL),
    publicUrl: data.PUBLIC_URL,
    userCode: data.USER_CODE,
    tiers: data.TIERS,
    accounts: toAccounts(data.ACCOUNTS),
    eventUrl: data.EVENT_URL,
    confirmUrl: data.CONFIRM_URL,
    eventSecrets: data.EVENT_SECRETS,
    vbankGraceHours: data.VBANK_GRACE_HOURS,
    retentionDays: data.RETENTION_DAYS,
    personKeySecret: data.PERSON_KEY_SECRET,
  })
}

function isBlank(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === ''
}
