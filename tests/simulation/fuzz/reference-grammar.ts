// The grammar of valid inputs, written a second time from the provider's documents. Nothing here may import the
// code under test.

type Fields = Readonly<Record<string, unknown>>

/** Whether a value is an id of a payment: 1 to 64 letters, digits, `_` or `-`. */
export function isImpUid(value: unknown): boolean {
  if (typeof value !== 'string' || value.length < 1 || value.length > 64) return false
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    const isDigit = code >= 48 && code <= 57
    const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
    if (!isDigit && !isLetter && code !== 45 && code !== 95) return false
  }
  return true
}

const invisible = ['Cc', 'Cf', 'Cs', 'Co', 'Zl', 'Zp'].map(
  (name) => new RegExp(`\\p{${name}}`, 'u'),
)

/** Whether a value is an id of an order: 1 to 40 visible characters. */
export function isMerchantUid(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const characters = Array.from(value)
  return (
    characters.length >= 1 &&
    characters.length <= 40 &&
    characters.every((character) => !invisible.some((kind) => kind.test(character)))
  )
}

const ownValue = (fields: Fields, name: string): unknown =>
  Object.prototype.hasOwnProperty.call(fields, name) ? fields[name] : undefined
const absent = new Set<unknown>([undefined, null, '', 'null', 'undefined'])
const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
const isPlainObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const singleValuedFields =
  'imp_uid merchant_uid success imp_success imp_status kcp_action status event error_code error_msg'

function hasRepeatedField(fields: Fields): boolean {
  return (
    singleValuedFields.split(' ').some((name) => Array.isArray(ownValue(fields, name))) ||
    Object.keys(fields).some((name) => /^(imp|merchant)_uid\[/.test(name))
  )
}

function hasOrder(fields: Fields): boolean {
  const merchantUid = ownValue(fields, 'merchant_uid')
  return !hasRepeatedField(fields) && !absent.has(merchantUid) && isMerchantUid(merchantUid)
}

function hasPayment(fields: Fields): boolean {
  const impUid = ownValue(fields, 'imp_uid')
  return !absent.has(impUid) && isImpUid(impUid)
}

/** Whether the fields from a browser name an order, and a payment or a failure. */
export function acceptsBrowser(fields: Fields): boolean {
  if (!hasOrder(fields)) return false
  if (hasPayment(fields)) return true
  const flags = ['success', 'imp_success', 'imp_status'].map((name) => ownValue(fields, name))
  const claimsSuccess = flags.some((flag) => flag === true || flag === 'true')
  const claimsFailure =
    flags.some((flag) => flag === false || flag === 'false') ||
    ['error_code', 'error_coe', 'error_msg'].some((name) => isText(ownValue(fields, name))) ||
    ownValue(fields, 'status') === 'failed'
  return absent.has(ownValue(fields, 'imp_uid')) && claimsFailure && !claimsSuccess
}

export function acceptsCallback(value: unknown): boolean {
  if (!isPlainObject(value)) return false
  return ownValue(value, 'pg_type') === 'certification' || acceptsBrowser(value)
}

export function acceptsWebhook(value: unknown): boolean {
  if (!isPlainObject(value)) return false
  const event = ownValue(value, 'event')
  if (isText(event)) return true
  return (event === undefined || event === null) && hasOrder(value) && hasPayment(value)
}

export function acceptsConfirm(value: unknown): boolean {
  if (!isPlainObject(value) || !hasOrder(value) || !hasPayment(value)) return false
  const event = ownValue(value, 'event')
  const amount = ownValue(value, 'amount')
  const isAmount =
    amount === undefined ||
    amount === null ||
    typeof amount === 'number' ||
    (typeof amount === 'string' && /^\d{1,15}(\.\d\d?)?$/.test(amount))
  return isAmount && (!isText(event) || event === 'Galaxia.Cvs.Confirm')
}

/** The currencies that are tried, and how many decimals each has. */
export const currencies: readonly (readonly [code: string, digits: number])[] = [
  ['KRW', 0],
  ['JPY', 0],
  ['USD', 2],
  ['EUR', 2],
]

/** Amounts with the number of decimals that they need; null for what is no amount. */
export const amounts: readonly (readonly [amount: unknown, digits: number | null])[] = [
  [0, 0],
  [1, 0],
  [1004, 0],
  [64_900, 0],
  [9_007_199_254, 0],
  [14.2, 2],
  [0.1 + 0.2, 2],
  [1.005, 3],
  [64_900.000_000_1, 7],
  [-1, null],
  [-0, null],
  [Number.NaN, null],
  [Number.POSITIVE_INFINITY, null],
  [1e21, null],
  ['64900', null],
  [[64_900], null],
  [{ valueOf: () => 64_900 }, null],
  [true, null],
  [null, null],
  [undefined, null],
]

/** Whether an amount of a currency is exact; `digits` as {@link amounts} has them. */
export function isExact(digits: number | null, currency: unknown): boolean {
  const found = currencies.find(([code]) => code === currency)
  return digits !== null && found !== undefined && digits <= found[1]
}
