/**
 * Charges without a payment window (비인증 결제): immediate and scheduled.
 *
 * @packageDocumentation
 */

export * from '../charges/immediate-charges.ts'
export * from '../charges/scheduled-charges.ts'
