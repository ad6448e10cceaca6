/** Where an app can be installed from. */
export interface StoreIds {
  /** The package on Android. */
  readonly android: string
  /** The number in the App Store; null where it is not known. */
  readonly ios: string | null
}

/** The apps of banks, cards and wallets that payment windows open most often, by their scheme. */
export const paymentApps: Readonly<Record<string, StoreIds>> = {
  ispmobile: { android: 'kvp.jjy.MispAndroid320', ios: '369125087' },
  'kftc-bankpay': { android: 'com.kftc.bankpay.android', ios: '398456030' },
  hdcardappcardansimclick: { android: 'com.hyundaicard.appcard', ios: '702653088' },
  'shinhan-sr-ansimclick': { android: 'com.shcard.smartpay', ios: '572462317' },
  'kb-acp': { android: 'com.kbcard.cxh.appcard', ios: '695436326' },
  'mpocket.online.ansimclick': { android: 'kr.co.samsungcard.mpocket', ios: '535125356' },
  lottesmartpay: { android: 'com.lotte.lottesmartpay', ios: '668497947' },
  lotteappcard: { android: 'com.lcacApp', ios: '688047200' },
  lpayapp: { android: 'com.lotte.lpay', ios: '1036098908' },
  cloudpay: { android: 'com.hanaskcard.paycla', ios: '847268987' },
  citimobileapp: { android: 'kr.co.citibank.citimobile', ios: '1179759666' },
  nhallonepayansimclick: { android: 'nh.smart.nhallonepay', ios: '1177889176' },
  wooripay: { android: 'com.wooricard.wpay', ios: null },
  payco: { android: 'com.nhnent.payapp', ios: '924292102' },
  kakaotalk: { android: 'com.kakao.talk', ios: '362057947' },
  supertoss: { android: 'viva.republica.toss', ios: '839333328' },
  shinsegaeeasypayment: {
    android: 'com.ssg.serviceapp.android.egiftcertificate',
    ios: '666237916',
  },
}
