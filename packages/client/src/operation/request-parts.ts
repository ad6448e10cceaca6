import type { Result } from '@quayside/core'
import type { InvalidArgument } from '../values/failure.ts'

/** The parts of a request without the access token. */
export interface RequestParts {
  /** The HTTP method. */
  readonly method: string
  /** The absolute URL with its query. */
  readonly url: string
  /** JSON text; null for a request without a body. */
  readonly body: string | null
  /** Texts that no failure of this call may contain: card data and passwords as they were given. */
  readonly secrets: readonly string[]
}

/** A name in a query and its value. */
export type QueryPair = readonly [name: string, value: unknown]

/** The request, or the parameter that cannot be sent. */
export type BuiltRequest = Result<RequestParts, InvalidArgument>
