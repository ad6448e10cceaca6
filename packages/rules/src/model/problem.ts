import type { Strength } from './rule.ts'

/** What is wrong with a parameter. */
export type Reason =
  | 'missing'
  | 'not_usable'
  | 'value_not_usable'
  | 'too_long'
  | 'too_short'
  | 'characters'
  | 'date_format'
  | 'date_past'
  | 'number_too_small'
  | 'number_too_large'
  | 'decimals'
  | 'sum_differs'
  | 'method_not_offered'
  | 'currency_not_offered'
  | 'language_not_offered'
  | 'number_as_text'
  | 'not_a_number'
  | 'boolean_as_text'
  | 'text_expected'
  | 'placeholder'
  | 'constant'
  | 'pg_unknown'
  | 'pg_retired'
  | 'pg_without_window'
  | 'test_contract'
  | 'id_of_another_kind'
  | 'parameter_of_v2'
  | 'parameter_unknown'
  | 'secret_in_page'
  | 'address_not_absolute'
  | 'address_not_reachable'
  | 'address_not_encrypted'
  | 'popup_in_app'

/** One thing that is wrong with a request. */
export interface Problem {
  /** The name in the request. */
  readonly parameter: string
  /** What is wrong, for a program. */
  readonly reason: Reason
  /** What is wrong and what helps, as a sentence in Korean. */
  readonly ko: string
  /** What is wrong and what helps, as a sentence in English. */
  readonly en: string
  /** How firmly the provider's pages say it. */
  readonly strength: Strength
  /** The address of the page that says it. */
  readonly source: string
}

/** Whether a problem is a reason to refuse the request: a page says so, or says that the PG does. */
export function mayRefuse({ strength }: Problem): boolean {
  switch (strength) {
    case 'refused':
    case 'text':
      return true
    case 'type':
    case 'advice':
      return false
  }
}
