import { describe, expect, it } from 'vitest'
import { type PaymentStatus, toPaymentStatus } from './status.ts'

const statuses = ['ready', 'paid', 'failed', 'cancelled', 'refunded', 'PAID', '']
const methods = ['vbank', 'card', null]
const numbers = ['562-1059-18373', null]
const notRefunded: Readonly<Record<string, PaymentStatus>> = {
  'ready vbank 562-1059-18373': 'vbank_issued',
  'ready vbank null': 'pending',
  'ready card 562-1059-18373': 'pending',
  'ready card null': 'pending',
  'ready null 562-1059-18373': 'pending',
  'ready null null': 'pending',
}
const byStatus: Readonly<Record<string, PaymentStatus>> = {
  paid: 'paid',
  failed: 'failed',
  cancelled: 'cancelled',
  refunded: 'pending',
  PAID: 'pending',
  '': 'pending',
}

describe('toPaymentStatus()', () => {
  const cells = statuses.flatMap((status) =>
    methods.flatMap((payMethod) =>
      numbers.map((accountNumber) => ({ status, payMethod, accountNumber })),
    ),
  )

  const read = ({ status, accountNumber, payMethod }: (typeof cells)[number], minor: number) =>
    toPaymentStatus(status, accountNumber, {
      amount: { minor: 1_000, currency: 'KRW' },
      cancelled: { minor, currency: 'KRW' },
      payMethod,
    })

  it.each(cells)(
    'T11: reads "$status" by $payMethod with account $accountNumber, without a refund',
    (cell) => {
      const name = `${cell.status} ${cell.payMethod} ${cell.accountNumber}`
      expect(read(cell, 0)).toBe(byStatus[cell.status] ?? notRefunded[name])
    },
  )

  it.each(cells)(
    'T6: reads "$status" by $payMethod with account $accountNumber as cancelled, by the refunded amount',
    (cell) => {
      expect([1, 999, 1000].map((minor) => read(cell, minor))).toEqual([
        'partially_cancelled',
        'partially_cancelled',
        'cancelled',
      ])
    },
  )
})
