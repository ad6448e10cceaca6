/**
 * Sub-merchants (하위상점): reading one.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'

/** A sub-merchant (하위상점; `TierAnnotation`). */
export interface Tier {
  /** Three of `A-Z 0-9`. */
  readonly tier_code: string
  /** The sub-merchant's name. */
  readonly tier_name: string
}

/**
 * Reads one sub-merchant.
 *
 * @returns The sub-merchant; `not_found` when there is none.
 * @see GET /tiers/{tier_code}
 */
export const get: Endpoint<{ readonly tier_code: string }, Tier> = {
  method: 'GET',
  path: '/tiers/{tier_code}',
  retry: 'read',
  echoes: ['tier_code'],
}
