// What a window or a return says. It passed through the buyer's browser: it names a payment, and proves nothing.

/** The fields of a window's response that the payment server reads. */
const reported = [
  'success',
  'imp_success',
  'imp_status',
  'status',
  'error_code',
  'error_coe',
  'error_msg',
  'paid_amount',
  'currency',
  'customer_uid',
  'pg_type',
]

/** What the payment server is told about a payment. */
export type Report = Readonly<Record<string, string | number | boolean>>

/** A payment's id, as far as it can be one; null for anything else, such as the text `null`. */
export function readImpUid(value: unknown): string | null {
  return isText(value) && /^[\w-]{1,64}$/.test(value) ? value : null
}

/**
 * Turns what a window returned into what is reported to the payment server.
 *
 * @returns Null for what says nothing about this order: no object, another order's, or a success without a payment.
 */
export function toReport(response: unknown, merchantUid: string): Report | null {
  if (typeof response !== 'object' || response === null) return null
  const own: Readonly<Record<string, unknown>> = { ...response }
  const { merchant_uid: named } = own
  if (isText(named) && named !== merchantUid) return null
  const fields: Record<string, string | number | boolean> = { merchant_uid: merchantUid }
  for (const name of reported) {
    const value = own[name]
    if (typeof value === 'boolean' || typeof value === 'number' || isText(value)) {
      fields[name] = value
    }
  }
  const impUid = readImpUid(own.imp_uid)
  if (impUid !== null) return { ...fields, imp_uid: impUid }
  // The server takes only a refusal without an id; anything else without one says nothing.
  const isRefusal =
    fields.success === false ||
    fields.imp_success === false ||
    ['error_code', 'error_coe', 'error_msg'].some((name) => name in fields)
  return isRefusal ? { ...fields, success: false } : null
}

/** What asks the payment server about an order of which nothing else is known. */
export function toQuestion(merchantUid: string): Report {
  return { merchant_uid: merchantUid, success: false }
}

/** Text that says something: the browser script writes what it does not have as `null`. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && !['', 'null', 'undefined'].includes(value)
}
