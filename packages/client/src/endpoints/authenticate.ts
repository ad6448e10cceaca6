/**
 * Access tokens (인증 토큰): for use outside the client, which requests its own.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import { writeHandling } from '../request/write-handling.ts'

/** The merchant's REST credentials, as the wire names them. */
export interface TokenParams {
  /** REST API key (REST API 키). */
  readonly imp_key: string
  /** REST API secret. */
  readonly imp_secret: string
}

/** An access token and the provider's clock; both times in UNIX seconds. */
export interface TokenGrant {
  /** The token, for the header `Authorization`. */
  readonly access_token: string
  /** When the token expires, in UNIX seconds. */
  readonly expired_at: number
  /** The provider's clock, in UNIX seconds. */
  readonly now: number
}

/**
 * Issues an access token. A repeated request returns the same token, so it is repeated like a read.
 *
 * A client requests its own tokens; use this where a token is needed outside of it.
 *
 * @returns The token; `unauthorized` for a wrong key or secret.
 * @see POST /users/getToken
 */
export const getToken: Endpoint<TokenParams, TokenGrant> = {
  method: 'POST',
  path: '/users/getToken',
  retry: 'read',
  body: ['imp_key', 'imp_secret'],
  required: ['imp_key', 'imp_secret'],
  confidential: true,
  secret: ['imp_key', 'imp_secret'],
  anonymous: true,
  writeHandling,
}
