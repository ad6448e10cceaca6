import {
  type ConfirmRequest,
  fail,
  isRegistrationId,
  isSameMoney,
  type MerchantUid,
  ok,
  parseMoney,
  type Result,
  type StoreFailure,
  toPaymentOf,
} from '@quayside/core'
import type {
  Subject,
  SubjectConfirmation,
  SubjectMessages,
  SubjectNotice,
  SubjectOutcome,
} from '@quayside/hono'
import type { Deps } from '../deps.ts'
import type { BillingKey } from '../domain/billing-key.ts'
import { isOrderToken } from '../orders/order-token.ts'
import { withMerchant } from '../payees.ts'
import { readProviderKey } from './read-provider-key.ts'
import { current, hasKey, type SettledKey, settleIssue } from './settle-key.ts'

type SubjectDeps = Pick<Deps, 'client' | 'config' | 'now' | 'payees' | 'store'>

const messages: SubjectMessages = {
  success: { ko: '결제수단이 등록되었습니다.', en: 'The means of payment is registered.' },
  failed: {
    ko: '결제수단이 등록되지 않았습니다. 다시 시도해 주세요.',
    en: 'The means of payment was not registered. You can try again.',
  },
  cancelled: {
    ko: '결제수단 등록이 취소되었습니다.',
    en: 'The registration was cancelled.',
  },
  pending: {
    ko: '등록 결과를 확인하고 있습니다. 잠시 기다려 주세요.',
    en: 'We are checking the registration. Please wait a moment.',
  },
}

/** Makes the registration of means of payment a subject of the completion routes. */
export function createKeySubject(deps: SubjectDeps): Subject {
  return {
    name: 'billing_key',
    owns: isRegistrationId,
    messages,
    isToken: (id, token) => isOrderToken(token, id, deps.config, deps.now()),
    async confirm(request) {
      const found = await find(request.merchantUid, deps)
      if (!found.ok) return 'store_unavailable'
      return found.value === null ? 'unknown' : toConfirmation(found.value, request)
    },
    async complete(notice) {
      const found = await find(notice.merchantUid, deps)
      if (!found.ok) return { status: 'unavailable', ...found.failure }
      if (found.value === null) return { status: 'unknown' }
      const key = found.value
      const settled = await settle(key, notice, deps)
      return withMerchant(toOutcome(settled, notice), key.payee, deps)
    },
  }
}

/** Returns a registration of this mode; null without one. */
async function find(
  id: MerchantUid,
  { store, config }: SubjectDeps,
): Promise<Result<BillingKey | null, StoreFailure>> {
  const found = await store.billingKeys.find(id)
  return found.ok && found.value?.mode !== config.mode ? ok(null) : found
}

/** A window shows the amount, or none: a registration without an order expects no money either way. */
function toConfirmation(
  { state, requested, orderUid }: BillingKey,
  { amount }: ConfirmRequest,
): SubjectConfirmation {
  switch (state) {
    case 'pending':
    case 'failed': {
      // The order of a window that charges has an id of its own, under which the window asks.
      if (orderUid !== null || requested.method !== 'window') return 'order_closed'
      if (amount === null || amount === 0) return 'approved'
      const asked = parseMoney(amount, requested.amount.currency)
      const isShown = asked.ok && isSameMoney(asked.value, requested.amount)
      return isShown ? 'approved' : 'amount_mismatch'
    }
    case 'registered':
    case 'deleting':
    case 'deleted':
      return 'order_closed'
  }
}

async function settle(
  key: BillingKey,
  { impUid: named, lookUp }: SubjectNotice,
  { client, config, now, store }: SubjectDeps,
): Promise<SettledKey> {
  if (named === null) return current(key)
  // No message names an account: the registration does.
  const impUid = toPaymentOf(named, key.payee)
  if (hasKey(key)) {
    return key.impUid === impUid
      ? current(key)
      : { kind: 'refused', reason: 'registered_by_another_payment' }
  }
  const record = await lookUp(impUid)
  if (!record.ok) return { kind: 'unavailable', ...record.failure }
  return settleIssue(key, impUid, record.value, {
    billingKeys: store.billingKeys,
    mode: config.mode,
    now,
    async readKey() {
      const fetch = async () => {
        const found = await readProviderKey(key.customerUid, client)
        return found.ok && found.value === null
          ? fail({ reason: 'payment_not_found', impUid } as const)
          : found
      }
      const found = await lookUp(impUid, { record: 'billing_key', fetch })
      return !found.ok && found.failure.reason === 'payment_not_found' ? ok(null) : found
    },
  })
}

function toOutcome(settled: SettledKey, notice: SubjectNotice): SubjectOutcome {
  switch (settled.kind) {
    case 'registered':
      return { status: 'success' }
    case 'deleted':
      return { status: 'cancelled' }
    case 'failed': {
      if (settled.key.failure === 'cancelled_by_buyer') return { status: 'cancelled' }
      const errorMessage = settled.key.failReason ?? notice.errorMessage
      return { status: 'failed', errorCode: notice.errorCode, errorMessage }
    }
    case 'pending': {
      // The buyer may read what the window said, while the registration stays open. A flag alone is not enough.
      const { claim, errorCode, errorMessage } = notice
      const isRefused = claim === 'failure' && (errorMessage !== null || errorCode !== null)
      return isRefused ? { status: 'failed', errorCode, errorMessage } : { status: 'pending' }
    }
    case 'refused':
      return { status: 'refused', reason: settled.reason }
    case 'unavailable': {
      const { reason, cause } = settled
      return { status: 'unavailable', reason, ...(cause === undefined ? {} : { cause }) }
    }
  }
}
