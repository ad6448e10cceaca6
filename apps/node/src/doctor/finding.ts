import type { Text } from '../terminal/language.ts'

/** What the doctor looks at, in the order of its report. */
export type CheckName =
  | 'node'
  | 'settings'
  | 'database'
  | 'provider'
  | 'webhook'
  | 'receiver'
  | 'confirm'
  | 'pages'
  | 'clock'

/** What a check found: a fact, and what to do unless all is well. Contains no secret. */
export interface Finding {
  readonly check: CheckName
  readonly level: 'ok' | 'warning' | 'problem'
  /** For programs. */
  readonly code: string
  readonly message: Text
  /** Null where there is nothing to do. */
  readonly advice: Text | null
}

type Pair = readonly [english: string, korean: string]

/** Makes the findings of one check; texts are English first, then Korean. */
export function findingsOf(check: CheckName) {
  const toText = ([en, ko]: Pair): Text => ({ en, ko })
  const make =
    (level: Finding['level']) =>
    (code: string, message: Pair, advice: Pair | null = null): Finding => ({
      check,
      level,
      code,
      message: toText(message),
      advice: advice && toText(advice),
    })
  return { ok: make('ok'), warning: make('warning'), problem: make('problem') }
}
