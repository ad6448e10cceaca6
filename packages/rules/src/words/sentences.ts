import type { Problem, Reason } from '../model/problem.ts'
import type { Strength } from '../model/rule.ts'
import { toWords } from './condition-words.ts'
import { toSourceAddress } from './source-address.ts'

/** What a problem is made of. */
export interface Finding {
  readonly parameter: string
  readonly reason: Reason
  readonly strength: Strength
  readonly source: string
  readonly when?: string | undefined
  /** What would be right, or the value that is wrong. */
  readonly detail?: string | undefined
}

/** Makes a problem with its sentences. `who` is the PG that a rule belongs to. */
export function toProblem(
  { parameter, reason, strength, source, when, detail = '' }: Finding,
  who: { readonly en: string; readonly ko: string } | null,
): Problem {
  const [english, korean] = sentences[reason](parameter, detail)
  const words = toWords(when)
  const of = who === null ? { en: '', ko: '' } : { en: `${who.en}: `, ko: `${who.ko}: ` }
  return {
    parameter,
    reason,
    ko: `${of.ko}${korean}${words === null ? '' : ` (${words.ko})`}`,
    en: `${of.en}${english}${words === null ? '' : ` (${words.en})`}`,
    strength,
    source: toSourceAddress(source),
  }
}

type Pair = readonly [english: string, korean: string]

const notOffered = (p: string, detail: string): Pair => [
  `${p} ${detail} is not offered`,
  `${p} 파라미터의 ${detail} 값은 지원하지 않습니다`,
]

const sentences: Readonly<Record<Reason, (parameter: string, detail: string) => Pair>> = {
  missing: (p, detail) =>
    detail === ''
      ? [`${p} is required`, `${p} 파라미터가 필요합니다`]
      : [`${p} must be ${detail}`, `${p} 파라미터에 ${detail} 값이 필요합니다`],
  not_usable: (p) => [`${p} cannot be used`, `${p} 파라미터를 사용할 수 없습니다`],
  value_not_usable: (p, detail) => [
    `${p} cannot be ${detail}`,
    `${p} 파라미터에 ${detail} 값을 사용할 수 없습니다`,
  ],
  too_long: (p, detail) => [
    `${p} is longer than ${detail}`,
    `${p} 파라미터가 너무 깁니다. 최대 길이: ${detail}`,
  ],
  too_short: (p, detail) => [
    `${p} is shorter than ${detail}`,
    `${p} 파라미터가 너무 짧습니다. 최소 길이: ${detail}`,
  ],
  characters: (p, detail) => [
    `${p} has characters that are not accepted (${detail})`,
    `${p} 파라미터에 허용되지 않는 문자가 있습니다(${detail})`,
  ],
  date_format: (p, detail) => [
    `${p} must be written as ${detail}`,
    `${p} 파라미터의 형식이 올바르지 않습니다. 형식: ${detail}`,
  ],
  date_past: (p) => [`${p} is in the past`, `${p} 파라미터의 기한이 이미 지났습니다`],
  number_too_small: (p, detail) => [
    `${p} is less than ${detail}`,
    `${p} 파라미터의 최솟값보다 작습니다. 최솟값: ${detail}`,
  ],
  number_too_large: (p, detail) => [
    `${p} is more than ${detail}`,
    `${p} 파라미터의 최댓값보다 큽니다. 최댓값: ${detail}`,
  ],
  decimals: (p, detail) => [
    `${p} has more than ${detail} decimals`,
    `${p} 파라미터의 소수 자릿수가 너무 많습니다. 최대 자릿수: ${detail}`,
  ],
  sum_differs: (p) => [
    `${p} do not add up to amount`,
    `${p} 파라미터의 합계가 amount 값과 다릅니다`,
  ],
  method_not_offered: notOffered,
  currency_not_offered: notOffered,
  language_not_offered: notOffered,
  number_as_text: (p) => [
    `${p} must be a number, not text`,
    `${p} 파라미터는 문자열이 아닌 숫자로 전달해야 합니다`,
  ],
  not_a_number: (p) => [`${p} is not an amount`, `${p} 파라미터가 올바른 금액이 아닙니다`],
  boolean_as_text: (p) => [
    `${p} must be true or false, not text`,
    `${p} 파라미터는 문자열이 아닌 true 또는 false로 전달해야 합니다`,
  ],
  text_expected: (p) => [`${p} must be text`, `${p} 파라미터는 문자열로 전달해야 합니다`],
  placeholder: (p, detail) => [
    `${p} still has a placeholder: ${detail}`,
    `${p} 파라미터에 예시 값이 그대로 남아 있습니다: ${detail}`,
  ],
  constant: (p) => [
    `${p} looks like a constant; every attempt needs an id of its own`,
    `${p} 파라미터가 고정된 값으로 보입니다. 결제를 시도할 때마다 고유한 값이어야 합니다`,
  ],
  pg_unknown: (p, detail) => [
    `${p} is no known code of a PG${detail === '' ? '' : `; did you mean ${detail}?`}`,
    `${p} 파라미터가 알려진 PG 코드가 아닙니다${detail === '' ? '' : `. 비슷한 코드: ${detail}`}`,
  ],
  pg_retired: (p, detail) => [
    `${p} names a PG that takes no new contracts or is closed: ${detail}`,
    `${p} 파라미터의 PG는 신규 계약을 받지 않거나 서비스가 종료되었습니다: ${detail}`,
  ],
  pg_without_window: (p, detail) => [
    `${p} names a PG without a payment window: ${detail}`,
    `${p} 파라미터의 PG에는 결제창이 없습니다: ${detail}`,
  ],
  test_contract: (p, detail) => [
    `${p} does not fit this use: ${detail}`,
    `${p} 파라미터의 MID가 용도에 맞지 않습니다: ${detail}`,
  ],
  id_of_another_kind: (p, detail) => [
    `${p} looks like an id of another kind: ${detail}`,
    `${p} 파라미터에 다른 종류의 값이 들어 있습니다: ${detail}`,
  ],
  parameter_of_v2: (p, detail) => [
    `${p} belongs to V2; V1 has ${detail}`,
    `${p} 파라미터는 V2 파라미터입니다. V1에서는 ${detail} 파라미터를 사용합니다`,
  ],
  parameter_unknown: (p, detail) => [
    `${p} is no parameter; did you mean ${detail}?`,
    `${p}은(는) 없는 파라미터입니다. 비슷한 파라미터: ${detail}`,
  ],
  secret_in_page: (p) => [
    `${p} is a secret; a page must not have it`,
    `${p} 값은 비밀 키이므로 웹 페이지에 넣으면 안 됩니다`,
  ],
  address_not_absolute: (p) => [
    `${p} must be a whole address, such as https://shop.example/result`,
    `${p} 파라미터는 https://shop.example/result처럼 전체 주소여야 합니다`,
  ],
  address_not_reachable: (p) => [
    `${p} is an address that others cannot reach`,
    `${p} 파라미터의 주소는 외부에서 접속할 수 없습니다`,
  ],
  address_not_encrypted: (p) => [
    `${p} is not an https address`,
    `${p} 파라미터의 주소가 https가 아닙니다`,
  ],
  popup_in_app: (p) => [
    `${p} cannot be used in an app: its web view opens no popup`,
    `${p} 파라미터는 앱에서 사용할 수 없습니다. 웹뷰에서는 팝업이 열리지 않습니다`,
  ],
}
