/**
 * Escrow (에스크로): deliveries of payments in escrow.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../endpoint.ts'
import type { OpenEnum } from '../open-enum.ts'
import { writeHandling } from '../write-handling.ts'

/** A postal address in two lines; `smartro_v2` uses it instead of `addr`. */
export interface FormedAddress {
  readonly address_line_1?: string
  readonly address_line_2?: string
}

/** The receiver of the goods (`EscrowLogisReceiverAnnotation`). The required fields depend on the PG. */
export interface Receiver {
  readonly name?: string
  readonly tel?: string
  readonly addr?: string
  readonly postcode?: string
  readonly formed_address?: FormedAddress
}

/** The sender of the goods (`EscrowLogisSenderAnnotation`). The required fields depend on the PG. */
export interface Sender extends Receiver {
  /** Daou: the relation of the sender to the merchant, e.g. `본인`. */
  readonly relationship?: string
}

/** The courier of a parcel; the provider stores an unknown one as `ETC`. */
export type Courier = OpenEnum<
  | 'HYUNDAI'
  | 'HANARO'
  | 'SAGAWA'
  | 'KGB'
  | 'YELLOWCAP'
  | 'DONGBU'
  | 'EPOST'
  | 'CJGLS'
  | 'HANJIN'
  | 'DAESIN'
  | 'REGISTPOST'
  | 'CHUNIL'
  | 'ILYANG'
  | 'CVSNET'
  | 'KDEXP'
  | 'HONAM'
  | 'HDEXP'
  | 'ETC'
>

/** The parcel (`EscrowLogisInfoAnnotation`). */
export interface Parcel {
  readonly company: Courier
  /** The tracking number. */
  readonly invoice: string
  /** UNIX seconds. */
  readonly sent_at: number
  /** Daou: the date of arrival, `YYYYMMDD`. */
  readonly receiving_at?: string
  /** Daou: the address it is sent from. */
  readonly address?: string
}

/** One product in the parcel (`EscrowLogisProductsAnnotation`); required by Welcome. */
export interface ParcelProduct {
  readonly id: string
  readonly name: string
  /** The price of one piece. */
  readonly amount: number
  readonly code?: string
  /** `KRW` by default. */
  readonly currency?: string
  /** 1 by default. */
  readonly quantity?: number
  readonly tag?: string
}

/** A payment in escrow and the delivery of its goods. */
export interface DeliveryParams {
  readonly imp_uid: string
  readonly sender: Sender
  readonly receiver: Receiver
  readonly logis: Parcel
  readonly products?: readonly ParcelProduct[]
}

/** A payment in escrow and the delivery to register. */
export interface RegisterParams extends DeliveryParams {
  /** `nice_v2`: whether the buyer receives an email; true by default. */
  readonly send_email?: boolean
}

/** A registered delivery (`EscrowLogisAnnotation`). Times are UNIX seconds. */
export interface Delivery {
  readonly company: Courier
  readonly invoice: string
  readonly sent_at: number
  readonly applied_at: number
}

/**
 * Reads the registered delivery of a payment in escrow (에스크로).
 *
 * @returns The delivery; `refused` when none is registered (HTTP 409) or the payment is not in
 * escrow, `not_found` for an unknown payment.
 * @see GET /escrows/logis/{imp_uid}
 */
export const get: Endpoint<{ readonly imp_uid: string }, Delivery> = {
  method: 'GET',
  path: '/escrows/logis/{imp_uid}',
  retry: 'read',
}

/**
 * Changes a registered delivery. Not with `nice_v2`.
 *
 * @returns The delivery; `refused` when it cannot be changed; `not_found` for an
 * unknown payment.
 * @see PUT /escrows/logis/{imp_uid}
 */
export const put: Endpoint<DeliveryParams, Delivery> = {
  method: 'PUT',
  path: '/escrows/logis/{imp_uid}',
  retry: 'never',
  body: ['sender', 'receiver', 'logis', 'products'],
  required: ['sender', 'receiver', 'logis'],
  lookup: { imp_uid: 'escrow.get' },
  writeHandling,
}

/**
 * Registers a delivery. The buyer then receives a request to confirm it.
 *
 * @returns The delivery; `refused` when there is one already (HTTP 409) or the payment is not in
 * escrow, `not_found` for an unknown payment.
 * @see POST /escrows/logis/{imp_uid}
 */
export const post: Endpoint<RegisterParams, Delivery> = {
  method: 'POST',
  path: '/escrows/logis/{imp_uid}',
  retry: 'never',
  body: ['sender', 'receiver', 'logis', 'products', 'send_email'],
  required: ['sender', 'receiver', 'logis'],
  lookup: { imp_uid: 'escrow.get' },
  writeHandling,
}
