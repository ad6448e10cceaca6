import type { Mode } from '@quayside/core'
import { type Config, type ConfigFailure, readConfig } from '@quayside/server'

/** The settings as far as they can be read: every check works with those that it needs. */
export interface ReadableSettings {
  /** Null while `MODE` is missing or malformed. */
  readonly mode: Mode | null
  /** What is wrong; null when a server can be made. */
  readonly failure: ConfigFailure | null
  /** The settings of the server; null while something is wrong. */
  readonly config: Config | null
  /** The text of a setting; null when it is missing or malformed. */
  readonly read: (name: string) => string | null
}

/** Reads what can be read of settings that are perhaps incomplete. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): ReadableSettings {
  const given = env['MODE']
  const mode = given === 'live' || given === 'test' ? given : null
  // Without a mode, nothing is known of the others: test mode is the one that accepts more.
  const config = readConfig(mode === null ? { ...env, MODE: 'test' } : env)
  const failure = addMode(config.ok ? null : config.failure, given, mode)
  const unusable = new Set([...(failure?.missing ?? []), ...(failure?.malformed ?? [])])
  return {
    mode,
    failure,
    config: config.ok && failure === null ? config.value : null,
    read: (name) => (unusable.has(name) ? null : env[name]?.trim() || null),
  }
}

function addMode(
  failure: ConfigFailure | null,
  given: string | undefined,
  mode: Mode | null,
): ConfigFailure | null {
  if (mode !== null) return failure
  const { missing = [], malformed = [], mistaken = [] } = failure ?? {}
  const isMissing = (given ?? '').trim() === ''
  return {
    reason: 'configuration',
    missing: isMissing ? ['MODE', ...missing] : missing,
    malformed: isMissing ? malformed : ['MODE', ...malformed],
    mistaken,
  }
}
