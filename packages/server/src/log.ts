/** The fields of a log line: ids, codes, counts. Never a body, a header or a credential. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

/** Writes one event with its fields. */
export type Log = (event: string, fields: LogFields) => void

/** How much an event of the log needs attention. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** A bug, or an event that no further try will deliver: a person must act. */
const errors: ReadonlySet<string> = new Set([
  'internal',
  'configuration',
  'database_file_gone',
  'job_failed',
  'recovery_failed',
  'event_failed_permanently',
  'uncaught_exception',
  'unhandled_rejection',
])
/** What the server tries again by itself; a person must act when it goes on. */
const warnings: ReadonlySet<string> = new Set([
  'amount_not_registered',
  'billing_key_not_deleted',
  'cancel_not_confirmed',
  'cancel_not_saved',
  'certification_not_deleted',
  'charge_not_confirmed',
  'charge_not_looked_up',
  'charge_not_recorded',
  'charges_not_queued',
  'confirm_not_decided',
  'event_lease_expired',
  'event_not_delivered',
  'not_ready',
  'not_synced',
  'order_not_read',
  'order_unreadable',
  'payment_not_recorded',
  'payment_unreadable',
  'payments_not_read',
  'record_malformed',
  'request_failed',
  'store_failed',
  'subscription_not_refunded',
])
/** Events of ordinary requests that change nothing. */
const details: ReadonlySet<string> = new Set(['ignored', 'refused_request'])

/**
 * Returns the level of an event of the server's log, by which a log may leave lines out.
 *
 * @param event The name of the event, the first argument of a {@link Log}.
 * @returns Its level; `info` for a name that the server does not use.
 *
 * @example
 * ```ts
 * import { levelOf } from '@quayside/server'
 *
 * console.log(levelOf('job_done'), levelOf('store_failed')) // info warn
 * ```
 */
export function levelOf(event: string): LogLevel {
  if (errors.has(event)) return 'error'
  if (warnings.has(event)) return 'warn'
  return details.has(event) ? 'debug' : 'info'
}

const maxLength = 300
// JSON escapes the lower control characters; these break a line, or hide text, in some viewers as well.
const deceptive = /[\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/**
 * Makes a log of one-line JSON. Ids and failure texts come from outside, so characters that could forge a
 * second line are escaped, and each text is cut to 300 characters.
 *
 * @param write Receives one finished line.
 * @param now The clock.
 * @returns A log whose lines are `{"at":…,"event":…,…fields}`.
 *
 * @example
 * ```ts
 * import { createLog } from '@quayside/server'
 *
 * const log = createLog((line) => console.log(line), () => new Date('2026-11-22T03:00:00Z'))
 * log('job_done', { job: 'reconcile' }) // {"at":"2026-11-22T03:00:00.000Z","event":"job_done","job":"reconcile"}
 * ```
 */
export function createLog(write: (line: string) => void, now: () => Date): Log {
  return (event, fields) => {
    const shown: Record<string, LogFields[string]> = { at: now().toISOString(), event }
    for (const [name, value] of Object.entries(fields)) {
      shown[name] = typeof value === 'string' ? value.slice(0, maxLength) : value
    }
    write(JSON.stringify(shown).replace(deceptive, escape))
  }
}

/**
 * Describes why something failed, for the log: the name and text of an error and of the causes behind it. What could be
 * a key, a token, a card number or a buyer's address in such a text is replaced, and the whole is cut to 300 characters.
 *
 * @param cause What was thrown or returned; any value is allowed.
 * @returns One line, `unknown` where nothing is known.
 *
 * @example
 * ```ts
 * import { describeCause } from '@quayside/server'
 *
 * const lost = new Error('connection lost', { cause: 'Bearer abc' })
 * console.log(describeCause(lost)) // Error: connection lost < Bearer …
 * ```
 */
export function describeCause(cause: unknown): string {
  const texts: string[] = []
  let current = cause
  for (let depth = 0; depth < maxCauses && current !== undefined && current !== null; depth++) {
    const text = textOf(current)
    // The text of D1's errors repeats that of their cause.
    if (text !== '' && !texts.some((before) => before.includes(text))) texts.push(text)
    current = readOwn(current, 'cause')
  }
  const whole = redactions.reduce(
    (text, [pattern, replacement]) => text.replace(pattern, replacement),
    cut(texts.join(' < '), maxSearched),
  )
  return cut(whole, maxLength) || 'unknown'
}

/** Without the word that would be cut in two: a part of a secret is not recognized as one. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[^\s"',;]*$/, '')}…`
}

const maxCauses = 5
// The search for secrets takes a time in proportion to the square of a text without spaces.
const maxSearched = 2_000

// Also with something before them: `MERCHANT_API_KEY`, `new_access_token`.
const secretNames =
  'imp_key|api_?key|imp_secret|token|secret|password|pwd_2digit|card_number|birth|cvc|expiry|authorization'
const buyerNames =
  'buyer_(?:name|tel|email|addr|postcode)|refund_(?:holder|account|tel)|vbank_(?:num|holder)'

/** A value after its name, which is kept. */
function named(separator: string, value: string): RegExp {
  return new RegExp(
    `\\b([\\w-]{0,40}(?:${secretNames}|${buyerNames}))\\b(${separator})${value}`,
    'gi',
  )
}

const redactions: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[^\s"',;]+/gi, '$1 …'],
  [/\bwhsec_[\w+/=-]+/g, 'whsec_…'],
  // Quoted values may have spaces; JSON inside JSON has its quotes escaped.
  [named(String.raw`\\?["']?\s*[=:]\s*\\?["']`, String.raw`[^"'\\]*`), '$1$2…'],
  [named(String.raw`["']?\s*[=:]\s*`, String.raw`[^\s"',;&}\\]+`), '$1$2…'],
  [/[^\s"'<>(]+@[^\s"'<>)]+/g, '…'],
  // Card numbers, phone numbers and long codes, of which a part would say as much as the whole.
  [/(?<![\w])\d(?:[ -]?\d){12,18}(?!\w)/g, '…'],
  [/(?<![\w])(?:01|\+82[ -]?1)\d[ -]?\d{3,4}[ -]?\d{4}(?!\w)/g, '…'],
  [/(?=[A-Za-z_+=-]*\d)[\w+=-]{32,}/g, '…'],
]

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  const code = readOwn(value, 'code')
  const suffix = typeof code === 'string' ? ` (${code})` : ''
  if (value instanceof Error) return `${value.name}: ${value.message}${suffix}`
  const parts = [readOwn(value, 'reason'), readOwn(value, 'message')]
  return parts.filter((part) => typeof part === 'string').join(': ') + suffix
}

function readOwn(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}

/**
 * Makes a log whose texts contain none of the secrets: a cause may repeat what was sent.
 *
 * @param log Receives each event, with `[redacted]` in place of a secret.
 * @param secrets The secrets; an empty text is none.
 * @returns The log.
 *
 * @example
 * ```ts
 * import { createRedactingLog } from '@quayside/server'
 *
 * const log = createRedactingLog((event, { cause }) => console.log(event, cause), ['s3cret'])
 * log('failed', { cause: 'GET /?key=s3cret' }) // failed GET /?key=[redacted]
 * ```
 */
export function createRedactingLog(log: Log, secrets: readonly string[]): Log {
  // The longest first: one may begin with another while they are changed.
  const known = secrets.filter((secret) => secret !== '').toSorted((a, b) => b.length - a.length)
  const redact = (text: string): string =>
    known.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text)
  return (event, fields) => {
    // Almost no line has one: all texts are searched at once.
    const texts = Object.values(fields).join('\n')
    if (!known.some((secret) => texts.includes(secret))) return log(event, fields)
    const redacted: Record<string, LogFields[string]> = {}
    for (const [name, value] of Object.entries(fields)) {
      redacted[name] = typeof value === 'string' ? redact(value) : value
    }
    log(event, redacted)
  }
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
