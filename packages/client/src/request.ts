import { fail, ok, parseImpUid, parseMerchantUid, type Result } from '@quayside/core'
import type { EndpointRow } from './endpoint.ts'
import type { InvalidArgument } from './failure.ts'

/** Everything of a request but the credential. */
export interface RequestParts {
  readonly method: string
  readonly url: string
  /** JSON text; null for a request without a body. */
  readonly body: string | null
}

type Built<T> = Result<T, InvalidArgument>
type Pair = readonly [name: string, value: string]

const deepest = 8

// Control characters, lone surrogates and line separators: what nothing that is shown, logged or
// sent in a URL may hold.
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u

/**
 * Turns an endpoint and its parameters into the parts of a request, or says which parameter cannot
 * be sent. Sends nothing.
 */
export function buildRequest(
  row: EndpointRow,
  params: object,
  baseUrl: string,
): Built<RequestParts> {
  const given = new Map(Object.entries(params).filter(([, value]) => value !== undefined))

  const flaw = findFlaw(row, given)
  if (flaw !== null) return fail(flaw)

  const path = fillPath(row.path, given)
  if (!path.ok) return path

  const query = toQuery(row.query ?? [], given)
  const url = new URL(baseUrl + path.value + query)
  // The last wall: whatever the values held, the URL names this endpoint and no other.
  if (
    url.pathname !== new URL(baseUrl).pathname.replace(/\/$/, '') + path.value ||
    url.hash !== ''
  ) {
    return refuse('path', 'malformed')
  }

  return ok({ method: row.method, url: url.href, body: toBody(row, given) })
}

function findFlaw(row: EndpointRow, given: Map<string, unknown>): InvalidArgument | null {
  const places = new Set([...(row.query ?? []), ...(row.body ?? []), ...namesIn(row.path)])
  for (const [parameter, value] of given) {
    if (!places.has(parameter)) return flawed(parameter, 'unknown')
    if (value === '') return flawed(parameter, 'missing')
    if (!isValid(parameter, value)) return flawed(parameter, 'malformed')
  }
  for (const parameter of row.required ?? []) {
    if (!given.has(parameter)) return flawed(parameter, 'missing')
  }
  for (const parameter of row.positive ?? []) {
    const value = given.get(parameter)
    if (!(typeof value === 'number' && value > 0)) return flawed(parameter, 'not_positive')
  }
  const choices = row.oneOf ?? []
  if (choices.length > 0 && !choices.some((parameter) => given.has(parameter))) {
    return flawed(choices.join(' or '), 'missing')
  }
  const listed = [...given.values()].filter((value) => Array.isArray(value)).flat().length
  return listed > (row.mostListed ?? listed) ? flawed(choices.join(' or '), 'too_many') : null
}

function isValid(parameter: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((one) => isValid(parameter, one))
  if (parameter === 'imp_uid') return parseImpUid(value).ok
  if (parameter === 'merchant_uid') return parseMerchantUid(value).ok
  return isSendable(value)
}

// JSON turns NaN, and undefined in a list, into null, and the provider reads null as "not given": a
// cancel of part would become a cancel of all. What is deeper than any documented body may be a circle.
function isSendable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value === 'boolean') return true
  if (typeof value !== 'object' || value === null || depth > deepest) return false
  const inList = Array.isArray(value)
  return Object.values(value).every(
    (one) => (one === undefined && !inList) || isSendable(one, depth + 1),
  )
}

function fillPath(template: string, given: Map<string, unknown>): Built<string> {
  const segments: string[] = []
  for (const segment of template.split('/')) {
    const parameter = /^\{(\w+)(\??)\}$/.exec(segment)
    if (parameter === null) {
      segments.push(segment)
      continue
    }
    const [, name = '', optional] = parameter
    const value = given.get(name)
    if (value === undefined && optional === '?') continue
    if (value === undefined) return refuse(name, 'missing')
    if (!isSegment(value)) return refuse(name, 'malformed')
    segments.push(encodeURIComponent(value))
  }
  return ok(segments.join('/'))
}

// A dot segment survives percent-encoding: every URL parser walks up a folder for it.
function isSegment(value: unknown): value is string {
  return typeof value === 'string' && !unprintable.test(value) && value !== '.' && value !== '..'
}

function namesIn(template: string): readonly string[] {
  return [...template.matchAll(/\{(\w+)/g)].map(([, name = '']) => name)
}

function toQuery(names: readonly string[], given: Map<string, unknown>): string {
  const pairs = names.flatMap((name): readonly Pair[] => {
    const value = given.get(name)
    if (value === undefined) return []
    if (Array.isArray(value)) return value.map((one) => [`${name}[]`, toText(one)] as const)
    if (typeof value !== 'object' || value === null) return [[name, toText(value)]]
    return Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([key, one]) => [`${name}[${key}]`, toText(one)] as const)
  })
  if (pairs.length === 0) return ''
  return `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function toBody({ body, asText }: EndpointRow, given: Map<string, unknown>): string | null {
  if (body === undefined) return null
  const sent = [...given].filter(([name]) => body.includes(name))
  return JSON.stringify(
    Object.fromEntries(
      sent.map(([name, value]) => [name, asText?.includes(name) ? JSON.stringify(value) : value]),
    ),
  )
}

function flawed(parameter: string, problem: InvalidArgument['problem']): InvalidArgument {
  return { reason: 'invalid_argument', parameter, problem }
}

function refuse(parameter: string, problem: InvalidArgument['problem']): Built<never> {
  return fail(flawed(parameter, problem))
}
