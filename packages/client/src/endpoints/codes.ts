/**
 * Codes (은행·카드사 코드): the names of banks and card companies.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'

/** A bank or a card company by its code of the KFTC (`StandardCodeAnnotation`). */
export interface StandardCode {
  /** The code. */
  readonly code: string
  /** Korean. */
  readonly name: string
}

/**
 * Reads all card companies.
 *
 * @returns All card companies.
 * @see GET /cards
 */
export const cards: Endpoint<object, readonly StandardCode[]> = {
  method: 'GET',
  path: '/cards',
  retry: 'read',
}

/**
 * Reads one card company.
 *
 * @returns The card company; `not_found` for an unknown code.
 * @see GET /cards/{card_standard_code}
 */
export const card: Endpoint<{ readonly card_standard_code: string }, StandardCode> = {
  method: 'GET',
  path: '/cards/{card_standard_code}',
  retry: 'read',
}

/**
 * Reads all banks.
 *
 * @returns All banks.
 * @see GET /banks
 */
export const banks: Endpoint<object, readonly StandardCode[]> = {
  method: 'GET',
  path: '/banks',
  retry: 'read',
}

/**
 * Reads one bank.
 *
 * @returns The bank; `not_found` for an unknown code.
 * @see GET /banks/{bank_standard_code}
 */
export const bank: Endpoint<{ readonly bank_standard_code: string }, StandardCode> = {
  method: 'GET',
  path: '/banks/{bank_standard_code}',
  retry: 'read',
}
