import { type Fields, isFields } from './fields.ts'
import { fail, ok, type Result } from './result.ts'

/** Why a body or query could not be parsed into one set of named fields. */
export type BodyFailure =
  | { readonly reason: 'media_type_unsupported'; readonly mediaType: string }
  | { readonly reason: 'body_malformed' }
  | { readonly reason: 'field_duplicated'; readonly field: string }
  | { readonly reason: 'too_many_fields'; readonly limit: number }

export interface BodyOptions {
  /**
   * Accepts a form that is labelled JSON. jQuery sends exactly that when a page sets the JSON header and
   * passes an object, as the guide's own example does. No other route should allow it. False by default.
   */
  readonly mislabelledForm?: boolean
}

const maxFields = 32

/**
 * Parses a request body, JSON or form, into named fields. Nothing is coerced: a form's values stay text, a
 * repeated form field becomes a list, and a key that occurs twice at the top of a JSON object is an error,
 * because two parsers could pick different values.
 *
 * @param contentType The `Content-Type` header, or null when there is none.
 * @param text The body, already decoded as UTF-8 and limited in size.
 * @param options What else to accept.
 * @returns The fields. Failures: `media_type_unsupported` for anything but JSON or a form in UTF-8;
 * `body_malformed` for text that is not a JSON object; `field_duplicated` for a JSON key that occurs twice;
 * `too_many_fields` for a form of more than 32 fields.
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
  return options.mislabelledForm === true && looksLikeForm(text) ? parseForm(text) : parseJson(text)
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
    fields[name] = before === undefined ? value : [before, value].flat()
  }
  return ok(fields)
}

function parseJson(text: string): Result<Fields, BodyFailure> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return fail({ reason: 'body_malformed' })
  }
  if (!isFields(value)) return fail({ reason: 'body_malformed' })
  const field = findDuplicate(text)
  return field === null ? ok(value) : fail({ reason: 'field_duplicated', field })
}

/** The first key that occurs twice at the top of a JSON object; null without one. The text must be valid JSON. */
function findDuplicate(text: string): string | null {
  const seen = new Set<string>()
  let depth = 0
  let atKey = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '"') {
      const start = i++
      while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1
      if (atKey) {
        const key = String(JSON.parse(text.slice(start, i + 1)))
        if (seen.has(key)) return key
        seen.add(key)
        atKey = false
      }
    } else if (char === '{' || char === '[') {
      depth++
      atKey = depth === 1
    } else if (char === '}' || char === ']') {
      depth--
    } else if (char === ',' && depth === 1) {
      atKey = true
    }
  }
  return null
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
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}
