import type { HttpHistory, Operation } from './checkers/http-history.ts'

// How a consistent history is made inconsistent.

/** The history without the requests before its orders were created, whose responses are excused. */
export function afterCreation(history: HttpHistory): HttpHistory {
  const createdAt = new Map(
    history.operations
      .filter(({ action, code }) => action === 'create' && (code ?? 500) < 300)
      .map(({ merchant_uid, to }) => [merchant_uid, to]),
  )
  const isAfterCreation = ({ action, merchant_uid, from }: Operation): boolean =>
    action === 'create' ||
    action === 'create_payment' ||
    action === 'pay' ||
    from > (createdAt.get(merchant_uid) ?? 0)
  return { ...history, operations: history.operations.filter(isAfterCreation) }
}

/** Whether a read shows an order that has an event already. */
export function isPastFirst({ code, text }: Operation): boolean {
  return code === 200 && JSON.parse(text).sequence > 0
}

/** The payment of an order that ended paid. */
export function ownPayment({ operations }: HttpHistory): string | null {
  const last = operations.findLast(
    ({ by, text }) => by === 'auditor' && text.includes('"status":"paid"'),
  )
  return last === undefined ? null : JSON.parse(last.text).imp_uid
}

export function changePayment(
  history: HttpHistory,
  imp_uid: string,
  other: Partial<HttpHistory['payments'][number]>,
): HttpHistory {
  const payments = history.payments.map((each) =>
    each.imp_uid === imp_uid ? { ...each, ...other } : each,
  )
  return { ...history, payments }
}

/** Changes the first operation that matches. */
export function changeOperation(
  history: HttpHistory,
  fits: (operation: Operation) => boolean,
  other: (operation: Operation) => Partial<Operation>,
): HttpHistory | null {
  const at = history.operations.findIndex(fits)
  const found = history.operations[at]
  if (found === undefined) return null
  return { ...history, operations: history.operations.with(at, { ...found, ...other(found) }) }
}

export function addOperation(history: HttpHistory, operation: Operation): HttpHistory {
  return { ...history, operations: [...history.operations, operation] }
}
