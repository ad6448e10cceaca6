/**
 * Registered amounts (결제금액 사전등록): the amounts that the payment window accepts.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import { writeHandling } from '../request/write-handling.ts'

/** The amount of an order, to be registered before the payment window opens. */
export interface PrepareParams {
  /** Your id of the order. */
  readonly merchant_uid: string
  /** In the currency's unit, with decimals where it has them. */
  readonly amount: number
  /** Without it the currency is not compared. */
  readonly currency?: string
}

/** A registered amount (`PaymentPrepareAnnotation`). */
export interface PreparedPayment {
  /** Your id of the order. */
  readonly merchant_uid: string
  /** The amount, in the currency's unit. */
  readonly amount: number
  /** Null when the currency is not compared. */
  readonly currency?: string | null
}

/**
 * Registers the amount of an order. The payment window does not open for any other amount.
 *
 * @returns The registered amount; `refused` when the order has an amount already: change it with
 * `put`.
 * @see POST /payments/prepare
 */
export const post: Endpoint<PrepareParams, PreparedPayment> = {
  method: 'POST',
  path: '/payments/prepare',
  retry: 'prepare',
  body: ['merchant_uid', 'amount', 'currency'],
  required: ['merchant_uid', 'amount'],
  lookup: { merchant_uid: 'prepare.get' },
  writeHandling,
}

/**
 * Changes a registered amount.
 *
 * @returns The new amount; `not_found` when none was registered.
 * @see PUT /payments/prepare
 */
export const put: Endpoint<PrepareParams, PreparedPayment> = {
  method: 'PUT',
  path: '/payments/prepare',
  retry: 'prepare',
  body: ['merchant_uid', 'amount', 'currency'],
  required: ['merchant_uid', 'amount'],
  lookup: { merchant_uid: 'prepare.get' },
  writeHandling,
}

/**
 * Reads a registered amount.
 *
 * @returns The registered amount; `not_found` when there is none.
 * @see GET /payments/prepare/{merchant_uid}
 */
export const get: Endpoint<{ readonly merchant_uid: string }, PreparedPayment> = {
  method: 'GET',
  path: '/payments/prepare/{merchant_uid}',
  retry: 'read',
}
