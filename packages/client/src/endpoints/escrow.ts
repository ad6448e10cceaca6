/**
 * Escrow (에스크로): deliveries of payments in escrow.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import { writeHandling } from '../request/write-handling.ts'
import type { OpenEnum } from '../values/open-enum.ts'

/** A postal address in two lines; `smartro_v2` uses it instead of `addr`. */
export interface FormedAddress {
  /** Street and number. */
  readonly address_line_1?: string
  /** Second line of the address. */
  readonly address_line_2?: string
}

/** The receiver of the goods (`EscrowLogisReceiverAnnotation`). The required fields depend on the PG. */
export interface Receiver {
  /** The name of the person. */
  readonly name?: string
  /** The telephone number. */
  readonly tel?: string
  /** The postal address. */
  readonly addr?: string
  /** The postal code. */
  readonly postcode?: string
  /** The postal address in two lines. */
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
  /** The courier. */
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
  /** Your id of the product. */
  readonly id: string
  /** The name of the product. */
  readonly name: string
  /** The price of one piece. */
  readonly amount: number
  /** Your code of the product. */
  readonly code?: string
  /** `KRW` by default. */
  readonly currency?: string
  /** 1 by default. */
  readonly quantity?: number
  /** A label of your own. */
  readonly tag?: string
}

/** A payment in escrow and the delivery of its goods. */
export interface DeliveryParams {
  /** The provider's id of the payment. */
  readonly imp_uid: string
  /** The sender of the goods. */
  readonly sender: Sender
  /** The receiver of the goods. */
  readonly receiver: Receiver
  /** The parcel. */
  readonly logis: Parcel
  /** The products in the parcel. */
  readonly products?: readonly ParcelProduct[]
}

/** A payment in escrow and the delivery to register. */
export interface RegisterParams extends DeliveryParams {
  /** `nice_v2`: whether the buyer receives an email; true by default. */
  readonly send_email?: boolean
}

/** A registered delivery (`EscrowLogisAnnotation`). Times are UNIX seconds. */
export interface Delivery {
  /** The courier. */
  readonly company: Courier
  /** The tracking number. */
  readonly invoice: string
  /** When it was sent, in UNIX seconds. */
  readonly sent_at: number
  /** When it was registered, in UNIX seconds. */
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
