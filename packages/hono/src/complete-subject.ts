import {
  type LookupNotice,
  type MerchantUid,
  type PaymentNotice,
  parsePayment,
} from '@quayside/core'
import type { CompletionDeps } from './deps.ts'
import type { Lookup, LookupGuard } from './lookup/lookup-guard.ts'
import type { CompletionRoute } from './report.ts'
import type { CompletedSubject, LookUpRecord, NoticeOfSubject } from './subject.ts'

/** A notice with its route and its request. */
export interface SubjectRequest {
  readonly notice: NoticeOfSubject
  readonly route: CompletionRoute
  readonly request: Request
}

/**
 * Completes the subject that a notice names. A notice that names only a record is told apart by the record.
 *
 * @returns Null when the notice is about no subject: then it is to be handled as one about an order, with these deps. They
 * look up no record a second time.
 */
export async function completeSubject(
  from: SubjectRequest,
  deps: CompletionDeps,
): Promise<{ readonly completed: CompletedSubject | null; readonly deps: CompletionDeps }> {
  const { notice } = from
  if (deps.subjects.length === 0) return { completed: null, deps }
  if (notice.merchantUid !== null) {
    return { completed: await complete(notice.merchantUid, from, deps), deps }
  }
  // The lookup of another kind of record needs to know which subject it is about.
  if (notice.kind !== 'payment' || notice.impUid === null) return { completed: null, deps }
  const lookup: Lookup = { ...from, notice: { ...notice, impUid: notice.impUid } }
  const record = await deps.lookupGuard(lookup, deps.fetchPayment)
  // Only the lookup of this payment is answered by it: a record of another kind, or of another account, is another record.
  const isKnown = (other: Lookup) =>
    other.record === undefined && other.notice.impUid === notice.impUid
  const lookupGuard: LookupGuard = async (other, fetch) =>
    isKnown(other) ? record : deps.lookupGuard(other, fetch)
  const known: CompletionDeps = { ...deps, lookupGuard }
  const payment = record.ok ? parsePayment(record.value) : record
  const completed = payment.ok ? await complete(payment.value.merchantUid, from, known) : null
  return { completed, deps: known }
}

async function complete(
  merchantUid: MerchantUid,
  from: SubjectRequest,
  deps: CompletionDeps,
): Promise<CompletedSubject | null> {
  const subject = deps.subjects.find(({ owns }) => owns(merchantUid))
  if (subject === undefined) return null
  const { notice, route } = from
  const { channel, impUid, claim, claimedStatus, errorCode, errorMessage } = notice
  const outcome = await subject.complete({
    channel,
    merchantUid,
    impUid,
    claim,
    claimedStatus,
    errorCode,
    errorMessage,
    lookUp: toLookUp(merchantUid, from, deps),
  })
  if (outcome.status === 'unknown') return null
  deps.report({ kind: 'subject', route, subject: subject.name, merchantUid, impUid, outcome })
  return { subject, outcome }
}

function toLookUp(
  merchantUid: MerchantUid,
  { notice, route, request }: SubjectRequest,
  { lookupGuard, fetchPayment }: CompletionDeps,
): LookUpRecord {
  return (impUid, other) => {
    const named: LookupNotice = { ...notice, kind: 'payment', merchantUid, impUid }
    const lookup = { notice: named, route, request }
    return other === undefined
      ? lookupGuard(lookup, fetchPayment)
      : lookupGuard({ ...lookup, record: other.record }, other.fetch)
  }
}

/** The notice of a message that names a subject, and is not readable otherwise. */
export function toUnreadableNotice(merchantUid: MerchantUid): PaymentNotice {
  return {
    kind: 'payment',
    channel: 'redirect',
    impUid: null,
    merchantUid,
    claim: 'unknown',
    claimedStatus: null,
    claimedAmount: null,
    errorCode: null,
    errorMessage: null,
  }
}
