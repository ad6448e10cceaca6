import type { ReadEnvelope } from './envelope.ts'
import type { ClientFailure } from './failure.ts'
import type { Redact } from './redact.ts'
import type { BuiltRequest } from './request-parts.ts'

/**
 * May the client repeat this call by itself? The provider has no idempotency keys, so the answer
 * belongs to the operation:
 *
 * - `read` changes nothing and is repeated;
 * - `prepare` writes the same amount twice to the same effect and is repeated;
 * - `cancel_with_checksum` is repeated because the provider refuses a second cancel whose checksum
 *   no longer fits the balance;
 * - `never` moves money, or changes something else, with nothing to tell a repetition apart: look
 *   first at what became of it.
 */
export type RetryClass = 'read' | 'prepare' | 'cancel_with_checksum' | 'never'

/** What a call to another service has otherwise than one to the REST API. */
export interface Service {
  readonly baseUrl: string
  readonly tier: null
  readonly readEnvelope: ReadEnvelope
}

interface EndpointBase {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `{name}` is a path parameter, `{name?}` one whose whole segment may be left out. */
  readonly path: `/${string}`
  readonly retry: RetryClass
  /** Names sent in the query. */
  readonly query?: readonly string[]
  /** Names without which the call is refused before anything is sent. */
  readonly required?: readonly string[]
  /** Ids that the answer must repeat exactly, where they were asked for. */
  readonly echoes?: readonly string[]
  /** The answer carries a credential: no part of it may appear in a failure. */
  readonly confidential?: boolean
  /** Sent without an access token. */
  readonly anonymous?: boolean
  /** A success may hold no `response`; the value is null then. */
  readonly mayBeEmpty?: boolean
  /** Another service of the provider: its host, how it is spoken to, and how its answers are read. */
  readonly service?: (baseUrl: string) => Service
}

/** A read whose parameters are single values in the path and the query. */
export interface ReadEndpoint extends EndpointBase {
  readonly retry: 'read'
  readonly body?: undefined
  readonly writeHandling?: undefined
}

/** Any other operation. What handles it comes with the row, so that plain reads go without. */
export interface WriteEndpoint extends EndpointBase {
  readonly writeHandling: WriteHandling
  /** Names sent in the JSON body. */
  readonly body?: readonly string[]
  /** Names of the body whose value is an object here and JSON text on the wire. */
  readonly asText?: readonly string[]
  /** At least one of these must be given. */
  readonly oneOf?: readonly string[]
  /** Numbers that must be above zero: the provider reads 0 as "everything". */
  readonly positive?: readonly string[]
  /** The most ids one call may name, in all its lists together. */
  readonly maxListed?: number
  /** Which call tells what became of a write, by the id that was given. */
  readonly lookup?: Readonly<Record<string, string>>
  /** Names whose values are blotted out of whatever a failure says: card data, passwords. */
  readonly secret?: readonly string[]
}

/** One operation of the REST API as plain data: what is sent where, and what may be repeated. */
export type AnyEndpoint = ReadEndpoint | WriteEndpoint

declare const ties: unique symbol

/**
 * An {@link AnyEndpoint} tied to the parameters it takes and the answer the provider documents.
 *
 * The answer's type is the documented shape. It is not checked field by field: parse what you decide
 * on.
 */
export type Endpoint<Params extends object, Documented> = AnyEndpoint &
  Tied<Params, Documented> &
  (true extends HasCompound<Params> ? { readonly writeHandling: WriteHandling } : unknown)

/** True where some parameter is a list or an object, which no plain row can send. */
type HasCompound<Params> = Params extends unknown
  ? Extract<Params[keyof Params], object> extends never
    ? never
    : true
  : never

interface Tied<Params extends object, Documented> {
  readonly query?: readonly (keyof Params & string)[]
  readonly body?: readonly (keyof Params & string)[]
  readonly asText?: readonly (keyof Params & string)[]
  readonly required?: readonly (keyof Params & string)[]
  readonly oneOf?: readonly (keyof Params & string)[]
  readonly positive?: readonly (keyof Params & string)[]
  readonly echoes?: readonly (keyof Params & string)[]
  readonly secret?: readonly (keyof Params & string)[]
  readonly [ties]?: (params: Params) => Documented
}

/** Two lists of names as one: a call that is marked pure is dropped with its row, a spread is not. */
export function join<A, B>(first: readonly A[], second: readonly B[]): readonly (A | B)[] {
  return [...first, ...second]
}

/** What a call needs that is more than single values in a path and a query. */
export interface WriteHandling {
  /** Builds the request, whatever it holds. */
  readonly build: (endpoint: WriteEndpoint, params: object, baseUrl: string) => BuiltRequest
  /** What the PG itself said beside the provider's refusal. */
  readonly readPgError: (error: unknown, redact: Redact) => { readonly pgError: string } | null
  /** The failure of a call after all that its attempts met. */
  readonly toFinalFailure: (
    endpoint: WriteEndpoint,
    params: object,
    failure: ClientFailure,
    failures: readonly ClientFailure[],
  ) => ClientFailure
}
