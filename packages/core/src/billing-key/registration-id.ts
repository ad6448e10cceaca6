/** What begins the `merchant_uid` of each registration of a means of payment. */
const registrationId = /^billingkey[0-9a-z]{22}$/

/**
 * Whether an id has the shape of those that the server draws for registrations. Orders must not have it: the shape tells which
 * table is read, and what the table holds decides.
 *
 * @param id Any id.
 * @returns True for `billingkey` and 22 digits or small letters.
 *
 * @example
 * ```ts
 * import { isRegistrationId } from '@quayside/core'
 *
 * console.log(isRegistrationId('billingkey0123456789abcdefghijkl'), isRegistrationId('ORD-1')) // true false
 * ```
 */
export function isRegistrationId(id: string): boolean {
  return registrationId.test(id)
}
