import { fail, ok } from '@quayside/core'
import type { AnyEndpoint } from '../operation/endpoint.ts'
import type { BuiltRequest, QueryPair } from '../operation/request-parts.ts'
import type { InvalidArgument } from '../values/failure.ts'
import { fieldsOf } from '../values/fields.ts'

/** The grammars of core as regular expressions; importing its parsers would enlarge the bundle. */
const idGrammars: Readonly<Record<string, RegExp>> = {
  imp_uid: /^[\w-]{1,64}$/,
  merchant_uid: /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]{1,40}$/u,
}

// A path segment may not contain control characters, lone surrogates or line separators. A dot segment is
// excluded because percent-encoding keeps it, and every URL parser resolves it to the parent path.
const segmentGrammar = /^(?!\.\.?$)[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+$/u

/**
 * Builds the parts of a request from an endpoint and its parameters, or returns the parameter that is
 * invalid. It sends nothing.
 */
export function buildRequest(endpoint: AnyEndpoint, params: object, baseUrl: string): BuiltRequest {
  return (
    endpoint.writeHandling?.build(endpoint, params, baseUrl) ??
    buildWithoutBody(endpoint, params, baseUrl)
  )
}

/** Builds a request without a body; by default its parameters must be single values. */
export function buildWithoutBody(
  { method, path, query = [], body = [], required = [] }: AnyEndpoint,
  params: object,
  baseUrl: string,
  isSendable = isScalar,
  toPairs: (name: string, value: unknown) => readonly QueryPair[] = (name, value) => [
    [name, value],
  ],
): BuiltRequest {
  const given = fieldsOf(params)
  const inPath: readonly string[] = path.match(/\w+(?=\??\})/g) ?? []

  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue
    const isInPath = inPath.includes(name)
    if (!isInPath && !query.includes(name) && !body.includes(name))
      return refuseArgument(name, 'unknown')
    if (value === '') return refuseArgument(name, 'missing')
    const isSegment = typeof value === 'string' && segmentGrammar.test(value)
    if (isInPath ? !isSegment || !isScalar(name, value) : !isSendable(name, value)) {
      return refuseArgument(name, 'malformed')
    }
  }
  const needed = inPath.filter((name) => path.includes(`{${name}}`))
  for (const name of [...required, ...needed]) {
    if (given[name] === undefined) return refuseArgument(name, 'missing')
  }

  const filled = path.replace(/\/\{(\w+)\??\}/g, (_, name: string) => {
    const value = given[name]
    return typeof value === 'string' ? `/${encodeURIComponent(value)}` : ''
  })
  const address = baseUrl + filled
  // A final check: no value may have changed the path of the URL.
  if (new URL(address).href !== address) return refuseArgument('path', 'malformed')

  const pairs = query
    .filter((name) => given[name] !== undefined)
    .flatMap((name) => toPairs(name, given[name]))
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  const url = pairs.length > 0 ? `${address}?${pairs.join('&')}` : address
  return ok({ method, url, body: null, secrets: [] })
}

/** Whether a value that is neither a list nor an object can be sent under this name. */
export function isScalar(name: string, value: unknown): boolean {
  const grammar = idGrammars[name]
  if (typeof value === 'string') return grammar?.test(value) ?? value.isWellFormed()
  return !grammar && (typeof value === 'boolean' || Number.isFinite(value))
}

/** The failure for one invalid parameter. */
export function refuseArgument(parameter: string, problem: InvalidArgument['problem']) {
  return fail<InvalidArgument>({ reason: 'invalid_argument', parameter, problem })
}
