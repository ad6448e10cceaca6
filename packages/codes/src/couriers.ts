/**
 * Couriers: of goods in escrow (`logis.company`), and of Naver Pay's order type (`delivery_company`).
 *
 * Sources: the provider's page of courier codes (`opi/ko/support/code-info/code`) and its earlier manual
 * (`RESTAPI/logis.md`); the API document's `POST /payments/{imp_uid}/naver/ship`.
 *
 * @packageDocumentation
 */

import { type Code, type OpenCode, toCode } from './code.ts'

const escrowRows = [
  ['HYUNDAI', '롯데택배', 'Lotte Global Logistics'],
  ['HANARO', '하나로택배', 'Hanaro'],
  ['SAGAWA', 'SC로지스', 'SC Logis'],
  ['KGB', '로젠택배', 'Logen'],
  ['YELLOWCAP', '옐로우캡', 'Yellow Cap'],
  ['DONGBU', '동부택배', 'Dongbu'],
  ['EPOST', '우체국택배', 'Korea Post parcels'],
  ['CJGLS', 'CJ대한통운', 'CJ Logistics'],
  ['HANJIN', '한진택배', 'Hanjin'],
  ['DAESIN', '대신택배', 'Daesin'],
  ['ETC', '기타', 'Other'],
  ['REGISTPOST', '우편등기', 'Registered post'],
  ['CHUNIL', '천일택배', 'Chunil'],
  ['ILYANG', '일양로지스', 'Ilyang Logis'],
  ['CVSNET', '편의점택배', 'Convenience-store parcels'],
  ['KDEXP', '경동택배', 'Kyungdong'],
  ['HONAM', '우리택배(옛 호남택배)', 'Woori (formerly Honam)'],
  ['HDEXP', '합동택배', 'Hapdong'],
] as const

const naverRows = [
  ['CJGLS', 'CJ대한통운', 'CJ Logistics'],
  ['KGB', '로젠택배', 'Logen'],
  ['DONGBU', 'KG로지스', 'KG Logis'],
  ['EPOST', '우체국택배', 'Korea Post parcels'],
  ['REGISTPOST', '우편등기', 'Registered post'],
  ['HANJIN', '한진택배', 'Hanjin'],
  ['HYUNDAI', '롯데택배(옛 현대택배)', 'Lotte (formerly Hyundai)'],
  ['KGBLS', 'KGB택배', 'KGB'],
  ['INNOGIS', 'GTX로지스', 'GTX Logis'],
  ['DAESIN', '대신택배', 'Daesin'],
  ['ILYANG', '일양로지스', 'Ilyang Logis'],
  ['KDEXP', '경동택배', 'Kyungdong'],
  ['CHUNIL', '천일택배', 'Chunil'],
  ['CH1', '기타 택배', 'Other'],
  ['HDEXP', '합동택배', 'Hapdong'],
  ['CVSNET', '편의점택배', 'Convenience-store parcels'],
  ['DHL', 'DHL', 'DHL'],
  ['FEDEX', 'FedEx', 'FedEx'],
  ['GSMNTON', 'GSMNTON', 'GSMNTON'],
  ['WARPEX', 'WarpEx', 'WarpEx'],
  ['WIZWA', 'WIZWA', 'WIZWA'],
  ['EMS', 'EMS', 'EMS'],
  ['DHLDE', 'DHL(독일)', 'DHL Germany'],
  ['ACIEXPRESS', 'ACI', 'ACI'],
  ['EZUSA', 'EZUSA', 'EZUSA'],
  ['PANTOS', '범한판토스', 'Pantos'],
  ['UPS', 'UPS', 'UPS'],
  ['HLCGLOBAL', '롯데택배(국제택배, 옛 현대택배)', 'Lotte international (formerly Hyundai)'],
  ['KOREXG', 'CJ대한통운(국제택배)', 'CJ Logistics international'],
  ['TNT', 'TNT', 'TNT'],
  ['SWGEXP', '성원글로벌', 'Sungwon Global'],
  ['DAEWOON', '대운글로벌', 'Daewoon Global'],
  ['USPS', 'USPS', 'USPS'],
  ['IPARCEL', 'i-parcel', 'i-parcel'],
  ['KUNYOUNG', '건영택배', 'Kunyoung'],
  ['HPL', '한의사랑택배', 'HPL'],
  ['DADREAM', '다드림', 'Dadream'],
  ['SLX', 'SLX택배', 'SLX'],
  ['SFEXPRESS', '순풍택배', 'SF Express'],
  ['HONAM', '우리택배(옛 호남택배)', 'Woori (formerly Honam)'],
] as const

/** A documented courier of goods in escrow. */
export type EscrowCourierCode = (typeof escrowRows)[number][0]

/** A documented courier of Naver Pay's order type. */
export type NaverCourierCode = (typeof naverRows)[number][0]

/** Couriers of goods in escrow. The provider stores one that it does not know as `ETC`. */
export const escrowCouriers: readonly Code<EscrowCourierCode>[] = escrowRows.map(toCode)

/** Couriers of Naver Pay's order type. */
export const naverCouriers: readonly Code<NaverCourierCode>[] = naverRows.map(toCode)

/** Codes of couriers that were merged into others. */
const merged: ReadonlyMap<string, EscrowCourierCode> = new Map([
  ['LOGEN', 'KGB'],
  ['KOREX', 'CJGLS'],
])

/**
 * The courier of goods in escrow.
 *
 * @param code The code; any text is allowed. `LOGEN` and `KOREX`, which were merged into others, count as these.
 * @returns The courier; null for a code that is not documented.
 *
 * @example
 * ```ts
 * import { findEscrowCourier } from '@quayside/codes/couriers'
 *
 * console.log(findEscrowCourier('CJGLS')?.ko, findEscrowCourier('LOGEN')?.code) // CJ대한통운 KGB
 * ```
 */
export function findEscrowCourier(
  code: OpenCode<EscrowCourierCode>,
): Code<EscrowCourierCode> | null {
  const current = merged.get(code) ?? code
  return escrowCouriers.find((courier) => courier.code === current) ?? null
}

/**
 * The courier of an order of Naver Pay.
 *
 * @param code The code; any text is allowed.
 * @returns The courier; null for a code that is not documented.
 *
 * @example
 * ```ts
 * import { findNaverCourier } from '@quayside/codes/couriers'
 *
 * console.log(findNaverCourier('HANJIN')?.ko) // 한진택배
 * ```
 */
export function findNaverCourier(code: OpenCode<NaverCourierCode>): Code<NaverCourierCode> | null {
  return naverCouriers.find((courier) => courier.code === code) ?? null
}
