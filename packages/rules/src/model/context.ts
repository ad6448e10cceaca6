import type { ChannelRules } from './channel-rules.ts'

/** Where a request is made and what for. What is left out is unknown, and no rule that depends on it is applied. */
export interface CheckContext {
  /** The rules of the PG; without them, only what holds for all of them is checked. */
  readonly channel?: ChannelRules | undefined
  /** Unknown: what holds on one of them only is reported as advice. */
  readonly device?: 'pc' | 'mobile' | undefined
  /** The system of the device. */
  readonly os?: 'ios' | 'android' | 'windows' | 'mac' | undefined
  /** Whether the page is in a web view of an app. */
  readonly env?: 'app' | 'web' | undefined
  /** Whether the channel is live. Some PGs have a contract for tests that knows fewer parameters. */
  readonly mode?: 'live' | 'test' | undefined
  /** By default `issue_key` with a `customer_uid` and `pay` without one; `charge_key` is a call of the REST API. */
  readonly intent?: 'pay' | 'issue_key' | 'charge_key' | undefined
  /** What the merchant agreed with the PG, such as `marketplace` or `high_risk`. */
  readonly contracts?: readonly string[] | undefined
  /** What the page uses and no parameter tells, such as `hyundai_payshot`. */
  readonly features?: readonly string[] | undefined
  /** The interface that `IMP.loadUI` loads, such as `paypal-spb`; `loadModule` for `IMP.loadModule`. */
  readonly ui?: string | undefined
  /** The kind of an `inicis_jp` channel. */
  readonly channelType?: 'JPPG' | 'SBPS' | undefined
  /** Where the buyer lives, an ISO 3166 code of two letters. */
  readonly buyerCountry?: string | undefined
  /** Tells whether a due date is over. */
  readonly now?: Date | undefined
}

/** The parameters of `IMP.request_pay`, checked or not. */
export type PaymentParameters = Readonly<Record<string, unknown>>
