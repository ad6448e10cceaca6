// Whole courses of a payment, without a window: what a shop's server receives of each.
import type { SimulatorContext } from '../context.ts'
import { toAmount } from '../domain/payment/money.ts'
import type { Params } from '../runtime/params.ts'
import { scheduleWebhook, webhookOf } from '../webhooks/deliver.ts'
import type { InvalidField } from './field-reader.ts'
import {
  approveAfterFailure,
  cancelInConsole,
  depositToAccount,
  type OutOfBandFailure,
  type OutOfBandResult,
} from './payment/out-of-band-events.ts'
import { seedPayment } from './seed/seed-payment.ts'

/** Every scenario, and what is sent to the merchant in it. */
export const scenarios = {
  paid: 'A card is charged: webhook paid.',
  account_issued: 'A virtual account is issued: webhook ready.',
  deposited: 'A virtual account is issued and receives its deposit: webhooks ready, paid.',
  failed: 'The PG refuses: no webhook, as at the provider.',
  approved_late: 'The PG refuses, and approves after all: webhook paid.',
  cancelled: 'A card is charged and cancelled in the console: webhooks paid, cancelled.',
  partly_cancelled: 'A card is charged and half of it cancelled: webhooks paid, cancelled.',
} as const

/** The name of a scenario. */
export type ScenarioName = keyof typeof scenarios

/** The names of all scenarios. */
export const scenarioNames: readonly ScenarioName[] = [
  'paid',
  'account_issued',
  'deposited',
  'failed',
  'approved_late',
  'cancelled',
  'partly_cancelled',
]

/** Whether a name is the name of a scenario. */
export function isScenarioName(name: string): name is ScenarioName {
  return scenarioNames.some((each) => each === name)
}

/** Why a scenario ended early. */
export type ScenarioFailure = InvalidField | OutOfBandFailure

/** The payment at the end of the scenario, or why it ended early. */
export type ScenarioResult =
  | Extract<OutOfBandResult, { ok: true }>
  | { readonly ok: false; readonly failure: ScenarioFailure }

/**
 * Plays a scenario with a new payment. Members of the request are those of a seeded payment: `merchant_uid` names the
 * order of the shop, `amount` what is paid; without them it is an order that no shop knows.
 */
export function playScenario(
  context: SimulatorContext,
  name: ScenarioName,
  params: Params,
): ScenarioResult {
  const order = {
    merchant_uid: `order-${context.ids.digits(8)}`,
    amount: 1000,
    name: '테스트 상품',
  }
  // A form sends what was left empty as an empty text.
  const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== ''))
  const seeded = seedPayment(context, { ...order, ...given, ...beginnings[name] })
  if (!seeded.ok) return seeded
  const { value: payment } = seeded
  if (payment.status !== 'failed') scheduleWebhook(context, payment, webhookOf(payment))
  return continueWith(context, name, { ok: true, payment })
}

const beginnings: Readonly<Record<ScenarioName, Params>> = {
  paid: { status: 'paid' },
  account_issued: { status: 'ready', pay_method: 'vbank' },
  deposited: { status: 'ready', pay_method: 'vbank' },
  failed: { status: 'failed' },
  approved_late: { status: 'failed' },
  cancelled: { status: 'paid' },
  partly_cancelled: { status: 'paid' },
}

function continueWith(
  context: SimulatorContext,
  name: ScenarioName,
  begun: Extract<ScenarioResult, { ok: true }>,
): ScenarioResult {
  const { impUid, amountMinor, currency } = begun.payment
  switch (name) {
    case 'paid':
    case 'account_issued':
    case 'failed':
      return begun
    case 'deposited':
      return depositToAccount(context, impUid)
    case 'approved_late':
      return approveAfterFailure(context, impUid)
    case 'cancelled':
      return cancelInConsole(context, impUid, null)
    case 'partly_cancelled':
      return cancelInConsole(
        context,
        impUid,
        String(toAmount(Math.ceil(amountMinor / 2), currency)),
      )
  }
}
