import type { Config } from './config.ts'

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
