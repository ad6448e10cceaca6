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
const emptyTexts = ['', 'null', 'undefined', 'nan', 'nil', '(null)', '<null>', '[object object]']
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && emptyTexts.includes(value.trim().toLowerCase()))
const isPlainObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** All that was said about a field, each value once. A list of one is not how a form repeats a field. */
function valuesOf(fields: Fields, name: string): readonly unknown[] {
  const value = ownValue(fields, name)
  const isRepeated = Array.isArray(value) && value.length >= 2
  const all: readonly unknown[] = isRepeated ? value : [value]
  return [...new Set(all.filter((each) => !isNothing(each)))]
}

/** Whether a field has one text. */
export function isText(fields: Fields, name: string): boolean {
  const values = valuesOf(fields, name)
  return values.length === 1 && typeof values[0] === 'string'
}

/** Whether a field has one code, which may be a number. */
function isCode(fields: Fields, name: string): boolean {
  const values = valuesOf(fields, name)
  return isText(fields, name) || (values.length === 1 && Number.isFinite(values[0]))
}

/** Whether an id is absent, or has one value that is one. */
function isIdOrAbsent(fields: Fields, name: string, isId: (value: unknown) => boolean): boolean {
  const values = valuesOf(fields, name)
  return values.length === 0 || (values.length === 1 && isId(values[0]))
}

function hasIds(fields: Fields): boolean {
  return (
    isIdOrAbsent(fields, 'imp_uid', isImpUid) &&
    isIdOrAbsent(fields, 'merchant_uid', isMerchantUid) &&
    !Object.keys(fields).some((name) => /^(imp|merchant)_uid\[/.test(name))
  )
}

const names = (fields: Fields, id: string): boolean => valuesOf(fields, id).length > 0

const isCertification = (fields: Fields): boolean =>
  isText(fields, 'pg_type') && valuesOf(fields, 'pg_type')[0] === 'certification'

/** Whether the fields from a browser name a payment, or report a failure. */
export function acceptsBrowser(fields: Fields): boolean {
  if (isCertification(fields)) return true
  if (!hasIds(fields)) return false
  if (names(fields, 'imp_uid')) return true
  const flags = ['success', 'imp_success', 'imp_status']
    .map((name) => valuesOf(fields, name))
    .filter((values) => values.length === 1)
    .flat()
  const claimsSuccess = flags.some((flag) => flag === true || flag === 'true')
  const claimsFailure =
    flags.some((flag) => flag === false || flag === 'false') ||
    ['error_code', 'error_coe'].some((name) => isCode(fields, name)) ||
    isText(fields, 'error_msg') ||
    (isText(fields, 'status') && valuesOf(fields, 'status')[0] === 'failed')
  return claimsFailure && !claimsSuccess
}

export function acceptsCallback(value: unknown): boolean {
  return isPlainObject(value) && acceptsBrowser(value)
}

export function acceptsWebhook(value: unknown): boolean {
  if (!isPlainObject(value)) return false
  if (isText(value, 'event')) return true
  if (names(value, 'event')) return false
  return isCertification(value) || (hasIds(value) && names(value, 'imp_uid'))
}

export function acceptsConfirm(value: unknown): boolean {
  if (!isPlainObject(value) || !hasIds(value)) return false
  if (!names(value, 'imp_uid') || !names(value, 'merchant_uid')) return false
  const [event = 'Galaxia.Cvs.Confirm', ...otherEvents] = valuesOf(value, 'event')
  const amount = ownValue(value, 'amount')
  const isAmount =
    amount === undefined ||
    amount === null ||
    typeof amount === 'number' ||
    (typeof amount === 'string' && /^\d{1,15}(\.\d{1,4})?$/.test(amount))
  return isAmount && event === 'Galaxia.Cvs.Confirm' && otherEvents.length === 0
}

/** The currencies that are tried, and how many decimals each has. */
export const currencies: readonly (readonly [code: string, digits: number])[] = [
  ['KRW', 0],
  ['JPY', 0],
  ['USD', 2],
  ['EUR', 2],
  ['VND', 0],
  ['INR', 2],
  ['KWD', 3],
  ['CLF', 4],
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
