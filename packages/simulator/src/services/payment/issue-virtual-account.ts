// Virtual accounts issued for a merchant's server, without a window.
import type { SimulatorContext } from '../../context.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import { pickChannel, usableChannels } from '../../domain/channel/channel-selection.ts'
import { banks } from '../../domain/channel/institutions.ts'
import { contractRefusal } from '../../domain/contract.ts'
import type { Account, Payment } from '../../domain/payment/payment.ts'
import { issue } from '../../domain/payment/payment-lifecycle.ts'
import { ownRefusals, type Refusal } from '../../domain/refusals.ts'
import { flagOf, integerOf, type Params, textOf } from '../../runtime/params.ts'
import { savePayment } from '../../state.ts'
import { scheduleWebhook, webhookOf } from '../../webhooks/deliver.ts'
import { startPayment } from '../billing/charge.ts'
import { newAccount, newPgTid } from './approval.ts'
import { readOrder } from './read-order.ts'

/** PGs that issue accounts for servers. */
const accountIssuingProviders =
  'settle nice nice_v2 html5_inicis ksnet smartro_v2 tosspayments welcome'.split(' ')

const requiredParams: Readonly<Record<string, readonly string[]>> = {
  html5_inicis: ['vbank_holder', 'buyer_name', 'buyer_email'],
  nice: ['vbank_holder'],
  settle: ['vbank_holder'],
  smartro_v2: ['vbank_holder', 'buyer_name', 'buyer_email', 'buyer_tel'],
  tosspayments: ['buyer_name'],
  ksnet: ['buyer_name'],
  welcome: ['buyer_name'],
}

/** A payment that waits for a deposit, or why no account was issued. */
export type IssueAccountResult =
  | { readonly ok: true; readonly payment: Payment }
  | { readonly ok: false; readonly refusal: Refusal }

/** Issues an account for an order; the webhook's status is `ready`. */
export function issueAccount(context: SimulatorContext, params: Params): IssueAccountResult {
  const noContract =
    contractRefusal(context.contracts, 'vbanks') ??
    (flagOf(params, 'fixed_unlimited_vbank')
      ? contractRefusal(context.contracts, 'fixed_vbank')
      : null)
  if (noContract !== null) return { ok: false, refusal: noContract }
  const channel = pickChannel(usableChannels(context.channels, accountIssuingProviders), params)
  if (channel === null) return { ok: false, refusal: ownRefusals.channelUnknown }
  const read = readOrder(context, params)
  if (!read.ok) return read
  const accountRequest = readAccount(context, params, channel)
  if ('code' in accountRequest) return { ok: false, refusal: accountRequest }

  const started = startPayment(context, read.order, { channel, payMethod: 'vbank' })
  const account: Account = {
    ...newAccount(context, started, accountRequest.bank),
    ...accountRequest.requested,
  }
  const issued = issue(started, account, newPgTid(context.ids.digits, started))
  const payment = savePayment(context.state, issued.ok ? issued.payment : started)
  scheduleWebhook(context, payment, webhookOf(payment))
  return { ok: true, payment }
}

interface AccountRequest {
  readonly bank: { readonly code: string; readonly name: string }
  readonly requested: Partial<Account>
}

function readAccount(
  context: SimulatorContext,
  params: Params,
  channel: Channel,
): AccountRequest | Refusal {
  const required = ['vbank_code', 'vbank_due', ...(requiredParams[channel.pg_provider] ?? [])]
  const missing = required.find((name) => textOf(params, name) === null)
  if (missing !== undefined) {
    return { status: 200, code: 1, message: `${missing} 파라메터가 누락되었습니다.` }
  }
  const bank = bankOf(textOf(params, 'vbank_code') ?? '')
  if (bank === undefined) return ownRefusals.bankUnknown
  const dueAt = integerOf(params, 'vbank_due')
  if (dueAt === null || dueAt <= context.clock.seconds()) return ownRefusals.dueInvalid
  const holder = textOf(params, 'vbank_holder')
  const num = textOf(params, 'vbank_num')
  return {
    bank,
    requested: {
      dueAt,
      // These PGs ignore the requested holder.
      ...(holder === null || ['tosspayments', 'ksnet', 'welcome'].includes(channel.pg_provider)
        ? {}
        : { holder }),
      ...(num !== null && ['settle', 'smartro_v2'].includes(channel.pg_provider) ? { num } : {}),
      deposits:
        channel.pg_provider === 'settle' && flagOf(params, 'fixed_unlimited_vbank') ? [] : null,
    },
  }
}

// Each PG has its own spelling of the same three digits: BK04, 04, 004.
function bankOf(code: string): AccountRequest['bank'] | undefined {
  const standard = code.replace(/^BK/, '').padStart(3, '0')
  return banks.find((bank) => bank.code === standard)
}
