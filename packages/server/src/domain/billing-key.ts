import type { ImpUid, MerchantUid, Mode, Money, Payee, RegistrationFailure } from '@quayside/core'

/**
 * What became of a registration:
 * - `pending`: its window is open, or nobody has told about it yet;
 * - `registered`: its billing key may be charged;
 * - `failed`: it issued no key, and may still do so;
 * - `deleting`, `deleted`: its key must not be charged any more.
 */
export type BillingKeyState = 'pending' | 'registered' | 'failed' | 'deleting' | 'deleted'

/**
 * Why a registration has no key that may be charged:
 * - a {@link RegistrationFailure}: what the provider has is not what was asked for;
 * - `refused`: the PG or the card company refused it, with its own text;
 * - `cancelled_by_buyer`: the buyer closed the window;
 * - `key_missing`: the window ended well, and the provider has no key;
 * - `not_completed`: nothing was heard of it within a day.
 */
export type BillingKeyFailureReason =
  | Exclude<RegistrationFailure['reason'], 'registration_mismatch'>
  | 'refused'
  | 'cancelled_by_buyer'
  | 'key_missing'
  | 'not_completed'

/** What the merchant asked for when it began a registration. */
export interface RequestedKey {
  /** By the provider's window, by a form of the shop that takes the data of a card, or a key that exists already. */
  readonly method: 'window' | 'card' | 'existing'
  /** `{provider}` or `{provider}.{MID}`; null when only the channel was named. */
  readonly pg: string | null
  /** The key of the channel, as the console shows it; null when only the PG was named. */
  readonly channelKey: string | null
  /** The provider's `pay_method`; null when the window lets the buyer choose. */
  readonly payMethod: string | null
  /** What the window shows, or charges for an order. */
  readonly amount: Money
  /** What the window names. */
  readonly name: string | null
}

/** What the provider's record says about a key. Nothing of the card's number. */
export interface KeyMeans {
  /** The provider's code of the PG. */
  readonly pgProvider: string
  /** The merchant's id at the PG. */
  readonly pgId: string
  /** The Korean name of the card company; null with a means that is no card. */
  readonly cardName: string | null
  /** The card company's code of the KFTC; null with a means that is no card. */
  readonly cardCode: string | null
  /** Null where the PG does not report it. */
  readonly cardType: 'credit' | 'debit' | null
}

/** Why a key is deleted, as the provider asks for it. */
export interface KeyDeletion {
  /** Sent to the provider; null without one. */
  readonly reason: string | null
  /** Who asked for it, as the provider wants to know. */
  readonly requester: 'customer' | 'admin'
  /** The key that takes its place; null without one. */
  readonly replacedBy: string | null
}

/** A billing key to be registered. */
export interface NewBillingKey {
  /** The `merchant_uid` of its window. */
  readonly registrationId: MerchantUid
  /** The provider's id of the key, drawn for this registration alone; after it the payee, as in {@link toKeyOf}. */
  readonly customerUid: string
  /** The merchant's own id of its buyer. */
  readonly customerId: string
  /** A key of a test channel charges no live order. */
  readonly mode: Mode
  /** What the merchant asked for. */
  readonly requested: RequestedKey
  /** The order that the same window charges; null without one. */
  readonly orderUid: MerchantUid | null
  /** The key that it replaces, of the same payee; null without one. */
  readonly replaces: string | null
  /** In whose account the key is issued and charged; left out for the account that needs no name. */
  readonly payee?: Payee
}

/** The registration of a means of payment, and its billing key. */
export interface BillingKey extends NewBillingKey {
  /** Where the registration stands. */
  readonly state: BillingKeyState
  /** The payment whose window issued the key; null without one. */
  readonly impUid: ImpUid | null
  /** Null until the key is registered. */
  readonly means: KeyMeans | null
  /** When the card ends, where the shop's own form knew it; null otherwise. */
  readonly expiresAt: Date | null
  /** Its place in the customer's order of preference: the lowest is charged first. */
  readonly preference: number
  /** Why nothing was registered; null unless `failed`. */
  readonly failure: BillingKeyFailureReason | null
  /** The provider's text of the failure; null without one. Escape it before display. */
  readonly failReason: string | null
  /** Why it is or was deleted; null while nobody asked for it. */
  readonly deletion: KeyDeletion | null
  /** Counts the changes, from 0. */
  readonly sequence: number
  /** When the merchant began the registration. */
  readonly createdAt: Date
  /** When the provider's record of the key was read; null before. */
  readonly registeredAt: Date | null
  /** When the provider confirmed the deletion; null before. */
  readonly deletedAt: Date | null
  /** When a job looks at it again; null for never. */
  readonly dueAt: Date | null
}

/** What a change of a billing key may write. */
export type BillingKeyChange = Pick<
  BillingKey,
  | 'state'
  | 'impUid'
  | 'means'
  | 'expiresAt'
  | 'failure'
  | 'failReason'
  | 'deletion'
  | 'registeredAt'
  | 'deletedAt'
  | 'dueAt'
>

/** The types of the events of billing keys. */
export type BillingKeyEvent =
  | 'billing_key.registered'
  | 'billing_key.failed'
  | 'billing_key.replaced'
  | 'billing_key.deleted'

/** The preference of a key that nobody has put into an order: such keys follow, the oldest first. */
export const lastPreference = 1_000

/** Why an operation on a billing key failed. `detail` says more; `cause` is for the log only. */
export interface BillingKeyFailure {
  readonly reason: BillingKeyProblem
  readonly detail?: string | null
  readonly cause?: unknown
}

export type BillingKeyProblem =
  | 'billing_key_unknown'
  /** The key that is to be replaced or ordered belongs to another customer. */
  | 'billing_key_of_another_customer'
  /** The key exists in another account or tier than the one that was named. */
  | 'billing_key_of_another_account'
  /** It has no key, or none any more. */
  | 'billing_key_not_registered'
  /** It is registered in the provider's window, and not by the data of a card. */
  | 'billing_key_not_by_card'
  | 'billing_key_contended'
  /** The window of this PG charges: an order has to expect it. */
  | 'order_required'
  /** The window of this PG charges nothing. */
  | 'charge_unsupported'
  | 'card_expired'
  /** The PG or the card company refused the card. `detail` is the provider's text. */
  | 'card_refused'
  /** The provider refused to delete the key. `detail` is its text. */
  | 'deletion_refused'
