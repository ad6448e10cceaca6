/**
 * Escrow (에스크로): deliveries of what was paid in escrow.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../endpoint.ts'
import type { OpenEnum } from '../open-enum.ts'
import { writeHandling } from '../write-handling.ts'

/** A postal address in two lines; `smartro_v2` takes it instead of `addr`. */
export interface FormedAddress {
  readonly address_line_1?: string
  readonly address_line_2?: string
}

/** Who receives the goods (`EscrowLogisReceiverAnnotation`). Which fields are needed depends on the PG. */
export interface Receiver {
  readonly name?: string
  readonly tel?: string
  readonly addr?: string
  readonly postcode?: string
  readonly formed_address?: FormedAddress
}

/** Who sends the goods (`EscrowLogisSenderAnnotation`). Which fields are needed depends on the PG. */
export interface Sender extends Receiver {
  /** Daou: what the sender is to the merchant, e.g. `본인`. */
  readonly relationship?: string
}

/** The courier's words for a parcel; an unknown one is kept as `ETC`. */
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
  | 'ETC'
>

/** The parcel (`EscrowLogisInfoAnnotation`). */
export interface Parcel {
  readonly company: Courier
  /** The tracking number. */
  readonly invoice: string
  /** UNIX seconds. */
  readonly sent_at: number
  /** Daou: the day it arrives, `YYYYMMDD`. */
  readonly receiving_at?: string
  /** Daou: where it was sent from. */
  readonly address?: string
}

/** One product in the parcel (`EscrowLogisProductsAnnotation`); Welcome demands them. */
export interface ParcelProduct {
  readonly id: string
  readonly name: string
  /** Of one piece. */
  readonly amount: number
  readonly code?: string
  /** KRW when left out. */
  readonly currency?: string
  /** 1 when left out. */
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

/** The same, to be registered for the first time. */
export interface RegisterParams extends DeliveryParams {
  /** `nice_v2`: whether the buyer gets a mail; true when left out. */
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
 * @returns The delivery; `refused` when it cannot be changed (any more), `not_found` for an
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
 * Registers a delivery; the buyer is asked to confirm it.
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
