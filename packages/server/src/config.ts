import { fail, type Mode, ok, type Result } from '@quayside/core'
import { isAllowedOrigin, isAllowedPage } from '@quayside/hono'
import * as z from 'zod/mini'
import {
  type AccountSettings,
  accountsSetting,
  tiersSetting,
  toAccounts,
} from './account-settings.ts'

/** The settings of a server, checked. {@link readConfig} makes it. */
export interface Config {
  /** Whether payments of test channels count (`test`) or only real ones (`live`). */
  readonly mode: Mode
  /** The provider's REST API key and secret. */
  readonly impKey: string
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
  readonly reason: 'configuration'
  readonly missing: readonly string[]
  readonly malformed: readonly string[]
  /** Identifiers of another kind in place of a V1 key; left out where there are none. */
  readonly mistaken?: readonly MistakenKey[]
}

/** What stands in place of a V1 key, judged by its shape. */
export interface MistakenKey {
  readonly name: 'IMP_KEY' | 'IMP_SECRET'
  readonly found: 'store_id' | 'channel_key' | 'merchant_code' | 'webhook_secret' | 'secret' | 'key'
}

const providerUrl = 'https://api.iamport.kr'
// Printed in the provider's guide: with it, live payments would go to an account that is not the merchant's.
const publicDemoKey = 'imp_apikey'

const secret = z.string().check(z.regex(/^[\x21-\x7e]+$/))
const ownSecret = z.string().check(z.regex(/^[\x21-\x7e]{16,}$/))
/** The current secret, and the one that it replaces. */
const ownSecrets = z.pipe(
  z.pipe(z.string(), z.transform(toList)),
  z.tuple([ownSecret], ownSecret).check(z.refine((all) => all.length <= 2)),
)

const eventSecret = z.string().check(z.refine(isEventSecret))
const eventSecrets = z.pipe(
  z.pipe(z.string(), z.transform(toList)),
  z.array(eventSecret).check(z.maxLength(5)),
)

const retentionDays = z._default(
  z.string().check(z.refine((text) => /^\d{2,4}$/.test(text) && Number(text) >= 30)),
  '90',
)

const inEveryMode = {
  IMP_KEY: secret,
  IMP_SECRET: secret,
  MERCHANT_API_KEY: ownSecrets,
  ORDER_TOKEN_SECRET: ownSecrets,
  ORDER_TOKEN_DAYS: z._default(
    z.pipe(z.string().check(z.regex(/^[1-9]\d{0,2}$/)), z.transform(Number)),
    30,
  ),
  EVENT_SECRETS: eventSecrets,
  VBANK_GRACE_HOURS: z._default(
    z.pipe(z.string().check(z.regex(/^\d{1,3}$/)), z.transform(Number)),
    3,
  ),
  RETENTION_DAYS: retentionDays,
  USER_CODE: z.optional(z.string().check(z.regex(/^imp\d{1,20}$/))),
  PERSON_KEY_SECRET: z.optional(ownSecret),
  TIERS: tiersSetting,
}

const address = (protocol: RegExp) =>
  z.string().check(z.refine((text) => isPlainUrl(text, protocol)))
const ownAddress = (protocol: RegExp) =>
  z.optional(
    z.pipe(
      z.pipe(z.string(), z.transform(withoutSlash)),
      z.string().check(z.refine((text) => isOwnAddress(text, protocol))),
    ),
  )
const origins = (mode: Mode) =>
  z.pipe(
    z.pipe(z.string(), z.transform(toList)),
    z.array(z.string().check(z.refine((text) => isAllowedOrigin(text, mode)))),
  )
const pages = (mode: Mode) =>
  z.string().check(z.refine((text) => isAllowedPage(text, mode) && !/[?#]/.test(text)))

const settings = z.discriminatedUnion('MODE', [
  z.object({
    MODE: z.literal('live'),
    ...inEveryMode,
    IMP_KEY: secret.check(z.refine((key) => key !== publicDemoKey)),
    SHOP_ORIGINS: origins('live'),
    RESULT_PAGES: pages('live'),
    EVENT_URL: address(/^https:$/),
    CONFIRM_URL: z.optional(address(/^https:$/)),
    PUBLIC_URL: ownAddress(/^https:$/),
    PROVIDER_URL: z._default(z.literal(providerUrl), providerUrl),
    ACCOUNTS: accountsSetting(() => false, publicDemoKey),
  }),
  z.object({
    MODE: z.literal('test'),
    ...inEveryMode,
    SHOP_ORIGINS: origins('test'),
    RESULT_PAGES: pages('test'),
    EVENT_URL: address(/^https?:$/),
    CONFIRM_URL: z.optional(address(/^https?:$/)),
    PUBLIC_URL: ownAddress(/^https?:$/),
    PROVIDER_URL: z._default(address(/^https?:$/), providerUrl),
    ACCOUNTS: accountsSetting((text) => isPlainUrl(text, /^https?:$/), publicDemoKey),
  }),
])

const required = [
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
  const blank = required.filter((name) => isBlank(env[name]))
  const absent = alsoRequired.filter((name) => env[name] === undefined)
  const missing: readonly string[] = [...blank, ...absent]
  const read = settings.safeParse(env)
  const mistaken = findMistakenKeys(env)
  if (!read.success || missing.length > 0 || mistaken.length > 0) {
    const named = read.success ? [] : read.error.issues.map(({ path }) => String(path[0]))
    const malformed = [...new Set([...named, ...mistaken.map(({ name }) => name)])]
    return fail({
      reason: 'configuration',
      missing,
      malformed: malformed.filter((name) => !missing.includes(name)),
      ...(mistaken.length === 0 ? {} : { mistaken }),
    })
  }
  const { data } = read
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
  if (data.PERSON_KEY_SECRET !== undefined && others.includes(data.PERSON_KEY_SECRET)) {
    return fail({ reason: 'configuration', missing, malformed: ['PERSON_KEY_SECRET'] })
  }
  return ok({
    mode: data.MODE,
    impKey: data.IMP_KEY,
    impSecret: data.IMP_SECRET,
    merchantApiKeys: data.MERCHANT_API_KEY,
    orderTokenSecrets: data.ORDER_TOKEN_SECRET,
    orderTokenDays: data.ORDER_TOKEN_DAYS,
    shopOrigins: data.SHOP_ORIGINS,
    resultPages: withoutSlash(data.RESULT_PAGES),
    providerUrl: withoutSlash(data.PROVIDER_URL),
    publicUrl: data.PUBLIC_URL ?? null,
    userCode: data.USER_CODE ?? null,
    tiers: data.TIERS,
    accounts: toAccounts(data.ACCOUNTS),
    eventUrl: data.EVENT_URL,
    confirmUrl: data.CONFIRM_URL ?? null,
    eventSecrets: data.EVENT_SECRETS,
    vbankGraceHours: data.VBANK_GRACE_HOURS,
    retentionDays: Number(data.RETENTION_DAYS),
    personKeySecret: data.PERSON_KEY_SECRET ?? null,
  })
}

/**
 * Explains a failure of {@link readConfig} to an operator.
 *
 * @param failure What `readConfig` failed with.
 * @returns One line with the names of the settings, never their values.
 *
 * @example
 * ```ts
 * import { explainConfig } from '@quayside/server'
 *
 * const failure = { reason: 'configuration', missing: ['MODE'], malformed: ['IMP_KEY'] } as const
 * console.log(explainConfig(failure)) // Missing setting: MODE. Malformed setting: IMP_KEY
 * ```
 */
export function explainConfig({ missing, malformed, mistaken = [] }: ConfigFailure): string {
  return [
    ...(missing.length > 0 ? [`Missing setting: ${missing.join(', ')}`] : []),
    ...(malformed.length > 0 ? [`Malformed setting: ${malformed.join(', ')}`] : []),
    ...mistaken.map(explainMistake),
  ].join('. ')
}

/**
 * Returns the secrets among the settings, for a log that must not repeat them.
 *
 * @param config The settings.
 * @returns Every key and secret.
 *
 * @example
 * ```ts
 * import { type Config, createLog, createRedactingLog, secretsOf } from '@quayside/server'
 *
 * function start(config: Config) {
 *   const log = createLog((line) => console.log(line), () => new Date())
 *   return createRedactingLog(log, secretsOf(config))
 * }
 * console.log(typeof start) // function
 * ```
 */
export function secretsOf(config: Config): readonly string[] {
  const { impKey, impSecret, merchantApiKeys, orderTokenSecrets, eventSecrets } = config
  const own = config.personKeySecret === null ? [] : [config.personKeySecret]
  const ofAccounts = config.accounts.flatMap((each) => [each.impKey, each.impSecret])
  return [
    impKey,
    impSecret,
    ...ofAccounts,
    ...merchantApiKeys,
    ...orderTokenSecrets,
    ...eventSecrets,
    ...own,
  ]
}

/** What the console shows beside the V1 keys, and its shape. Anything else may be a valid key. */
const mistakes: readonly (readonly [RegExp, MistakenKey['found']])[] = [
  [/^store-[0-9a-f-]{36}$/i, 'store_id'],
  [/^channel-key-/i, 'channel_key'],
  [/^imp\d{8}$/, 'merchant_code'],
  [/^whsec_/, 'webhook_secret'],
]
const mistakesOfKey: typeof mistakes = [...mistakes, [/^[A-Za-z0-9]{60,}$/, 'secret']]
const mistakesOfSecret: typeof mistakes = [...mistakes, [/^\d{16}$/, 'key']]

const foundTexts: Readonly<Record<MistakenKey['found'], string>> = {
  store_id: 'a store id of V2',
  channel_key: 'a channel key',
  merchant_code: 'the merchant code (가맹점 식별코드)',
  webhook_secret: 'a webhook secret of V2',
  secret: 'a secret, such as an API secret of V2',
  key: 'the REST API key',
}

/**
 * Explains to an operator what stands in place of a V1 key.
 *
 * @param mistake One of {@link ConfigFailure}.
 * @returns A sentence with the name of the setting, without its value.
 *
 * @example
 * ```ts
 * import { explainMistake } from '@quayside/server'
 *
 * console.log(explainMistake({ name: 'IMP_KEY', found: 'channel_key' }))
 * // IMP_KEY looks like a channel key; V1 needs its REST API key
 * ```
 */
export function explainMistake({ name, found }: MistakenKey): string {
  const wanted = name === 'IMP_KEY' ? 'REST API key' : 'REST API secret'
  return `${name} looks like ${foundTexts[found]}; V1 needs its ${wanted}`
}

/** Finds other identifiers in place of the V1 keys: with these the provider would only answer that it refuses them. */
function findMistakenKeys(env: Readonly<Record<string, unknown>>): readonly MistakenKey[] {
  return (
    [
      ['IMP_KEY', mistakesOfKey],
      ['IMP_SECRET', mistakesOfSecret],
    ] as const
  ).flatMap(([name, shapes]) => {
    const value = env[name]
    const mistake = shapes.find(([shape]) => typeof value === 'string' && shape.test(value))
    return mistake === undefined ? [] : [{ name, found: mistake[1] }]
  })
}

function isBlank(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === ''
}

function toList(text: string): string[] {
  return text.split(',').map((each) => each.trim())
}

/** Standard Webhooks requires 24 to 64 random bytes. */
function isEventSecret(text: string): boolean {
  const [, code = ''] =
    /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(text) ?? []
  const bytes = (code.replaceAll('=', '').length * 3) / 4
  return bytes >= 24 && bytes < 65
}

function isPlainUrl(text: string, protocol: RegExp): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !protocol.test(url.protocol) || /\s/.test(text)) return false
  return url.search === '' && url.hash === '' && url.username === '' && url.password === ''
}

/** A path has plain characters only: the address is a part of commands that are shown to be copied. */
function isOwnAddress(text: string, protocol: RegExp): boolean {
  if (!isPlainUrl(text, protocol)) return false
  const { origin, pathname } = new URL(text)
  return /^[\w.~/-]+$/.test(pathname) && withoutSlash(`${origin}${pathname}`) === text
}

function withoutSlash(text: string): string {
  return text.replace(/\/+$/, '')
}
