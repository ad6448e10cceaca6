/**
 * PAYCO (페이코): reporting the status of an order.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import { writeHandling } from '../request/write-handling.ts'
import type { OpenEnum } from '../values/open-enum.ts'

/** The status of a PAYCO order. */
export type PaycoStep = 'DELIVERY_START' | 'PURCHASE_DECISION' | 'CANCELED'

/** The reported status of a PAYCO order (`PaycoStatusAnnotation`). */
export interface PaycoStatus {
  /** The status. */
  readonly status: OpenEnum<PaycoStep>
}

/**
 * Reports the status of an order to PAYCO.
 *
 * @returns The status; `refused` when the order is not paid or is complete, `not_found` for an
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
