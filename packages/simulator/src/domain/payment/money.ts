// Amounts are stored as whole minor units, because 0.1 + 0.2 would make a partial refund disagree with its checksum.
const digitsOfCurrency: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
}

const decimal = /^(-?)(\d{1,13})(?:\.(\d{1,6}))?$/

/** Reads an amount (number or numeric text) into minor units; null when it is none, or has more decimals than the currency. */
export function toMinor(amount: unknown, currency: string): number | null {
  if (typeof amount !== 'number' && typeof amount !== 'string') return null
  const match = decimal.exec(String(amount).trim())
  if (match === null) return null
  const [, sign = '', whole = '', fraction = ''] = match
  const digits = digitsOf(currency)
  const kept = fraction.replace(/0+$/, '')
  if (kept.length > digits) return null
  const minor = Number(`${whole}${kept.padEnd(digits, '0')}`)
  return sign === '-' ? -minor : minor
}

/** The amount in the provider's JSON: 1420 USD cents are 14.2. */
export function toAmount(minor: number, currency: string): number {
  const digits = digitsOf(currency)
  if (digits === 0) return minor
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const amount = Number(`${text.slice(0, -digits)}.${text.slice(-digits)}`)
  return minor < 0 ? -amount : amount
}

function digitsOf(currency: string): number {
  return digitsOfCurrency[currency] ?? 2
}
