import type { Result } from '@quayside/core'
import type { InvalidArgument } from './failure.ts'

/** Everything of a request but the credential. */
export interface RequestParts {
  readonly method: string
  readonly url: string
  /** JSON text; null for a request without a body. */
  readonly body: string | null
  /** The words that no failure of this call may say: card data and passwords as they were given. */
  readonly secrets: readonly string[]
}

/** A name in a query, and its value. */
export type QueryPair = readonly [name: string, value: unknown]

export type BuiltRequest = Result<RequestParts, InvalidArgument>
