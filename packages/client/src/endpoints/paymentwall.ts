/**
 * Paymentwall (페이먼트월): reporting deliveries.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import { writeHandling } from '../request/write-handling.ts'

/** The delivery of the goods of a payment. Paymentwall pays nothing out without it. */
export interface DeliveryParams {
  /** The provider's id of the payment. */
  readonly imp_uid: string
  /** Your id of the order. */
  readonly merchant_uid: string
  /** Physical or digital goods. */
  readonly type: 'physical' | 'digital'
  /** The status of the delivery. */
  readonly status: 'order_placed' | 'order_shipped' | 'delivering' | 'delivered'
  /** UNIX seconds. */
  readonly estimated_delivery_datetime: number
  /** UNIX seconds. */
  readonly estimated_update_datetime: number
  /** Whether the goods can be returned. */
  readonly refundable: 'yes' | 'no'
  /** The receiver's email address. */
  readonly shipping_address_email: string
  /** The tracking number. */
  readonly carrier_tracking_id?: string
  /** The courier. */
  readonly carrier_type?: string
  /** The reason, as text. */
  readonly reason?: string
  /** Further details, as text. */
  readonly details?: string
  /** The receiver's country. */
  readonly shipping_address_country?: string
  /** The receiver's city. */
  readonly shipping_address_city?: string
  /** The receiver's postal code. */
  readonly shipping_address_zip?: string
  /** The receiver's state. */
  readonly shipping_address_state?: string
  /** The receiver's street. */
  readonly shipping_address_street?: string
  /** The receiver's telephone number. */
  readonly shipping_address_phone?: string
  /** The receiver's first name. */
  readonly shipping_address_firstname?: string
  /** The receiver's last name. */
  readonly shipping_address_lastname?: string
}

/** The response of Paymentwall (`PaymentwallDeliveryDetailAnnotation`). */
export interface DeliveryReport {
  /** Absent on success. */
  readonly error_code?: number | null
  /** The error message of Paymentwall. */
  readonly error?: string | null
  /** Further messages of Paymentwall. */
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
