/**
 * Mobile carriers. The same carrier has another code in each place: KT is `KTF` in the browser script and `KT` in REST.
 *
 * Sources: `sdk/ko/v1-sdk/javascript-sdk/cft` of the provider's documentation, its API document, and the PG pages
 * `danal`, `daou`, `galaxia` and `kg-mobilians-v2`.
 *
 * @packageDocumentation
 */

// [Korean, English, IMP.certification, one-time password by REST, result of a verification, phone payment]
const rows = [
  ['SK텔레콤', 'SK Telecom', 'SKT', 'SKT', 'SKT', 'SKT'],
  ['KT', 'KT', 'KTF', 'KT', 'KT', 'KTF'],
  ['LG유플러스', 'LG U+', 'LGT', 'LGT', 'LGT', 'LGT'],
  ['알뜰폰', 'Virtual operator', 'MVNO', null, null, null],
  ['알뜰폰(SKT망)', 'Virtual operator on SK Telecom', null, null, 'SKT_MVNO', null],
  ['알뜰폰(KT망)', 'Virtual operator on KT', null, null, 'KT_MVNO', null],
  ['알뜰폰(LG유플러스망)', 'Virtual operator on LG U+', null, null, 'LGT_MVNO', null],
  ['헬로모바일', 'CJ Hello', null, null, null, 'CJH'],
  ['KCT', 'Korea Cable Telecom', null, null, null, 'KCT'],
  ['SK텔링크', 'SK Telink', null, null, null, 'SKL'],
] as const

/**
 * Where a carrier is named:
 * - `certification`: `carrier` of `IMP.certification`;
 * - `otp`: `carrier` of `POST /certifications/otp/request/{imp_uid}`, beside `is_mvno`;
 * - `result`: `carrier` of a verification's record;
 * - `phone`: `phone.carrier` of a phone payment. `*` stands for every carrier there.
 */
export type CarrierPlace = 'certification' | 'otp' | 'result' | 'phone'

/** A carrier and its code in each place; null where it has none. */
export interface Carrier extends Readonly<Record<CarrierPlace, string | null>> {
  /** The name in Korean. */
  readonly ko: string
  /** The name in English. */
  readonly en: string
}

/** Every documented carrier. */
export const carriers: readonly Carrier[] = rows.map(
  ([ko, en, certification, otp, result, phone]) => ({ ko, en, certification, otp, result, phone }),
)

/**
 * The carrier of a code.
 *
 * @param place Where the code is from.
 * @param code The code; any text is allowed.
 * @returns The carrier; null for a code that is not documented in this place.
 *
 * @example
 * ```ts
 * import { findCarrier } from '@quayside/codes/carriers'
 *
 * console.log(findCarrier('certification', 'KTF')?.otp, findCarrier('result', 'KTF')) // KT null
 * ```
 */
export function findCarrier(place: CarrierPlace, code: string): Carrier | null {
  return carriers.find((carrier) => carrier[place] === code) ?? null
}
