import { toAmount } from '../../domain/payment/money.ts'
import type { Payment, Refund } from '../../domain/payment/payment.ts'
import { balanceOf } from '../../domain/payment/refund.ts'
import { hasSlip } from '../../domain/slip.ts'
import type { Language } from '../../runtime/language.ts'
import { toAmountText, toPgName } from '../pages/display-text.ts'
import type { FoundSlip, Slip } from './slip.ts'
import { type SlipMessages, slipMessages } from './slip-messages.ts'

/** A payment can be cancelled in parts of one won; thousands of rows help nobody. */
const maxCancels = 50

type Row = readonly [label: string, value: string]

/** What a slip says, as text. */
export interface SlipView {
  readonly tid: string
  readonly title: string
  readonly status: keyof SlipMessages['statuses']
  readonly total: { readonly label: string; readonly text: string }
  readonly rows: readonly Row[]
  /** The newest cancels of a payment, newest first. */
  readonly cancels: readonly {
    readonly tid: string
    readonly at: string
    readonly amount: string
  }[]
  /** How many older cancels there are. */
  readonly hiddenCancels: number
  /** The slip of the payment that a cancel or a cash receipt belongs to; null for others. */
  readonly paymentTid: string | null
}

/** The texts of a slip in a language. */
export function viewOfSlip({ slip, merchant }: FoundSlip, language: Language): SlipView {
  switch (slip.kind) {
    case 'payment':
      return viewOfPayment(slip.payment, merchant, language)
    case 'refund':
      return viewOfRefund(slip, merchant, language)
    case 'cash_receipt':
      return viewOfReceipt(slip, merchant, language)
  }
}

function viewOfPayment(payment: Payment, merchant: string, language: Language): SlipView {
  const messages = slipMessages[language]
  const { amountMinor, currency, promotion, applyNum, paidAt, refunds } = payment
  const money = (minor: number) => moneyText(minor, currency, language)
  const left = balanceOf(payment)
  const discount = promotion?.discountMinor ?? 0
  const paidAtLabel = payment.payMethod === 'vbank' ? messages.depositedAt : messages.paidAt
  return {
    tid: payment.pgTid ?? '',
    title: titleOf(payment, messages),
    status: left <= 0 ? 'cancelled' : left < amountMinor ? 'partly' : 'paid',
    total: { label: messages.amount, text: money(amountMinor) },
    rows: filled([
      [messages.discount, discount > 0 ? `− ${money(discount)}` : ''],
      [messages.charged, discount > 0 ? money(amountMinor - discount) : ''],
      [messages.left, refunds.length > 0 ? money(left) : ''],
      ...orderRows(payment, merchant, language),
      ...methodRows(payment, messages),
      [messages.approval, applyNum],
      [paidAtLabel, timeText(paidAt, language)],
      [messages.tid, payment.pgTid],
    ]),
    cancels: refunds
      .slice(-maxCancels)
      .toReversed()
      .map(({ pgTid, at, amountMinor: cancelled }) => ({
        tid: pgTid,
        at: timeText(at, language),
        amount: money(cancelled),
      })),
    hiddenCancels: Math.max(refunds.length - maxCancels, 0),
    paymentTid: null,
  }
}

function viewOfRefund(
  { payment, refund }: { payment: Payment; refund: Refund },
  merchant: string,
  language: Language,
): SlipView {
  const messages = slipMessages[language]
  const money = (minor: number) => moneyText(minor, payment.currency, language)
  return {
    tid: refund.pgTid,
    title: messages.titles.refund,
    status: 'cancelled',
    total: { label: messages.cancelledAmount, text: `− ${money(refund.amountMinor)}` },
    rows: filled([
      [messages.amount, money(payment.amountMinor)],
      ...orderRows(payment, merchant, language),
      ...methodRows(payment, messages),
      [messages.paidAt, timeText(payment.paidAt, language)],
      [messages.cancelledAt, timeText(refund.at, language)],
      [messages.tid, refund.pgTid],
    ]),
    cancels: [],
    hiddenCancels: 0,
    paymentTid: slipTidOf(payment),
  }
}

function viewOfReceipt(
  { receipt, merchantUid, payment }: Extract<Slip, { kind: 'cash_receipt' }>,
  merchant: string,
  language: Language,
): SlipView {
  const messages = slipMessages[language]
  const money = (won: number) => moneyText(won, 'KRW', language)
  return {
    tid: receipt.tid,
    title: messages.titles.cash_receipt,
    status: receipt.cancelledAt === null ? 'issued' : 'revoked',
    total: { label: messages.receiptAmount, text: money(receipt.amount) },
    rows: filled([
      [messages.supply, money(receipt.amount - receipt.vat)],
      [messages.vat, money(receipt.vat)],
      [messages.purpose, messages.purposes[receipt.type]],
      [messages.merchant, merchant],
      [messages.pg, toPgName(receipt.pgProvider, language)],
      [messages.order, merchantUid],
      [messages.product, payment?.name ?? null],
      [messages.approval, receipt.applyNum],
      [messages.issuedAt, timeText(receipt.appliedAt, language)],
      [messages.cancelledAt, timeText(receipt.cancelledAt, language)],
      [messages.tid, receipt.tid],
    ]),
    cancels: [],
    hiddenCancels: 0,
    paymentTid: payment === null ? null : slipTidOf(payment),
  }
}

function titleOf({ payMethod }: Payment, messages: SlipMessages): string {
  const isNamed = payMethod === 'card' || payMethod === 'trans' || payMethod === 'vbank'
  return isNamed ? messages.titles[payMethod] : messages.titles.other
}

function orderRows(payment: Payment, merchant: string, language: Language) {
  const messages = slipMessages[language]
  return [
    [messages.merchant, merchant],
    [messages.pg, toPgName(payment.channel.pg_provider, language)],
    [messages.order, payment.merchantUid],
    [messages.product, payment.name],
    [messages.buyer, payment.buyer.name],
  ] as const
}

function methodRows({ payMethod, card, account }: Payment, messages: SlipMessages) {
  const names: Readonly<Record<string, string>> = messages.methods
  return [
    [messages.method, names[payMethod] ?? payMethod],
    [messages.card, card && [card.name, card.number].join(' ')],
    [messages.quota, card && (card.quota < 2 ? messages.lumpSum : messages.months(card.quota))],
    [messages.account, account && `${account.name} ${account.num}`],
  ] as const
}

function filled(rows: readonly (readonly [string, string | null])[]): readonly Row[] {
  return rows.flatMap(([label, value]) =>
    value === null || value === '' ? [] : [[label, value] as const],
  )
}

function slipTidOf(payment: Payment): string | null {
  return hasSlip(payment) ? payment.pgTid : null
}

function moneyText(minor: number, currency: string, language: Language): string {
  return toAmountText(toAmount(minor, currency), currency, language)
}

function timeText(seconds: number | null, language: Language): string {
  if (seconds === null) return ''
  return new Intl.DateTimeFormat(language === 'ko' ? 'ko-KR' : 'en-US', {
    timeZone: 'Asia/Seoul',
    dateStyle: 'medium',
    timeStyle: 'medium',
  }).format(seconds * 1000)
}
