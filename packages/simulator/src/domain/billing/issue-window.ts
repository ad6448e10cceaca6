// What a window that registers a billing key does with the amount, and when its key can be used: it differs by PG.
import { toAmount } from '../payment/money.ts'
import type { Payment } from '../payment/payment.ts'

/** What the sources leave open about keys, and what a merchant sets about them in the console. */
export interface BillingSettings {
  /** Where a key registered without money has a webhook: shops report it of several PGs, the guide writes it of two. */
  keyWebhooks: 'every_pg' | 'documented'
  /** The `amount` of such a registration's record where the window showed another one. */
  keyAmounts: 'zero' | 'displayed'
  /** The hour in Seoul (1–23) of the console's recovery of failed schedules; null: off. */
  recoveryHour: number | null
}

// Every method, unless named: these charge.
const displaying: Readonly<Record<string, { readonly butCharging?: string }>> = {
  html5_inicis: {},
  kcp_billing: {},
  tosspayments: {},
  kicc: {},
  welcome: { butCharging: 'phone' },
  galaxia: { butCharging: 'phone' },
  smartro_v2: {},
  nice_v2: {},
  naverpay: {},
  payco: {},
  tosspay_v2: {},
  paypal_v2: {},
  smilepay: {},
  toss_brandpay: {},
}
// A window opened with `customer_uid` there is a payment and registers nothing.
const withoutKeys = 'daou ksnet settle nice eximbay bluewalnut'.split(' ')
const withoutAmount = ['galaxia', 'tosspay_v2', 'paypal_v2']
const documentedWebhooks = ['tosspay_v2', 'paypal_v2']
const galaxiaMinimum = 1000

/** Whether a window that registers a key opens without an `amount`. */
export function mayOmitAmount(pgProvider: string): boolean {
  return withoutAmount.includes(pgProvider)
}

/** Whether a window registers, or has registered, a billing key. */
export function isKeyIssue(
  payment: Payment,
): payment is Payment & { readonly customerUid: string } {
  const { usage, via, customerUid, account } = payment
  return usage === 'issue' && via !== 'api' && customerUid !== null && account === null
}

/** The amount that a window shows, in minor units. */
export function shownMinor(payment: Payment): number {
  const { channel, payMethod, amountMinor } = payment
  if (!isKeyIssue(payment)) return amountMinor
  if (channel.pg_provider === 'paypal_v2') return 0
  const isLeast = channel.pg_provider === 'galaxia' && payMethod !== 'phone' && amountMinor === 0
  return isLeast ? galaxiaMinimum : amountMinor
}

/**
 * The payment that the PG approves in a window: without money where the PG only displays the amount, and without a key
 * where the PG registers none in a window, or the merchant's service at Mobilians is not set up for it.
 */
export function toApprovable(
  payment: Payment,
  {
    keyAmounts,
    hasMobiliansKeys,
  }: { keyAmounts: BillingSettings['keyAmounts']; hasMobiliansKeys: boolean },
): Payment {
  if (!isKeyIssue(payment)) return payment
  const { channel, payMethod, overrides } = payment
  const isUnset = channel.pg_provider === 'mobilians_v2' && !hasMobiliansKeys
  if (isUnset || withoutKeys.includes(channel.pg_provider)) {
    return { ...payment, customerUid: null, usage: null }
  }
  const display = displaying[channel.pg_provider]
  if (display === undefined || display.butCharging === payMethod) return payment
  const amount = toAmount(shownMinor(payment), payment.currency)
  const isShown = keyAmounts === 'displayed' && amount > 0
  return {
    ...payment,
    amountMinor: 0,
    overrides: isShown ? { ...overrides, amount } : overrides,
  }
}

/** Whether a key registered in a window has a webhook: it always has one when money moved. */
export function sendsIssueWebhook(
  { channel, amountMinor }: Payment,
  { keyWebhooks }: Pick<BillingSettings, 'keyWebhooks'>,
): boolean {
  if (amountMinor > 0 || keyWebhooks === 'every_pg') return true
  return documentedWebhooks.includes(channel.pg_provider)
}

/** Whether the key can be used only once the webhook is sent: this PG confirms it later, by a message of its own. */
export function isIssuedWithWebhook({ channel }: Payment): boolean {
  return channel.pg_provider === 'paymentwall'
}
