/**
 * How firmly the provider's pages state a rule. `refused`: a page documents that the request fails. `text`: a page says
 * it in words. `type`: only the mark in a list of parameters says it. `advice`: a sample, a recommendation, or what
 * follows from something else. Only the first two are a reason to refuse a request.
 */
export type Strength = 'refused' | 'text' | 'type' | 'advice'

/** What every rule has. */
export interface RuleBase {
  /** The name in the request, such as `buyer_tel`, `card.direct.quota` or `kcpProducts[].name`. */
  readonly parameter: string
  /**
   * When the rule holds; always, when it is left out. Conditions are joined by `&`, alternatives by `||`:
   * `pay_method=vbank & device=mobile`, `!customer_uid`, `env=app || feature=popups_blocked`.
   */
  readonly when?: string
  /** How firmly the provider's pages state it. */
  readonly strength: Strength
  /** The page and its lines, such as `danal.mdx:101-105`. */
  readonly source: string
  /** A sample of the provider that does otherwise: the rule is known, and nothing is reported. */
  readonly contradicted?: string
}

/** The parameter must be given, perhaps with this value, or with this text in it, or one of several. */
export interface RequiredRule extends RuleBase {
  /** The discriminant of {@link Rule}. */
  readonly kind: 'required'
  /** The only value that will do. */
  readonly value?: string | boolean
  /** A text that the value must have in it. */
  readonly contains?: string
  /** Each of these is enough. */
  readonly among?: readonly string[]
}

/** The parameter, or some values of it, cannot be used. */
export interface ForbiddenRule extends RuleBase {
  /** The discriminant of {@link Rule}. */
  readonly kind: 'forbidden'
  /** These values only. */
  readonly values?: readonly (string | boolean)[]
  /** All values but these. */
  readonly except?: readonly string[]
}

/** The text has a number of characters, or of bytes in UTF-8. */
export interface LengthRule extends RuleBase {
  /** The discriminant of {@link Rule}. */
  readonly kind: 'length'
  /** The least length. */
  readonly min?: number
  /** The greatest length. */
  readonly max?: number
  /** Characters, when it is left out. */
  readonly unit?: 'bytes'
}

/** The text consists of these characters, or has none of those. */
export interface CharactersRule extends RuleBase {
  /** The discriminant of {@link Rule}. */
  readonly kind: 'characters'
  /** All that the text may consist of. */
  readonly only?:
    | 'digits'
    | 'letters_digits'
    | 'letters_digits_hyphen_underscore'
    | 'letters'
    | 'katakana'
    | 'latin_japanese'
    | 'euc_kr'
    | 'two_words'
    | 'capitals_digits'
  /** Characters that the text may not have. */
  readonly none?: string
  /** How many digits exactly. */
  readonly count?: number
}

/** The value is one of these. */
export interface ValuesRule extends RuleBase {
  /** The discriminant of {@link Rule}. */
  readonly kind: 'values'
  /** Each that will do. */
  readonly values: readonly (string | number)[]
}

/** The value is a date that is written in one of these ways. */
export interface DateRule extends RuleBase {
  /** The discriminant of {@link Rule}. */
  readonly kind: 'date'
  /** Each that will do. */
  readonly formats: readonly DateFormat[]
}

/** How a date is written. */
export type DateFormat =
  | 'YYYYMMDD'
  | 'YYYYMMDDHHmm'
  | 'YYYYMMDDHHmmss'
  | 'YYYY-MM-DD'
  | 'YYYY-MM-DD HH:mm:ss'
  | 'ISO 8601'
  | 'HH:mm'

/** The number is at least this, has so many decimals, or is at most a part of the amount. */
export interface NumberRule extends RuleBase {
  /** The discriminant of {@link Rule}. */
  readonly kind: 'number'
  /** The least value. */
  readonly min?: number
  /** The greatest number of decimals. */
  readonly decimals?: number
  /** The greatest part of the amount, from 0 to 1. */
  readonly maxShareOfAmount?: number
}

/** The products add up to the amount. */
export interface SumRule extends RuleBase {
  /** The discriminant of {@link Rule}. */
  readonly kind: 'sum'
  /** The parameter with the price of an item. */
  readonly price: string
  /** The parameter with the number of pieces. */
  readonly quantity: string
}

/** What one parameter of a request must be. */
export type Rule =
  | RequiredRule
  | ForbiddenRule
  | LengthRule
  | CharactersRule
  | ValuesRule
  | DateRule
  | NumberRule
  | SumRule

/** What a channel needs beside the parameters of a request: no check of a request can see it. */
export interface Need {
  /** What it is. */
  readonly need:
    | 'current_sdk'
    | 'sdk_1_3'
    | 'webhook'
    | 'load_ui'
    | 'page_element'
    | 'page_script'
    | 'rest_call_before'
    | 'same_values_as_before'
    | 'contract'
    | 'set_up_by_pg'
    | 'registered_domain'
  /** When it is needed; always, when it is left out. Written as {@link RequiredRule.when}. */
  readonly when?: string
  /** The page and its lines. */
  readonly source: string
}
