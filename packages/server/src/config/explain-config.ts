import type { ConfigFailure } from './config.ts'
import { explainMistake } from './mistaken-keys.ts'

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
