import { dueIs, dueRequired, needs, noKeys } from './common-duties.ts'
import { type Duty, missing, wrong } from './duty.ts'

const readme = 'ksnet/readme'
const warning = 'ksnet/warning'
const direct = 'bypass.ksnet.easyPayDirect'
const easyPays = ['naverpay', 'kakaopay', 'payco', 'lpay']

/** What a card company demands whose own window is opened at once. */
const cardWindow: readonly Duty[] = [
  ...['storeDetails.businessName', 'storeDetails.businessRegistrationNumber'].map((param) =>
    needs(param, readme, {
      'card.direct.code': ['381', '041', '374', '371', '365', '367', '368', '366', '370'],
    }),
  ),
  needs('bypass.ksnet.url', readme, {
    'card.direct.code': ['041', '374', '371', '365', '367', '368', '366', '370'],
  }),
  ...['buyer_tel', 'bypass.ksnet.tcode'].map((param) =>
    needs(param, readme, {
      'card.direct.code': ['361', '369', '372', '364', '090'],
      device: ['mobile'],
    }),
  ),
  {
    param: 'currency',
    rule: { oneOf: ['KRW'] },
    when: { 'card.direct.code': [true] },
    text: wrong('currency'),
    source: warning,
  },
]

/** What an easy pay demands. */
const easyPay: readonly Duty[] = [
  needs('buyer_name', readme, { [direct]: ['true'] }),
  needs('storeDetails.businessName', readme, { [direct]: ['true'], pay_method: ['naverpay'] }),
  ...['ceoFullName', 'address', 'phoneNumber'].map((name) =>
    needs(`storeDetails.${name}`, warning, { pay_method: ['kakaopay'] }),
  ),
  ...['storeDetails.businessName', 'storeDetails.businessRegistrationNumber'].map((param) =>
    needs(param, readme, { [direct]: ['true'], pay_method: ['payco'] }),
  ),
  ...['buyer_email', 'buyer_tel'].map((param) =>
    needs(param, readme, { [direct]: ['true'], pay_method: ['kakaopay', 'payco'] }),
  ),
  {
    param: 'storeDetails.businessRegistrationNumber',
    rule: { matches: /^\d+$/ },
    text: wrong('storeDetails.businessRegistrationNumber'),
    source: readme,
  },
  {
    param: 'useFreeInterestFromMall',
    rule: 'absent',
    when: { pay_method: easyPays },
    text: wrong('useFreeInterestFromMall'),
    source: readme,
  },
  ...['tax_free', 'vat_amount'].map((param) => ({
    param,
    rule: 'absent' as const,
    when: { pay_method: ['vbank'] },
    text: wrong(param),
    source: warning,
  })),
]

/** KSNET. */
export const ksnetDuties: readonly Duty[] = [
  ...dueRequired(
    'ksnet/warning',
    missing('vbank_due'),
    dueIs('day', 'dashedDay', 'dayAndTime', 'dashedDayAndTime'),
  ),
  needs('buyer_email', 'ksnet/warning', { escrow: ['true'] }),
  needs('buyer_name', 'ksnet/readme', { 'card.direct.code': [true] }),
  {
    param: 'currency',
    rule: { oneOf: ['KRW', 'USD'] },
    text: wrong('currency'),
    source: 'ksnet/warning',
  },
  noKeys('ksnet/readme'),
  ...cardWindow,
  ...easyPay,
]
