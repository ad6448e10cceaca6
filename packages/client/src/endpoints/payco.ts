/**
 * PAYCO (페이코): telling it how far an order is.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../endpoint.ts'
import type { OpenEnum } from '../open-enum.ts'
import { writeHandling } from '../write-handling.ts'

/** A step of a PAYCO order. */
export type PaycoStep = 'DELIVERY_START' | 'PURCHASE_DECISION' | 'CANCELED'

/** What became of a PAYCO order (`PaycoStatusAnnotation`). */
export interface PaycoStatus {
  readonly status: OpenEnum<PaycoStep>
}

/**
 * Tells PAYCO how far an order is.
 *
 * @returns The step; `refused` when the order is not paid or has ended, `not_found` for an
 * unknown payment.
 * @see POST /payco/orders/status/{imp_uid}
 */
export const status: Endpoint<
  { readonly imp_uid: string; readonly status: PaycoStep },
  PaycoStatus
> = {
  method: 'POST',
  path: '/payco/orders/status/{imp_uid}',
  retry: 'never',
  body: ['status'],
  required: ['status'],
  writeHandling,
}
