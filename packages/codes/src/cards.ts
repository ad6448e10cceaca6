/**
 * Card companies: `card_code` of payments, `card.direct.code` of requests, and what `GET /cards` lists.
 *
 * Sources: the provider's pages of card codes (`opi/ko/support/code-info/card-code`, `…/portone-code`); for `050` and
 * the own cards of Woori the published type definitions of the browser script; the PG page `daou`.
 *
 * @packageDocumentation
 */

import { type Code, type OpenCode, toCode } from './code.ts'

const rows = [
  ['361', 'BC카드', 'BC Card'],
  ['381', 'KB국민카드', 'KB Kookmin Card'],
  ['367', '현대카드', 'Hyundai Card'],
  ['365', '삼성카드', 'Samsung Card'],
  ['368', '롯데카드', 'Lotte Card'],
  ['371', 'NH농협카드', 'NH NongHyup Card'],
  ['041', '우리카드', 'Woori Card'],
  ['374', '하나카드(옛 하나SK카드)', 'Hana Card (formerly Hana SK Card)'],
  ['045', '새마을금고', 'Korean Federation of Community Credit Cooperatives'],
  ['373', '제주카드', 'Jeju Card'],
  ['364', '광주카드', 'Kwangju Card'],
  ['366', '신한카드', 'Shinhan Card'],
  ['002', 'KDB산업은행', 'Korea Development Bank'],
  ['369', '수협카드', 'Suhyup Card'],
  ['048', '신협', 'National Credit Union Federation'],
  ['370', '씨티카드', 'Citi Card'],
  ['071', '우체국', 'Korea Post'],
  ['089', '케이뱅크', 'K bank'],
  ['372', '전북카드', 'Jeonbuk Card'],
  ['090', '카카오뱅크', 'KakaoBank'],
  ['050', '저축은행', 'Savings banks'],
  ['092', '토스뱅크', 'Toss Bank'],
  ['10001', '해외 은련', 'Foreign UnionPay'],
  ['10002', '해외 다이너스', 'Foreign Diners Club'],
  ['10003', '해외 아멕스', 'Foreign American Express'],
  ['10004', '해외 마스터', 'Foreign Mastercard'],
  ['10005', '해외 비자', 'Foreign Visa'],
  ['10006', '해외 JCB', 'Foreign JCB'],
] as const

/** A documented code of a card company. */
export type CardCode = (typeof rows)[number][0]

/** Every documented card company. */
export const cards: readonly Code<CardCode>[] = rows.map(toCode)

const earlier: ReadonlyMap<string, CardCode> = new Map([
  ['UNI', '10001'],
  ['DIN', '10002'],
  ['AMX', '10003'],
  ['MAS', '10004'],
  ['VIS', '10005'],
  ['JCB', '10006'],
])

/**
 * The card company of a code, such as a payment's `card_code`. Codes that earlier payments carry (`VIS`) count, too.
 *
 * @param code The code; any text is allowed.
 * @returns The company; null for a code that is not documented.
 *
 * @example
 * ```ts
 * import { findCard } from '@quayside/codes/cards'
 *
 * console.log(findCard('366')?.ko, findCard('VIS')?.en) // 신한카드 Foreign Visa
 * ```
 */
export function findCard(code: OpenCode<CardCode>): Code<CardCode> | null {
  const current = earlier.get(code) ?? code
  return cards.find((card) => card.code === current) ?? null
}

const daouRows = [
  ['CCBC', 'BC카드', 'BC Card', '361'],
  ['CCKM', 'KB국민카드', 'KB Kookmin Card', '381'],
  ['CCCJ', '제주은행', 'Jeju Bank', '373'],
  ['CCLG', '신한카드', 'Shinhan Card', '366'],
  ['CCCT', '씨티카드', 'Citi Card', '370'],
  ['CCLO', '롯데카드', 'Lotte Card', '368'],
  ['CCCU', '신협', 'National Credit Union Federation', '048'],
  ['CCMG', '새마을금고', 'Korean Federation of Community Credit Cooperatives', '045'],
  ['CCDI', '현대카드', 'Hyundai Card', '367'],
  ['CCNH', 'NH농협카드', 'NH NongHyup Card', '371'],
  ['CCHD', '현대증권', 'Hyundai Securities', null],
  ['CCPH', '우리카드', 'Woori Card', '041'],
  ['CCHN', '하나카드(옛 하나SK카드)', 'Hana Card (formerly Hana SK Card)', '374'],
  ['CCPO', '우체국', 'Korea Post', '071'],
  ['CCJB', '전북은행', 'Jeonbuk Bank', '372'],
  ['CCSB', '저축은행', 'Savings banks', '050'],
  ['CCKA', '카카오뱅크', 'KakaoBank', '090'],
  ['CCSS', '삼성카드', 'Samsung Card', '365'],
  ['CCKD', 'KDB산업은행', 'Korea Development Bank', '002'],
  ['CCSU', '수협', 'Suhyup', '369'],
  ['CCKE', '하나은행', 'Hana Bank', null],
  ['CCTS', '토스뱅크', 'Toss Bank', '092'],
  ['CCKJ', '광주은행', 'Kwangju Bank', '364'],
] as const

/** A card company in the instalment settings of Kiwoom Pay (`daou`). */
export interface DaouCard extends Code<(typeof daouRows)[number][0]> {
  /** The same company's general code; null where it has none. */
  readonly card: CardCode | null
}

/** The codes of Kiwoom Pay's instalment settings (`CCBC-0:2:3^CCKM-…`). */
export const daouCards: readonly DaouCard[] = daouRows.map(([code, ko, en, card]) => ({
  code,
  ko,
  en,
  card,
}))
