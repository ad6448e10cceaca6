import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { fail, ok, type Result } from '@quayside/core'
import { type ServeFlags, withFlags } from './flags.ts'
import type { Values } from './settings.ts'

/** The file of `--settings` cannot be read. */
export interface FileFailure {
  readonly reason: 'file_unreadable'
  readonly path: string
  readonly cause: unknown
}

/** Puts together what a file, the environment and the flags say; the latter win. Fails with `file_unreadable`. */
export function readValues(flags: ServeFlags, env: Values): Result<Values, FileFailure> {
  const { settings: path } = flags
  if (path === undefined) return ok(withFlags(env, flags))
  try {
    return ok(withFlags({ ...parseEnv(readFileSync(path, 'utf8')), ...env }, flags))
  } catch (cause) {
    return fail({ reason: 'file_unreadable', path, cause })
  }
}
