import { type Fields, isFields } from '../values/fields.ts'
import { fail, ok, type Result } from '../values/result.ts'

/** Why a body or query could not be parsed into one set of named fields. */
export type BodyFailure =
  | { readonly reason: 'media_type_unsupported'; readonly mediaType: string }
  | { readonly reason: 'body_malformed' }
  | { readonly reason: 'field_duplicated'; readonly field: string }
  | { readonly reason: 'too_many_fields'; readonly limit: number }

/** What a route accepts beside plain JSON and plain forms. */
export interface BodyOptions {
  /**
   * Accepts a form that is labelled JSON. jQuery sends exactly that when a page sets the JSON header and
   * passes an object, as the guide's own example does. No other route should allow it. False by default.
   */
  readonly mislabelledForm?: boolean
  /**
   * Reads a JSON key that occurs twice as a form's repeated field: a list of its values. Otherwise such a key is a
   * failure, because two parsers could pick different values. False by default.
   */
  readonly repeatedKeys?: boolean
}

/** A shop's own address may have many parameters of its own, such as those of advertisements. */
const maxFields = 256

/**
 * Parses a request body, JSON or form, into named fields. Nothing is coerced: a form's values stay text, a
 * repeated form field becomes a list, and a key that occurs twice at the top of a JSON object is an error unless
 * the options say otherwise.
 *
 * @param contentType The `Content-Type` header, or null when there is none.
 * @param text The body, already decoded as UTF-8 and limited in size.
 * @param options What else to accept.
 * @returns The fields. Failures: `media_type_unsupported` for anything but JSON or a form in UTF-8;
 * `body_malformed` for text that is not a JSON object; `field_duplicated` for a JSON key that occurs twice;
 * `too_many_fields` for a form of more than 256 fields.
 *
 * @example
 * ```ts
 * import { parseBody } from '@quayside/core'
 *
 * console.log(parseBody('application/json', '{"imp_uid":"imp_1"}'))
 * console.log(parseBody('application/x-www-form-urlencoded', 'imp_uid=imp_1'))
 * ```
 */
export function parseBody(
  contentType: string | null,
  text: string,
  options: BodyOptions = {},
): Result<Fields, BodyFailure> {
  const mediaType = toMediaType(contentType)
  if (mediaType === 'application/x-www-form-urlencoded') return parseForm(text)
  if (mediaType !== 'application/json') {
    return fail({ reason: 'media_type_unsupported', mediaType: contentType ?? '' })
  }
  return options.mislabelledForm === true && looksLikeForm(text)
    ? parseForm(text)
    : parseJson(text, options.repeatedKeys === true)
}

/**
 * Parses form-encoded text (a body, or a query with or without its `?`). Invalid percent encoding is kept as
 * it is, because some PGs do not escape their error texts.
 */
export function parseForm(text: string): Result<Fields, BodyFailure> {
  const fields: Record<string, string | string[]> = Object.create(null)
  const pairs = text.replace(/^\?/, '').split('&')
  if (pairs.length > maxFields) return fail({ reason: 'too_many_fields', limit: maxFields })
  for (const pair of pairs) {
    if (pair === '') continue
    const cut = pair.indexOf('=')
    const name = decode(cut < 0 ? pair : pair.slice(0, cut))
    const value = cut < 0 ? '' : decode(pair.slice(cut + 1))
    const before = fields[name]
    if (Array.isArray(before)) before.push(value)
    else fields[name] = before === undefined ? value : [before, value]
  }
  return ok(fields)
}

function parseJson(text: string, keepsRepeated: boolean): Result<Fields, BodyFailure> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return fail({ reason: 'body_malformed' })
  }
  if (!isFields(value)) return fail({ reason: 'body_malformed' })
  const values = new Map<string, string[]>()
  for (const [name, json] of listMembers(text)) {
    const before = values.get(name)
    if (before === undefined) values.set(name, [json])
    else if (keepsRepeated) before.push(json)
    else return fail({ reason: 'field_duplicated', field: name })
  }
  // V8 13 reads a key that begins with an escape as a backslash, where an earlier object had a backslash as a key in that place:
  // the names are those of the text.
  const isRead = ([name, jsons]: readonly [string, readonly string[]]) =>
    jsons.length === 1 && Object.hasOwn(value, name)
  if ([...values].every(isRead)) return ok(value)
  const fields = [...values].map(([name, jsons]): [string, unknown] => {
    const parsed = jsons.map((json): unknown => JSON.parse(json))
    return [name, parsed.length === 1 ? parsed[0] : parsed]
  })
  return ok(Object.fromEntries(fields))
}

/** The members of the top of a JSON object, each value as JSON, in their order. The text must be valid JSON. */
function listMembers(text: string): readonly (readonly [name: string, json: string])[] {
  const members: [string, string][] = []
  let depth = 0
  let name: string | null = null
  let valueFrom = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '"') {
      const start = i++
      while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1
      if (depth === 1 && name === null) {
        name = String(JSON.parse(text.slice(start, i + 1)))
        valueFrom = text.indexOf(':', i) + 1
      }
    } else if (char === '{' || char === '[') {
      depth++
    } else if (char === '}' || char === ']' || (char === ',' && depth === 1)) {
      if (depth === 1 && name !== null) members.push([name, text.slice(valueFrom, i)])
      if (depth === 1) name = null
      if (char !== ',') depth--
    }
  }
  return members
}

function toMediaType(contentType: string | null): string | null {
  const [type = '', ...parameters] = (contentType ?? '').split(';')
  const isUtf8 = parameters
    .map((p) => p.trim().toLowerCase())
    .filter((p) => p.startsWith('charset='))
    .every((p) => /^charset="?utf-8"?$/.test(p))
  return isUtf8 ? type.trim().toLowerCase() : null
}

function looksLikeForm(text: string): boolean {
  return /^[^\s{["][^={]*=/.test(text)
}

function decode(text: string): string {
  if (!/[%+]/.test(text)) return text
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}
