import { fail, isRegistrationId, ok } from '@quayside/core'
import type { Subject, SubjectMessages, SubjectNotice, SubjectOutcome } from '@quayside/hono'
import type { Deps } from '../deps.ts'
import type { BillingKey } from '../domain/billing-key.ts'
import { readProviderKey } from './read-provider-key.ts'
import { current, hasKey, type SettledKey, settleIssue } from './settle-key.ts'

type SubjectDeps = Pick<Deps, 'client' | 'config' | 'now' | 'store'>

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
    async complete(notice) {
      const found = await deps.store.billingKeys.find(notice.merchantUid)
      if (!found.ok) return { status: 'unavailable', ...found.failure }
      const key = found.value
      if (key === null || key.mode !== deps.config.mode) return { status: 'unknown' }
      const settled = await settle(key, notice, deps)
      return toOutcome(settled, notice)
    },
  }
}

async function settle(
  key: BillingKey,
  { impUid, lookUp }: SubjectNotice,
  { client, config, now, store }: SubjectDeps,
): Promise<SettledKey> {
  if (impUid === null) return current(key)
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
