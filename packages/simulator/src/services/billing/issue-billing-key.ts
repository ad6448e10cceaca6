import type { SimulatorContext } from '../../context.ts'
import {
  type BillingKey,
  type FailedIssue,
  type Issue,
  type IssuedKey,
  overwrite,
} from '../../domain/billing/billing-key.ts'
import { readCard, type StoredCard } from '../../domain/billing/card.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import { pickChannel, usableChannels } from '../../domain/channel/channel-selection.ts'
import { ownRefusals, type Refusal, refusals } from '../../domain/refusals.ts'
import { type Params, textOf } from '../../runtime/params.ts'
import { readBuyer } from '../payment/read-buyer.ts'

/** PGs that issue a key for raw card data. */
const keyIssuingProviders = [
  'nice',
  'kcp',
  'daou',
  'html5_inicis',
  'tosspayments',
  'ksnet',
  'nice_v2',
  'welcome',
]

/** An issued and stored key, or the refusal. */
export type IssueResult =
  | { readonly ok: true; readonly key: BillingKey }
  | { readonly ok: false; readonly refusal: Refusal }

const issueFailed = '카드정보 인증 및 빌키 발급에 실패하였습니다.'
const cannotIssue = '해당 PG사는 API 빌링키 발급을 지원하지 않습니다.'

/** Issues a key for raw card data, at one channel or at each of a group. */
export function issueByCard(
  context: SimulatorContext,
  customerUid: string,
  params: Params,
): IssueResult {
  const asked = askForKey(context, customerUid, params)
  return asked.ok ? { ok: true, key: saveBillingKey(context, asked.issue) } : asked
}

/** Asks the PG for a key for raw card data, and stores nothing. */
export function askForKey(
  context: SimulatorContext,
  customerUid: string,
  params: Params,
): { readonly ok: true; readonly issue: Issue } | Extract<IssueResult, { ok: false }> {
  if (customerUid.length > 80) return { ok: false, refusal: ownRefusals.customerUidInvalid }
  const groupId = groupIdOf(params)
  const channels = billingChannels(context, params, keyIssuingProviders)
  if (channels.length === 0) return { ok: false, refusal: refusals.noBillingChannel }
  const read = readCard(params, context.clock.now())
  if (!read.ok) return refusedByPg(read.detail)

  const { issued, failed } = issueAtChannels(channels, read.stored)
  const [first, ...others] = issued
  if (first === undefined) return refusedByPg(failed[0]?.message ?? '')
  const issue: Issue = {
    customerUid,
    customerId: textOf(params, 'customer_id'),
    holder: readBuyer(params, 'customer'),
    issued: [first, ...others],
    group: groupId === null ? null : { id: groupId, failed },
  }
  return { ok: true, issue }
}

/** Stores an issued key under its customer_uid. */
export function saveBillingKey({ state, clock }: SimulatorContext, issue: Issue): BillingKey {
  const key = overwrite(state.billingKeys.get(issue.customerUid), issue, clock.seconds())
  state.billingKeys.set(issue.customerUid, key)
  return key
}

/** The channels for raw card data: those of a group, or the one the call names; empty when there is none. */
export function billingChannels(
  { channels }: SimulatorContext,
  params: Params,
  providers: readonly string[],
): readonly Channel[] {
  const groupId = groupIdOf(params)
  if (groupId !== null) {
    return channels.filter(({ channel_group_id }) => channel_group_id === groupId)
  }
  const usable = usableChannels(channels, providers).filter(({ type }) => type === 'api_payment')
  const channel = pickChannel(usable, params)
  return channel === null ? [] : [channel]
}

// Two operations spell the same parameter differently.
function groupIdOf(params: Params): string | null {
  return textOf(params, 'channel_group_id') ?? textOf(params, 'channelGroupId')
}

function issueAtChannels(channels: readonly Channel[], stored: StoredCard) {
  const { behaviour } = stored
  const issued: IssuedKey[] = []
  const failed: FailedIssue[] = []
  for (const [index, channel] of channels.entries()) {
    const isRefused =
      behaviour === 'never_issued' || (behaviour === 'not_at_first_channel' && index === 0)
    if (!keyIssuingProviders.includes(channel.pg_provider)) {
      failed.push({ channel, type: 'INVALID_REQUEST', message: cannotIssue })
    } else if (isRefused) {
      failed.push({ channel, type: 'PG_PROVIDER', message: '[CC04] 분실카드' })
    } else issued.push({ channel, payMethod: 'card', ...stored })
  }
  return { issued, failed }
}

function refusedByPg(detail: string): Extract<IssueResult, { ok: false }> {
  return { ok: false, refusal: { status: 200, code: -1, message: `${issueFailed} ${detail}` } }
}
