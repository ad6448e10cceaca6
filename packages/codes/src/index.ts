/**
 * Code tables of i'mport (PortOne V1). Every list is open: providers add codes without notice, so a code that is not
 * listed is no error. Each table can be loaded alone, such as `@quayside/codes/banks`.
 *
 * @packageDocumentation
 */

export {
  type Bank,
  type BankCode,
  type BankCodePg,
  banks,
  findBank,
  refundBankOf,
} from './banks.ts'
export { type CardCode, cards, type DaouCard, daouCards, findCard } from './cards.ts'
export { type Carrier, type CarrierPlace, carriers, findCarrier } from './carriers.ts'
export type { Code, OpenCode } from './code.ts'
export {
  type EscrowCourierCode,
  escrowCouriers,
  findEscrowCourier,
  findNaverCourier,
  type NaverCourierCode,
  naverCouriers,
} from './couriers.ts'
export {
  type CurrencyCode,
  currencies,
  currenciesOf,
  findCurrency,
  type NamedCurrency,
  wholeAtPayPal,
} from './currencies.ts'
export {
  type CodeBook,
  type ErrorCode,
  errorCodes,
  findError,
  findErrorIn,
  type Retry,
  saysBuyerCancelled,
} from './errors.ts'
export { findPayMethod, type PayMethodCode, payMethods } from './pay-methods.ts'
