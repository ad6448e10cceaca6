/**
 * Channels (결제 채널): the payment channels of the console.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import type { OpenEnum } from '../values/open-enum.ts'

/** One payment channel of the merchant's console (`PgSettingAnnotation`). */
export interface PgSetting {
  /** The PG's code. */
  readonly pg_provider: string
  /** Your merchant id at the PG (MID). */
  readonly pg_id: string
  /** True for a test channel. */
  readonly sandbox: boolean
  /** For the payment window, for charges without one, or for identity verification. */
  readonly type: OpenEnum<'payment' | 'api_payment' | 'certification'>
  /** The channel's name in the console. */
  readonly channel_name?: string | null
  /** The channel's key. */
  readonly channel_key?: string | null
}

/**
 * Reads the payment channels of the console.
 *
 * @returns The channels of every type.
 * @see GET /users/pg
 */
export const pg: Endpoint<object, readonly PgSetting[]> = {
  method: 'GET',
  path: '/users/pg',
  retry: 'read',
}
