import { fail, ok } from '@quayside/core'
import type { Care, CarefulRow } from './endpoint.ts'
import type { ClientFailure, InvalidArgument } from './failure.ts'
import { fieldsOf } from './fields.ts'
import type { Say } from './redact.ts'
import { buildPlain, isSingle } from './request.ts'
import type { Built, Pair } from './request-parts.ts'
/**
 * Handles the rows that name it: whatever takes a list, an object or a body, or changes something. A
 * program that only reads payments does not carry it.
 *
 * A row of your own names it likewise.
 *
 * @example
 * ```ts
 * import { care, type Endpoint } from '@quayside/client'
 *
 * const archive: Endpoint<{ readonly imp_uid: string }, unknown> = {
 *   method: 'POST',
 *   path: '/archive',
 *   retry: 'never',
 *   body: ['imp_uid'],
 *   care,
 * }
 * console.log(archive.path)
 * ```
 */
export const care: Care = { build, pgErrorIn, judge }

const deepest = 8

/** After which the provider may have done the work although no readable success came back. */
const leavesDoubt = {
  invalid_argument: false,
  unauthorized: false,
  not_found: false,
  refused: false,
  rate_limited: false,
  server_error: true,
  unexpected_status: true,
  malformed_answer: true,
  timeout: true,
  aborted: true,
  unreachable: true,
  outcome_unknown: true,
} satisfies Record<ClientFailure['reason'], boolean>

function build(row: CarefulRow, params: object, baseUrl: string): Built {
  const built = buildPlain(row, params, baseUrl, isSendable, toPairs)
  if (!built.ok) return built
  const flaw = findFlaw(row, params)
  if (flaw) return fail(flaw)
  return ok({ ...built.value, body: toBody(row, params), secrets: secretsIn(row, params) })
}

function isSendable(name: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((one) => isOne(name, one))
  return isOne(name, value)
}

function isOne(name: string, value: unknown): boolean {
  return isSingle(name, value) || (!/^(imp|merchant)_uid$/.test(name) && isDeep(value, 0))
}

// JSON turns NaN, and undefined in a list, into null, and the provider reads null as "not given": a
// cancel of part would become a cancel of all. What is deeper than any documented body may be a circle.
function isDeep(value: unknown, depth: number): boolean {
  if (isSingle('', value)) return true
  if (typeof value !== 'object' || value === null || depth > deepest) return false
  const inList = Array.isArray(value)
  return Object.values(value).every(
    (one) => (one === undefined && !inList) || isDeep(one, depth + 1),
  )
}

function findFlaw(
  { positive = [], oneOf = [], mostListed }: CarefulRow,
  params: object,
): InvalidArgument | null {
  const given = fieldsOf(params)
  for (const name of positive) {
    const value = given[name]
    if (!(typeof value === 'number' && value > 0)) return flawed(name, 'not_positive')
  }
  const choice = oneOf.join(' or ')
  if (choice !== '' && !oneOf.some((name) => given[name] !== undefined))
    return flawed(choice, 'missing')
  const listed = Object.values(params)
    .filter((value) => Array.isArray(value))
    .flat().length
  return listed > (mostListed ?? listed) ? flawed(choice, 'too_many') : null
}

function toPairs(name: string, value: unknown): readonly Pair[] {
  if (typeof value !== 'object' || value === null) return [[name, value]]
  const inList = Array.isArray(value)
  return Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([key, one]) => [`${name}[${inList ? '' : key}]`, one])
}

function toBody({ body, asText }: CarefulRow, params: object): string | null {
  if (body === undefined) return null
  const sent = Object.entries(params).filter(([name]) => body.includes(name))
  return JSON.stringify(
    Object.fromEntries(
      sent.map(([name, value]) => [name, asText?.includes(name) ? JSON.stringify(value) : value]),
    ),
  )
}

function secretsIn({ secret }: CarefulRow, params: object): readonly string[] {
  const given = Object.entries(params).filter(([name]) => secret?.includes(name))
  // A PG may repeat a card number without the dashes it was given with, and an address its query.
  const words = given
    .map(([, value]) => String(value))
    .flatMap((word) => [word, word.replaceAll('-', ''), encodeURIComponent(word)])
  return words.filter((word) => word !== '').toSorted((a, b) => b.length - a.length)
}

function pgErrorIn(error: unknown, say: Say) {
  const pgError = error instanceof Object ? say(JSON.stringify(error)) : null
  return pgError === null ? null : { pgError }
}

// A write that may have happened stays doubtful: the refusal of its repetition ("already cancelled")
// can be the first attempt's success.
function judge(
  row: CarefulRow,
  params: object,
  failure: ClientFailure,
  met: readonly ClientFailure[],
): ClientFailure {
  if (row.retry === 'read' || !met.some(({ reason }) => leavesDoubt[reason])) return failure
  return { reason: 'outcome_unknown', lookup: lookupOf(row, params), cause: failure }
}

function lookupOf({ lookup = {} }: CarefulRow, params: object) {
  for (const [name, given] of Object.entries(params)) {
    const call = lookup[name]
    if (call === undefined) continue
    const value: unknown = Array.isArray(given) ? given[0] : given
    return { call, params: { [name]: String(value) } }
  }
  return null
}

function flawed(parameter: string, problem: InvalidArgument['problem']): InvalidArgument {
  return { reason: 'invalid_argument', parameter, problem }
}
