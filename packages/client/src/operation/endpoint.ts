import type { ClientFailure } from '../values/failure.ts'
import type { Redact } from '../values/redact.ts'
import type { ReadEnvelope } from './envelope.ts'
import type { BuiltRequest } from './request-parts.ts'

/**
 * Whether the client repeats a call by itself. The provider has no idempotency keys, so this is a property
 * of the operation:
 *
 * - `read` changes nothing and is repeated;
 * - `prepare` writes the same amount again, with the same effect, and is repeated;
 * - `cancel_with_checksum` is repeated because the provider refuses a second cancel whose checksum
 *   no longer equals the balance;
 * - `never` moves money or changes something else, and the provider cannot detect a repetition: look up
 *   its outcome first.
 */
export type RetryClass = 'read' | 'prepare' | 'cancel_with_checksum' | 'never'

/** How a call to another service differs from one to the REST API. */
export interface Service {
  /** The origin of the service, without a final slash. */
  readonly baseUrl: string
  /** Null: the service has no sub-merchants. */
  readonly tier: null
  /** Reads the service's own envelope. */
  readonly readEnvelope: ReadEnvelope
}

/** What reads and writes have in common. */
export interface EndpointBase {
  /** The HTTP method. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `{name}` is a path parameter, `{name?}` one whose segment is optional. */
  readonly path: `/${string}`
  /** Whether the client repeats the call. */
  readonly retry: RetryClass
  /** Names sent in the query. */
  readonly query?: readonly string[]
  /** Required names: without one the call fails with `invalid_argument` and nothing is sent. */
  readonly required?: readonly string[]
  /** Ids that the response must repeat exactly, if they were sent. */
  readonly echoes?: readonly string[]
  /** The response contains a credential: no part of it may appear in a failure. */
  readonly confidential?: boolean
  /** Sent without an access token. */
  readonly anonymous?: boolean
  /** A success may have no `response`; its value is null then. */
  readonly mayBeEmpty?: boolean
  /** Another service of the provider: its host and its envelope. */
  readonly service?: (baseUrl: string) => Service
}

/** A read whose parameters are single values in the path and the query. */
export interface ReadEndpoint extends EndpointBase {
  /** A read is always repeated. */
  readonly retry: 'read'
  /** A read has no body. */
  readonly body?: undefined
  /** A read needs no more code than the client itself. */
  readonly writeHandling?: undefined
}

/** Any other operation. Its code comes with the endpoint, so that a program without one does not bundle it. */
export interface WriteEndpoint extends EndpointBase {
  /** The code that builds the request and explains its failure. */
  readonly writeHandling: WriteHandling
  /** Names sent in the JSON body. */
  readonly body?: readonly string[]
  /** Names in the body whose value is an object here and JSON text on the wire. */
  readonly asText?: readonly string[]
  /** At least one of these must be given. */
  readonly oneOf?: readonly string[]
  /** Numbers that must be above zero: the provider treats 0 as "everything". */
  readonly positive?: readonly string[]
  /** The most ids one call may name, in all its lists together. */
  readonly maxListed?: number
  /** The call that reads the outcome of a write, by the name of the id that was sent. */
  readonly lookup?: Readonly<Record<string, string>>
  /** Names whose values are redacted in every failure: card data, passwords. */
  readonly secret?: readonly string[]
}

/** One operation of the REST API as plain data: where each parameter is sent, and whether the call is repeated. */
export type AnyEndpoint = ReadEndpoint | WriteEndpoint

declare const ties: unique symbol

/**
 * An {@link AnyEndpoint} with the types of its parameters and of its documented response.
 *
 * The type of the response is the documented shape. It is not checked field by field: parse a record before
 * you decide on it.
 */
export type Endpoint<Params extends object, Documented> = AnyEndpoint &
  EndpointTypes<Params, Documented> &
  (true extends HasCompound<Params> ? { readonly writeHandling: WriteHandling } : unknown)

/** True where a parameter is a list or an object, which a {@link ReadEndpoint} cannot send. */
export type HasCompound<Params> = Params extends unknown
  ? Extract<Params[keyof Params], object> extends never
    ? never
    : true
  : never

/** The types of an {@link Endpoint}: its lists may only name its parameters. */
export type EndpointTypes<Params extends object, Documented> = {
  readonly [List in
    | 'query'
    | 'body'
    | 'asText'
    | 'required'
    | 'oneOf'
    | 'positive'
    | 'echoes'
    | 'secret']?: readonly (keyof Params & string)[]
} & { readonly [ties]?: (params: Params) => Documented }

/** Concatenates two lists. A call marked pure is removed by tree shaking, a spread is not. */
export function join<A, B>(first: readonly A[], second: readonly B[]): readonly (A | B)[] {
  return [...first, ...second]
}

/** The code for calls that have a body, lists or objects, or change something. */
export interface WriteHandling {
  /** Builds the request with its body, lists and objects. */
  readonly build: (endpoint: WriteEndpoint, params: object, baseUrl: string) => BuiltRequest
  /** The PG's own error beside the provider's; null without one. */
  readonly readPgError: (error: unknown, redact: Redact) => { readonly pgError: string } | null
  /** The failure of a call, given the failures of its attempts. */
  readonly toFinalFailure: (
    endpoint: WriteEndpoint,
    params: object,
    failure: ClientFailure,
    failures: readonly ClientFailure[],
  ) => ClientFailure
}
