/**
 * Banks: the three-digit codes of the Korea Financial Telecommunications and Clearings Institute (KFTC), which payments
 * and `GET /banks` use, and the codes that each PG expects as `refund_bank`.
 *
 * Sources: the provider's page of bank codes by PG (`opi/ko/support/code-info/pg-1`), and the description of
 * `GET /vbanks/holder` in its earlier API document.
 *
 * @packageDocumentation
 */

import type { Code, OpenCode } from './code.ts'

// [KFTC, Korean, English, KCP, Inicis, daou, PGs of three digits, nice_v2, welcome]
const bankRows = [
  ['002', 'KDB산업은행', 'Korea Development Bank', 'BK02', '02', null, '002', null, null],
  ['003', 'IBK기업은행', 'Industrial Bank of Korea', 'BK03', '03', '03', '003', '003', '003'],
  ['004', 'KB국민은행', 'KB Kookmin Bank', 'BK04', '04', '04', '004', '004', '004'],
  [
    '005',
    '외환은행(하나은행에 통합)',
    'Korea Exchange Bank (now Hana Bank)',
    null,
    null,
    '05',
    null,
    null,
    null,
  ],
  ['007', '수협은행', 'Suhyup Bank', 'BK07', '07', null, '007', null, '007'],
  ['011', 'NH농협은행', 'NongHyup Bank', 'BK11', '11', '08', '011', '011', null],
  [
    '012',
    '지역농·축협',
    'NongHyup and Chukhyup cooperatives',
    'BK12',
    '12',
    null,
    '012',
    null,
    null,
  ],
  ['020', '우리은행', 'Woori Bank', 'BK20', '20', '09', '020', '020', '020'],
  ['023', 'SC제일은행', 'SC First Bank', 'BK23', '23', '11', '023', '023', null],
  ['027', '한국씨티은행', 'Citibank Korea', 'BK27', '27', null, '027', null, null],
  [
    '031',
    'iM뱅크(옛 대구은행)',
    'iM Bank (formerly Daegu Bank)',
    'BK31',
    '31',
    null,
    '031',
    '031',
    '031',
  ],
  ['032', '부산은행', 'Busan Bank', 'BK32', '32', '15', '032', '032', '032'],
  ['034', '광주은행', 'Kwangju Bank', 'BK34', '34', null, '034', '034', '034'],
  ['035', '제주은행', 'Jeju Bank', null, null, null, null, null, null],
  ['037', '전북은행', 'Jeonbuk Bank', 'BK37', '37', null, '037', null, '037'],
  ['039', '경남은행', 'Kyongnam Bank', 'BK39', '39', null, '039', null, '039'],
  [
    '045',
    '새마을금고',
    'Korean Federation of Community Credit Cooperatives',
    'BK45',
    '45',
    null,
    '045',
    null,
    null,
  ],
  ['048', '신협', 'National Credit Union Federation', 'BK48', '48', null, '048', null, null],
  ['071', '우체국', 'Korea Post', 'BK71', '71', '31', '071', '071', null],
  ['081', '하나은행', 'Hana Bank', 'BK81', '81', '12', '081', '081', '081'],
  ['088', '신한은행', 'Shinhan Bank', 'BK88', '88', '10', '088', '088', '088'],
  ['089', '케이뱅크', 'K bank', 'BK89', '89', null, '089', '089', '089'],
  ['090', '카카오뱅크', 'KakaoBank', 'BK90', '90', null, '090', null, null],
  ['092', '토스뱅크', 'Toss Bank', 'BK92', '92', null, '092', null, null],
] as const

const brokerRows = [
  ['209', '유안타증권', 'Yuanta Securities'],
  ['218', 'KB증권(옛 현대증권)', 'KB Securities (formerly Hyundai Securities)'],
  ['230', '미래에셋증권', 'Mirae Asset Securities'],
  ['238', '대우증권', 'Daewoo Securities'],
  ['240', '삼성증권', 'Samsung Securities'],
  ['243', '한국투자증권', 'Korea Investment & Securities'],
  ['247', '우리투자증권', 'Woori Investment & Securities'],
  ['261', '교보증권', 'Kyobo Securities'],
  ['262', '하이투자증권', 'HI Investment & Securities'],
  ['263', 'HMC투자증권', 'HMC Investment Securities'],
  ['264', '키움증권', 'Kiwoom Securities'],
  ['265', '이베스트투자증권(옛 이트레이드증권)', 'eBEST Investment & Securities (formerly eTrade)'],
  ['266', 'SK증권', 'SK Securities'],
  ['267', '대신증권', 'Daishin Securities'],
  ['268', '솔로몬투자증권', 'Solomon Investment & Securities'],
  ['269', '한화투자증권', 'Hanwha Investment & Securities'],
  ['270', '하나증권', 'Hana Securities'],
  ['278', '신한투자증권', 'Shinhan Securities'],
  ['279', 'DB금융투자(옛 동부증권)', 'DB Financial Investment (formerly Dongbu)'],
  ['280', '유진투자증권', 'Eugene Investment & Securities'],
  ['287', '메리츠증권', 'Meritz Securities'],
  ['289', 'NH투자증권', 'NH Investment & Securities'],
  ['290', '부국증권', 'Bookook Securities'],
] as const

/** A documented KFTC code. */
export type BankCode = (typeof bankRows)[number][0] | (typeof brokerRows)[number][0]

const listed = {
  kcp: 0,
  html5_inicis: 1,
  inicis: 1,
  daou: 2,
  tosspayments: 3,
  uplus: 3,
  danal: 3,
  danal_tpay: 3,
  nice: 3,
  kicc: 3,
  smartro: 3,
  smartro_v2: 3,
  settle: 3,
  nice_v2: 4,
  welcome: 5,
} as const

/** A PG whose bank codes are documented. */
export type BankCodePg = keyof typeof listed

/** A bank, or a broker that holds accounts. */
export interface Bank extends Code<BankCode> {
  /** True for a securities firm (증권사), false for a bank. */
  readonly isBroker: boolean
}

/** Every documented bank and broker, by KFTC code. */
export const banks: readonly Bank[] = [
  ...bankRows.map(([code, ko, en]) => ({ code, ko, en, isBroker: false })),
  ...brokerRows.map(([code, ko, en]) => ({ code, ko, en, isBroker: true })),
]

/**
 * The bank of a KFTC code, such as a payment's `vbank_code`.
 *
 * @param code The code; any text is allowed.
 * @returns The bank; null for a code that is not documented.
 *
 * @example
 * ```ts
 * import { findBank } from '@quayside/codes/banks'
 *
 * console.log(findBank('004')?.ko) // KB국민은행
 * ```
 */
export function findBank(code: OpenCode<BankCode>): Bank | null {
  return banks.find((bank) => bank.code === code) ?? null
}

/**
 * The code by which a PG knows a bank, for `refund_bank`.
 *
 * @param pg The PG, as in `pg_provider`; any text is allowed.
 * @param code The KFTC code of the bank.
 * @returns The PG's code; null where none is documented: the PG does not take the bank, or its codes are not published.
 *
 * @example
 * ```ts
 * import { refundBankOf } from '@quayside/codes/banks'
 *
 * console.log(refundBankOf('kcp', '004'), refundBankOf('daou', '088')) // BK04 10
 * ```
 */
export function refundBankOf(pg: OpenCode<BankCodePg>, code: OpenCode<BankCode>): string | null {
  const column = new Map<string, number>(Object.entries(listed)).get(pg)
  const [, , , ...codes] = bankRows.find(([known]) => known === code) ?? []
  return column === undefined ? null : (codes[column] ?? null)
}
