import type { Need, Rule } from './rule.ts'

/** How a window of the PG is opened. `callback`: the result arrives by callback, and the kind of window is not documented. */
export type WindowKind = 'iframe' | 'popup' | 'redirect' | 'callback' | 'unknown'

/** What the amount of a window for a billing key is. `unknown` is what no page says. */
export type KeyAmount = 'displayed' | 'charged' | 'ignored' | 'unknown'

/** What one PG demands of a request and offers, with its sources. Null and `unknown` are what no page says. */
export interface ChannelRules {
  /** The code of the PG, the first part of `pg`. */
  readonly pg: string
  /** The name of the PG in both languages. */
  readonly name: { readonly en: string; readonly ko: string }
  /** The page that describes it; null for a code without one. */
  readonly page: string | null
  /** The values of `pay_method`; null where the parameter is not used. */
  readonly methods: readonly string[] | null
  /** The wallets among them. */
  readonly easyPay: readonly string[]
  /** Where the list of methods stands. */
  readonly methodsSource: string
  /** The currencies that it takes; null where no page says it. */
  readonly currencies: readonly string[] | null
  /** The values of `language`; null where no page says it. */
  readonly languages: readonly string[] | null
  /** How its window opens, on each device. */
  readonly window: {
    readonly pc: WindowKind
    readonly mobile: WindowKind
    /** The parameter that decides between a popup and another window. */
    readonly popup: string | null
    readonly source: string
  }
  /** Whether `m_redirect_url` receives the result. */
  readonly returnUrl:
    | 'required'
    | 'required_mobile'
    | 'conditional'
    | 'optional'
    | 'ignored'
    | 'not_used'
    | 'unknown'
  /** Whether a virtual account is issued without `vbank_due`, and until when; null without virtual accounts. */
  readonly vbank: {
    readonly due: 'required' | 'optional' | 'unknown'
    readonly defaultDays: number | null
    readonly source: string
  } | null
  /** By which methods escrow is offered; `unknown` where no page says it, null without escrow. */
  readonly escrow: {
    readonly methods: readonly string[] | 'unknown'
    readonly source: string
  } | null
  /** How a billing key is issued; null where no page says it. */
  readonly billingKey: {
    readonly window: boolean
    readonly api: boolean | 'unknown'
    /** What happens to the amount in the window; one for each method where they differ. */
    readonly amount: KeyAmount | { readonly [method: string]: KeyAmount } | null
    readonly methods: readonly string[] | null
    readonly source: string
  } | null
  /** What comes back in another way than with most PGs. */
  readonly returns: readonly string[]
  /** What a request must be. */
  readonly rules: readonly Rule[]
  /** What must be there beside the request. */
  readonly needs: readonly Need[]
}
