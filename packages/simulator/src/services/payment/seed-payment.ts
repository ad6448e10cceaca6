import type { SimulatorContext } from '../../context.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import { toMinor } from '../../domain/payment/money.ts'
import type { Payment, Status } from '../../domain/payment/payment.ts'
import { integerOf, isRecord, type Params, textOf } from '../../runtime/params.ts'
import { savePayment } from '../../state.ts'
import { isStatus } from '../../wire/path-params.ts'
import { newAccount, newApproval, newPgTid } from './approval.ts'
import { initialPayment, noticeUrlsOf, webhookPlanOf } from './open-payment.ts'
import { readBuyer } from './read-buyer.ts'

/** The seeded payment, or the invalid member of the request. */
export type SeedResult =
  | { readonly ok: true; readonly payment: Payment }
  | { readonly ok: false; readonly failure: { readonly reason: 'invalid'; readonly field: string } }

/** Stores a payment with any status, without a window or a webhook. */
export function seedPayment(context: SimulatorContext, params: Params): SeedResult {
  const merchantUid = textOf(params, 'merchant_uid')
  if (merchantUid === null) return invalid('merchant_uid')
  const currency = textOf(params, 'currency') ?? 'KRW'
  const amountMinor = toMinor(params['amount'], currency)
  if (amountMinor === null) return invalid('amount')
  const givenMinor = toMinor(params['cancel_amount'] ?? 0, currency)
  if (givenMinor === null) return invalid('cancel_amount')
  const status = params['status'] ?? statusOf(context, amountMinor, givenMinor)
  if (!isStatus(status)) return invalid('status')
  const isFullCancel = status === 'cancelled' && params['cancel_amount'] === undefined
  const cancelMinor = isFullCancel ? amountMinor : givenMinor
  const channel = seedChannel(context, params)
  if (channel === undefined) return invalid('pg_provider')

  const readyFields = readyPayment(context, { params, merchantUid, currency, amountMinor, channel })
  const seeded = withRefund(context, withStatus(context, readyFields, status), cancelMinor)
  const overrides = isRecord(params['overrides']) ? params['overrides'] : {}
  return { ok: true, payment: savePayment(context.state, { ...seeded, overrides }) }
}

function invalid(field: string): SeedResult {
  return { ok: false, failure: { reason: 'invalid', field } }
}

function statusOf(
  { partialStatus }: SimulatorContext,
  amountMinor: number,
  cancelMinor: number,
): Status {
  if (cancelMinor === 0) return 'paid'
  return cancelMinor < amountMinor ? partialStatus : 'cancelled'
}

function seedChannel({ channels }: SimulatorContext, params: Params): Channel | undefined {
  const provider = textOf(params, 'pg_provider')
  const channel =
    provider === null ? channels[0] : channels.find(({ pg_provider }) => pg_provider === provider)
  if (channel === undefined) return undefined
  const { sandbox } = params
  return typeof sandbox === 'boolean' ? { ...channel, sandbox } : channel
}

interface SeedFields {
  readonly params: Params
  readonly merchantUid: string
  readonly currency: string
  readonly amountMinor: number
  readonly channel: Channel
}

function readyPayment(context: SimulatorContext, { params, ...fields }: SeedFields): Payment {
  const memberId = textOf(params, 'member_id')
  const startedAt = integerOf(params, 'started_at') ?? context.clock.seconds()
  return {
    ...fields,
    ...initialPayment,
    impUid: textOf(params, 'imp_uid') ?? context.ids.impUid(),
    via: 'pc',
    payMethod: textOf(params, 'pay_method') ?? 'card',
    name: textOf(params, 'name') ?? '',
    buyer: readBuyer(params),
    customData: textOf(params, 'custom_data'),
    customerUid: textOf(params, 'customer_uid'),
    usage: textOf(params, 'customer_uid') === null ? null : 'issue',
    quick: memberId === null ? null : { memberId, action: textOf(params, 'kcp_action') ?? 'Pay' },
    escrow: params['escrow'] === true,
    language: 'ko',
    userAgent: null,
    noticeUrls: noticeUrlsOf(context, params['notice_url']),
    confirmUrl: null,
    redirectUrl: null,
    requestedDueAt: integerOf(params, 'vbank_date'),
    startedAt,
    updatedAt: startedAt,
    webhook: webhookPlanOf(context),
  }
}

function withStatus(context: SimulatorContext, ready: Payment, status: Status): Payment {
  const at = context.clock.seconds()
  const pgTid = newPgTid(context.ids.digits, ready)
  const issued: Payment =
    ready.payMethod === 'vbank' ? { ...ready, pgTid, account: newAccount(context, ready) } : ready
  switch (status) {
    case 'ready':
      return issued
    case 'failed':
      return { ...issued, status, failedAt: at, updatedAt: at, failReason: 'PG사 결제 거절' }
    case 'paid':
    case 'cancelled': {
      const { applyNum, card } = newApproval(context, issued)
      return { ...issued, status, pgTid, applyNum, card, paidAt: at, updatedAt: at }
    }
  }
}

function withRefund(
  { ids, clock }: SimulatorContext,
  payment: Payment,
  amountMinor: number,
): Payment {
  if (amountMinor === 0) return payment
  const refund = {
    cancellationId: `cancellation-${ids.digits(12)}`,
    pgTid: newPgTid(ids.digits, payment),
    amountMinor,
    at: clock.seconds(),
    reason: '',
  }
  return { ...payment, refunds: [refund] }
}
