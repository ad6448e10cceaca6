import type { SimulatorContext } from '../../context.ts'
import { defaultCard } from '../../domain/billing/card.ts'
import { cardCompanies } from '../../domain/channel/institutions.ts'
import type { Account, Card, Payment } from '../../domain/payment/payment.ts'
import type { Approval } from '../../domain/payment/payment-lifecycle.ts'
import type { ApproveChoice } from '../../domain/payment/window.ts'

const accountLifeSeconds = 30 * 24 * 60 * 60
const methodsWithoutCard = new Set(
  'trans vbank phone point paypal cvs cultureland smartculture happymoney booknlife culturegift naverpay_point tosspay_money ssgpay_bank'.split(
    ' ',
  ),
)

/** The PG's data of an approval now. */
export function newApproval(
  { clock, ids }: SimulatorContext,
  payment: Payment,
  choice: ApproveChoice = {},
): Approval {
  const hasCard = !methodsWithoutCard.has(payment.payMethod)
  return {
    at: clock.seconds(),
    pgTid: newPgTid(ids.digits, payment),
    applyNum: hasCard ? ids.digits(8) : null,
    card: hasCard ? cardOf(choice.card ?? directCard(payment)) : null,
  }
}

/** A virtual account issued by the PG now. */
export function newAccount(
  { clock, ids }: SimulatorContext,
  payment: Payment,
  { code, name }: { code: string; name: string } = { code: '004', name: 'KB국민은행' },
): Account {
  const issuedAt = clock.seconds()
  return {
    code,
    name,
    num: ids.digits(14),
    // This PG does not return the holder.
    holder: payment.channel.pg_provider === 'tosspayments' ? null : '(주)키사이드',
    dueAt: payment.requestedDueAt ?? issuedAt + accountLifeSeconds,
    issuedAt,
    deposits: null,
  }
}

/** A PG transaction number. */
export function newPgTid(
  digits: (count: number) => string,
  { channel, payMethod }: Pick<Payment, 'channel' | 'payMethod'>,
): string {
  return `${channel.pg_id}${payMethod.toUpperCase()}${digits(16)}`.slice(0, 64)
}

function directCard({ directCard: direct }: Payment): ApproveChoice['card'] {
  const company = cardCompanies.find(({ code }) => code === direct?.code)
  return company && { ...company, quota: direct?.quota ?? 0 }
}

function cardOf(card: ApproveChoice['card']): Card {
  return card === undefined ? defaultCard : { ...defaultCard, ...card }
}
