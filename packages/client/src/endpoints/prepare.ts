/**
 * Registered amounts (결제금액 사전등록): what the payment window may ask for.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../endpoint.ts'
import { writeHandling } from '../write-handling.ts'

/** The amount a buyer must be asked for, registered before the payment window opens. */
export interface PrepareParams {
  readonly merchant_uid: string
  /** In the currency's own unit, with decimals where it has them. */
  readonly amount: number
  /** Left out: the currency is not compared. */
  readonly currency?: string
}

/** A registered amount (`PaymentPrepareAnnotation`). */
export interface PreparedPayment {
  readonly merchant_uid: string
  readonly amount: number
  /** Null: the currency is not compared. */
  readonly currency?: string | null
}

/**
 * Registers the amount of an order. The payment window stays shut for any other amount.
 *
 * @returns What was registered; `refused` when the order has an amount already: change it with
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
 * @returns What is registered now; `not_found` when nothing was.
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
 * @returns What is registered; `not_found` when nothing is.
 * @see GET /payments/prepare/{merchant_uid}
 */
export const get: Endpoint<{ readonly merchant_uid: string }, PreparedPayment> = {
  method: 'GET',
  path: '/payments/prepare/{merchant_uid}',
  retry: 'read',
}
