import type { Evidence, Operation } from './checkers/http-history.ts'

// How a true history is made a false one.

/** The history without what happened before its orders were there, which excuses much. */
export function bornOnly(truth: Evidence): Evidence {
  const births = new Map(
    truth.operations
      .filter(({ deed, code }) => deed === 'create' && (code ?? 500) < 300)
      .map(({ merchant_uid, to }) => [merchant_uid, to]),
  )
  const isBorn = ({ deed, merchant_uid, from }: Operation): boolean =>
    deed === 'create' ||
    deed === 'stage' ||
    deed === 'pay' ||
    from > (births.get(merchant_uid) ?? 0)
  return { ...truth, operations: truth.operations.filter(isBorn) }
}

/** Whether a read shows an order of which something was told already. */
export function isPastFirst({ code, text }: Operation): boolean {
  return code === 200 && JSON.parse(text).sequence > 0
}

/** The payment that an order ended on, of an order that ended paid. */
export function ownPayment({ operations }: Evidence): string | null {
  const last = operations.findLast(
    ({ by, text }) => by === 'auditor' && text.includes('"status":"paid"'),
  )
  return last === undefined ? null : JSON.parse(last.text).imp_uid
}

export function rebook(
  truth: Evidence,
  imp_uid: string,
  other: Partial<Evidence['booked'][number]>,
): Evidence {
  const booked = truth.booked.map((each) =>
    each.imp_uid === imp_uid ? { ...each, ...other } : each,
  )
  return { ...truth, booked }
}

/** Changes the first operation that fits. */
export function change(
  truth: Evidence,
  fits: (operation: Operation) => boolean,
  other: (operation: Operation) => Partial<Operation>,
): Evidence | null {
  const at = truth.operations.findIndex(fits)
  const found = truth.operations[at]
  if (found === undefined) return null
  return { ...truth, operations: truth.operations.with(at, { ...found, ...other(found) }) }
}

export function add(truth: Evidence, operation: Operation): Evidence {
  return { ...truth, operations: [...truth.operations, operation] }
}
