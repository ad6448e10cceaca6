import type {
  CertificationNotice,
  ConfirmRequest,
  FetchPayment,
  ImpUid,
  Language,
  MerchantUid,
  PaymentNotice,
} from '@quayside/core'

/**
 * Something other than an order that a buyer completes in a window of the provider, such as the registration of a card. The
 * completion routes pass on what is about it, and respond as they do for orders.
 */
export interface Subject {
  /** Its name in reports. */
  readonly name: string
  /**
   * Whether an id has the shape of this subject's ids. It only tells which table to read: an order may have such an id, and
   * whoever sends a notice chooses its ids.
   */
  readonly owns: (merchantUid: MerchantUid) => boolean
  /**
   * Finds the subject, and looks up, verifies, decides and records what the notice is about. It may run any number of
   * times, at the same time too.
   *
   * @param notice The notice. Only its ids are used, except that a failure without a payment may be shown to the buyer.
   * @returns The outcome. `unknown` when there is no subject with this id; then nothing was looked up, and the routes respond
   * as for an unknown order.
   */
  readonly complete: (notice: SubjectNotice) => Promise<SubjectOutcome>
  /**
   * Answers the provider's request before it approves a payment of the subject (`confirm_url`), without a lookup. Without it,
   * every such request is refused as that of an unknown order.
   */
  readonly confirm?: (request: ConfirmRequest) => Promise<SubjectConfirmation>
  /** What the buyer reads. */
  readonly messages: SubjectMessages
  /**
   * Whether a token is that of the subject, for `GET /payments/subjects/{merchant_uid}`. Without it, no buyer's page can read
   * the subject.
   */
  readonly isToken?: (merchantUid: MerchantUid, token: string) => Promise<boolean>
}

/** Whether a payment of a subject is approved. `unknown`: there is no subject with this id, so it may be an order. */
export type SubjectConfirmation =
  | 'approved'
  | 'unknown'
  /** It accepts no payment any more. */
  | 'order_closed'
  | 'amount_mismatch'
  | 'store_unavailable'

/** What a buyer reads by the status of the subject. */
export type SubjectMessages = Readonly<
  Record<'success' | 'failed' | 'cancelled' | 'pending', Readonly<Record<Language, string>>>
>

/** Whose window a page opens. */
export interface SubjectMerchant {
  /** The merchant code (고객사 식별코드) for `IMP.init` and `IMP.agency`; null where it is not known. */
  readonly userCode: string | null
  /** The code of the sub-merchant (하위상점) for `IMP.agency`; null without one. */
  readonly tier: string | null
}

/** What a subject makes of a notice. */
export type SubjectOutcome = NoticeOutcome & {
  /** Whose window the page opens, where the shop has several merchant accounts: `GET /payments/subjects/{merchant_uid}` shows it. */
  readonly merchant?: SubjectMerchant
}

/** What a notice led to, whoever the merchant is. */
export type NoticeOutcome =
  | { readonly status: 'success' | 'cancelled' }
  /** The record has no result yet, and a message follows when it has. */
  | { readonly status: 'pending' }
  /** The texts are shown to the buyer, as data. */
  | {
      readonly status: 'failed'
      readonly errorCode: string | null
      readonly errorMessage: string | null
    }
  /** What was looked up is not of this subject. The response is that of an unknown subject; the reason is for the log. */
  | { readonly status: 'refused'; readonly reason: string }
  /** Something did not respond. The buyer reads `pending`, and a webhook is sent again. */
  | { readonly status: 'unavailable'; readonly reason: string; readonly cause?: unknown }
  | { readonly status: 'unknown' }

/** A notice about a subject. Nothing in it is verified. */
export interface SubjectNotice
  extends Pick<
    PaymentNotice,
    'channel' | 'claim' | 'claimedStatus' | 'errorCode' | 'errorMessage'
  > {
  /** The id by which the subject is found: that of the message, or of the record when the message has none. */
  readonly merchantUid: MerchantUid
  /** Null when the message names no record. */
  readonly impUid: ImpUid | null
  /** Looks a record up, within the limits of the lookup guard. */
  readonly lookUp: LookUpRecord
}

/**
 * Looks a record up at the provider, by default that of a payment.
 *
 * @param impUid The id of the record.
 * @param other How another kind of record is looked up, and its name: the guard keeps each kind apart.
 */
export type LookUpRecord = (
  impUid: ImpUid,
  other?: { readonly record: string; readonly fetch: FetchPayment },
) => ReturnType<FetchPayment>

/** A message that may be about a subject. */
export type NoticeOfSubject = PaymentNotice | CertificationNotice

/** The subject that a notice was about, and what became of it. */
export interface CompletedSubject {
  readonly subject: Subject
  readonly outcome: Exclude<SubjectOutcome, { readonly status: 'unknown' }>
}
