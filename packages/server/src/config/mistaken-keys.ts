/** What stands in place of a V1 key, judged by its shape. */
export interface MistakenKey {
  /** The setting with the other identifier. */
  readonly name: 'IMP_KEY' | 'IMP_SECRET'
  /**
   * What the identifier looks like; `secret` is one of V2 that is too long for a key, `key` a key in place of
   * the secret.
   */
  readonly found: 'store_id' | 'channel_key' | 'merchant_code' | 'webhook_secret' | 'secret' | 'key'
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
export function findMistakenKeys(env: Readonly<Record<string, unknown>>): readonly MistakenKey[] {
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
