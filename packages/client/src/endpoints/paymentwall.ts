/**
 * Paymentwall (페이먼트월): reporting deliveries.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../endpoint.ts'
import { writeHandling } from '../write-handling.ts'

/** The delivery of the goods of a payment. Paymentwall pays nothing out without it. */
export interface DeliveryParams {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly type: 'physical' | 'digital'
  readonly status: 'order_placed' | 'order_shipped' | 'delivering' | 'delivered'
  /** UNIX seconds. */
  readonly estimated_delivery_datetime: number
  /** UNIX seconds. */
  readonly estimated_update_datetime: number
  readonly refundable: 'yes' | 'no'
  readonly shipping_address_email: string
  readonly carrier_tracking_id?: string
  readonly carrier_type?: string
  readonly reason?: string
  readonly details?: string
  readonly shipping_address_country?: string
  readonly shipping_address_city?: string
  readonly shipping_address_zip?: string
  readonly shipping_address_state?: string
  readonly shipping_address_street?: string
  readonly shipping_address_phone?: string
  readonly shipping_address_firstname?: string
  readonly shipping_address_lastname?: string
}

/** The response of Paymentwall (`PaymentwallDeliveryDetailAnnotation`). */
export interface DeliveryReport {
  /** Absent on success. */
  readonly error_code?: number | null
  readonly error?: string | null
  readonly notices?: readonly string[] | null
}

/**
 * Reports the delivery of goods to Paymentwall. The value is null when its response is empty; with an
 * `error_code` the report was not accepted.
 *
 * @returns The response of Paymentwall, or null; `refused` with its message when it did not accept the
 * report.
 * @see POST /paymentwall/delivery
 */
export const delivery: Endpoint<DeliveryParams, DeliveryReport | null> = {
  method: 'POST',
  path: '/paymentwall/delivery',
  retry: 'never',
  body: [
    'imp_uid',
    'merchant_uid',
    'type',
    'status',
    'estimated_delivery_datetime',
    'estimated_update_datetime',
    'refundable',
    'shipping_address_email',
    'carrier_tracking_id',
    'carrier_type',
    'reason',
    'details',
    'shipping_address_country',
    'shipping_address_city',
    'shipping_address_zip',
    'shipping_address_state',
    'shipping_address_street',
    'shipping_address_phone',
    'shipping_address_firstname',
    'shipping_address_lastname',
  ],
  required: [
    'imp_uid',
    'merchant_uid',
    'type',
    'status',
    'estimated_delivery_datetime',
    'estimated_update_datetime',
    'refundable',
    'shipping_address_email',
  ],
  mayBeEmpty: true,
  writeHandling,
}
