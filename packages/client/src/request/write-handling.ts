import { fail, ok } from '@quayside/core'
import type { WriteEndpoint, WriteHandling } from '../operation/endpoint.ts'
import type { BuiltRequest, QueryPair } from '../operation/request-parts.ts'
import type { ClientFailure, InvalidArgument } from '../values/failure.ts'
import { fieldsOf } from '../values/fields.ts'
import type { Redact } from '../values/redact.ts'
import { buildWithoutBody, isScalar } from './request.ts'

/**
 * Handles the endpoints that refer to it: those that send a list, an object or a body, or change something. A
 * program that only reads payments does not bundle it.
 *
 * Refer to it in an endpoint of your own in the same way.
 *
 * @example
 * ```ts
 * import { type Endpoint, writeHandling } from '@quayside/client'
 *
 * const archive: Endpoint<{ readonly imp_uid: string }, unknown> = {
 *   method: 'POST',
 *   path: '/archive',
 *   retry: 'never',
 *   body: ['imp_uid'],
 *   writeHandling,
 * }
 * console.log(archive.path)
 * ```
 */
export const writeHandling: WriteHandling = { build: buildWrite, readPgError, toFinalFailure }

const maxDepth = 8

/** Failures after which the operation may have happened nevertheless. */
const mayHaveTakenEffect = {
  invalid_argument: false,
  unauthorized: false,
  not_found: false,
  refused: false,
  rate_limited: false,
  server_error: true,
  unexpected_status: true,
  malformed_response: true,
  timeout: true,
  aborted: true,
  unreachable: true,
  outcome_unknown: true,
} satisfies Record<ClientFailure['reason'], boolean>

function buildWrite(endpoint: WriteEndpoint, params: object, baseUrl: string): BuiltRequest {
  const built = buildWithoutBody(endpoint, params, baseUrl, isSendable, toPairs)
  if (!built.ok) return built
  const invalid = findInvalid(endpoint, params)
  if (invalid) return fail(invalid)
  return ok({
    ...built.value,
    body: toBody(endpoint, params),
    secrets: toSecrets(endpoint, params),
  })
}

function isSendable(name: string, value: unknown): boolean {
  if (Array.isArray(value))
    return value.length > 0 && value.every((item) => isSendableItem(name, item))
  return isSendableItem(name, value)
}

function isSendableItem(name: string, value: unknown): boolean {
  return isScalar(name, value) || (!/^(imp|merchant)_uid$/.test(name) && isJsonValue(value, 0))
}

// JSON turns NaN, and undefined in a list, into null, and the provider treats null as absent: a partial
// cancel would become a full one. A value deeper than any documented body may be circular.
function isJsonValue(value: unknown, depth: number): boolean {
  if (isScalar('', value)) return true
  if (typeof value !== 'object' || value === null || depth > maxDepth) return false
  const inList = Array.isArray(value)
  return Object.values(value).every(
    (item) => (item === undefined && !inList) || isJsonValue(item, depth + 1),
  )
}

function findInvalid(
  { positive = [], oneOf = [], maxListed }: WriteEndpoint,
  params: object,
): InvalidArgument | null {
  const given = fieldsOf(params)
  for (const name of positive) {
    const value = given[name]
    if (!(typeof value === 'number' && value > 0)) return invalidArgument(name, 'not_positive')
  }
  const choice = oneOf.join(' or ')
  if (choice !== '' && !oneOf.some((name) => given[name] !== undefined))
    return invalidArgument(choice, 'missing')
  const listed = Object.values(params)
    .filter((value) => Array.isArray(value))
    .flat().length
  return listed > (maxListed ?? listed) ? invalidArgument(choice, 'too_many') : null
}

function toPairs(name: string, value: unknown): readonly QueryPair[] {
  if (typeof value !== 'object' || value === null) return [[name, value]]
  const inList = Array.isArray(value)
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => [`${name}[${inList ? '' : key}]`, item])
}

function toBody({ body, asText }: WriteEndpoint, params: object): string | null {
  if (body === undefined) return null
  const sent = Object.entries(params).filter(([name]) => body.includes(name))
  return JSON.stringify(
    Object.fromEntries(
      sent.map(([name, value]) => [name, asText?.includes(name) ? JSON.stringify(value) : value]),
    ),
  )
}

function toSecrets({ secret }: WriteEndpoint, params: object): readonly string[] {
  const given = Object.entries(params).filter(([name]) => secret?.includes(name))
  // A PG may repeat a card number with other dashes or spaces than it was given with, its end without the century, and an
  // address its query.
  const values = given
    .map(([, value]) => String(value))
    .flatMap((value) => {
      const joined = value.replaceAll(/[- ]/g, '')
      const groups = ['-', ' '].map((between) => joined.replaceAll(/.{4}(?=.)/g, `$&${between}`))
      const [, year, month] = /^20(\d\d)-(\d\d)$/.exec(value) ?? []
      const ends =
        year === undefined ? [] : ['', '/'].flatMap((by) => [year + by + month, month + by + year])
      return [value, joined, ...groups, ...ends, encodeURIComponent(value)]
    })
  return [...new Set(values)]
    .filter((value) => value !== '')
    .toSorted((a, b) => b.length - a.length)
}

function readPgError(error: unknown, redact: Redact) {
  const pgError = error instanceof Object ? redact(JSON.stringify(error)) : null
  return pgError === null ? null : { pgError }
}

// The outcome of a write that may have happened stays unknown: when its repetition is refused ("already
// cancelled"), the first attempt may have succeeded.
function toFinalFailure(
  endpoint: WriteEndpoint,
  params: object,
  failure: ClientFailure,
  failures: readonly ClientFailure[],
): ClientFailure {
  if (endpoint.retry === 'read' || !failures.some(({ reason }) => mayHaveTakenEffect[reason]))
    return failure
  return { reason: 'outcome_unknown', lookup: toLookup(endpoint, params), cause: failure }
}

function toLookup({ lookup = {} }: WriteEndpoint, params: object) {
  for (const [name, given] of Object.entries(params)) {
    const call = lookup[name]
    if (call === undefined) continue
    const value: unknown = Array.isArray(given) ? given[0] : given
    return { call, params: { [name]: String(value) } }
  }
  return null
}

function invalidArgument(parameter: string, problem: InvalidArgument['problem']): InvalidArgument {
  return { reason: 'invalid_argument', parameter, problem }
}
