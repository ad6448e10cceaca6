import { fail, ok, type Result } from '@quayside/core'

// Settings are read without schemas: to build and run those took a tenth of the time in which a Worker starts.

/** Reads the value of a setting. Undefined if it is malformed. */
export type Setting<Value> = (value: unknown) => Value | undefined

/** Reads the text of a setting. Undefined if it is malformed. */
type ReadText<Value> = (text: string) => Value | undefined

export const required =
  <Value>(read: ReadText<Value>): Setting<Value> =>
  (value) =>
    typeof value === 'string' ? read(value) : undefined

/** A setting that has a default, or null, where it is left out. */
export const optional =
  <Value, Default>(read: ReadText<Value>, byDefault: Default): Setting<Value | Default> =>
  (value) =>
    value === undefined ? byDefault : required(read)(value)

/** A text as it is, if it passes. */
export const text =
  (isValid: (text: string) => boolean): ReadText<string> =>
  (each) =>
    isValid(each) ? each : undefined

/** A whole number that is written as `grammar` allows. */
export const number =
  (grammar: RegExp, least = 0): ReadText<number> =>
  (digits) =>
    grammar.test(digits) && Number(digits) >= least ? Number(digits) : undefined

/** Texts with commas between them, each of which passes. */
export const list =
  (isValid: (text: string) => boolean, most = Number.POSITIVE_INFINITY): ReadText<string[]> =>
  (joined) => {
    const all = joined.split(',').map((each) => each.trim())
    return all.length <= most && all.every(isValid) ? all : undefined
  }

/** What the settings of a table are read as. */
export type SettingValues<Settings> = {
  readonly [Name in keyof Settings]: Settings[Name] extends Setting<infer Value> ? Value : never
}

/** Reads every setting of a table. Fails with the names of those that are malformed, in the order of the table. */
export function readSettings<Settings extends Readonly<Record<string, Setting<unknown>>>>(
  env: Readonly<Record<string, unknown>>,
  settings: Settings,
): Result<SettingValues<Settings>, readonly string[]> {
  const values = Object.entries(settings).map(([name, read]) => [name, read(env[name])] as const)
  const malformed = values.flatMap(([name, value]) => (value === undefined ? [name] : []))
  if (malformed.length > 0) return fail(malformed)
  // Each name has what its own setting read.
  return ok(Object.fromEntries(values) as SettingValues<Settings>)
}
