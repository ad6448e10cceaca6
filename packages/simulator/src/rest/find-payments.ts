import type { SimulatorContext } from '../context.ts'
import { toAmount } from '../domain/payment/money.ts'
import type { Payment, Status } from '../domain/payment/payment.ts'
import { type Params, textsOf } from '../runtime/params.ts'
import { attemptsOf } from '../state.ts'
import { readTail } from '../wire/path-params.ts'
import { type WireRecord, wireStatus } from '../wire/serialize-payment.ts'

/** The payments of a bulk lookup, each once, and whether every requested id was known. */
export function findPayments(
  { state }: SimulatorContext,
  query: Params,
): { readonly found: readonly Payment[]; readonly isComplete: boolean } {
  const byImpUid = textsOf(query, 'imp_uid').map((impUid) => {
    const payment = state.payments.get(impUid)
    return payment === undefined ? [] : [payment]
  })
  const byMerchantUid = textsOf(query, 'merchant_uid').map((uid) => attemptsOf(state, uid))
  const groups = [...byImpUid, ...byMerchantUid]
  return {
    found: [...new Set(groups.flat())],
    isComplete: groups.every(({ length }) => length > 0),
  }
}

/** The attempts of the order in a path, oldest first, by the most likely reading that finds any. */
export function findAttempts({ state }: SimulatorContext, url: string, prefix: string): Payment[] {
  for (const { merchantUid, status } of readTail(url, prefix)) {
    const attempts = attemptsOf(state, merchantUid).filter(
      (payment) => status === null || wireStatus(payment) === status,
    )
    if (attempts.length > 0) return attempts
  }
  return []
}

/** The time by which a status list filters. */
export function timestampOf(payment: Payment, status: Status | 'all'): number {
  switch (status) {
    case 'all':
    case 'ready':
      return payment.startedAt
    case 'paid':
      return payment.paidAt ?? 0
    case 'failed':
      return payment.failedAt ?? 0
    case 'cancelled':
      return payment.refunds.at(-1)?.at ?? 0
  }
}

/** The split of a PAYCO payment over its sources: here always the primary one. */
export function serializeBalance({ amountMinor, currency, refunds, paidAt }: Payment): WireRecord {
  const nothing = { service: 0, supply: 0, tax_free: 0, vat: 0 }
  const shareOf = (minor: number) => {
    const vatMinor = Math.round(minor / 11)
    return {
      service: 0,
      supply: toAmount(minor - vatMinor, currency),
      tax_free: 0,
      vat: toAmount(vatMinor, currency),
    }
  }
  const split = (minor: number) => ({
    cash_receipt: nothing,
    discount: nothing,
    primary: shareOf(minor),
    secondary: nothing,
  })
  const steps = [
    { at: paidAt ?? 0, minor: amountMinor },
    ...refunds.map(({ at, amountMinor: minor }) => ({ at, minor: -minor })),
  ]
  const leftMinor = steps.reduce((sum, { minor }) => sum + minor, 0)
  return {
    amount: toAmount(amountMinor, currency),
    ...split(leftMinor),
    histories: steps.map(({ at, minor }) => ({ ...split(minor), created: at })),
  }
}
