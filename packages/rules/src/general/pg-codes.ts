import type { Finding } from '../words/sentences.ts'

/** Every code that a public list of the provider has. */
export const pgCodes: ReadonlySet<string> = new Set(
  (
    'html5_inicis inicis inicis_unified inicis_jp kcp kcp_billing kcp_quick kcp_v2 uplus tosspayments toss_brandpay nice ' +
    'nice_v2 kicc kicc_v2 danal danal_tpay mobilians mobilians_v2 settle settle_acc settle_firm daou ksnet smartro ' +
    'smartro_v2 welcome galaxia kpn hyphen kakaopay kakao naverpay naverco payco smilepay tosspay tosspay_v2 chai paypal ' +
    'paypal_v2 eximbay paymentwall payletter_global alipay bluewalnut jtnet payple syrup'
  ).split(' '),
)

/** Codes with which no new shop can open a payment window. */
export const retiredPgs: Readonly<Record<string, Pick<Finding, 'reason' | 'strength'>>> = {
  syrup: { reason: 'pg_retired', strength: 'refused' },
  chai: { reason: 'pg_retired', strength: 'advice' },
  kakao: { reason: 'pg_retired', strength: 'advice' },
  shinhan: { reason: 'pg_retired', strength: 'advice' },
  inicis: { reason: 'pg_without_window', strength: 'advice' },
  inicis_unified: { reason: 'pg_without_window', strength: 'advice' },
  kcp_v2: { reason: 'pg_without_window', strength: 'advice' },
}

/** Public test contracts, and what each is for. */
export const testContracts: Readonly<Record<string, 'once' | 'key' | 'any'>> = {
  'html5_inicis.INIpayTest': 'once',
  'html5_inicis.INIBillTst': 'key',
  'kakaopay.TC0ONETIME': 'once',
  'kakaopay.TCSUBSCRIP': 'key',
  'kcp.AO09C': 'any',
  'kcp.T0000': 'any',
  'kcp.A52CY': 'any',
  'danal_tpay.9810030929': 'any',
  'tosspay.tosstest': 'any',
  'uplus.tlgdacomxpay': 'any',
  'payco.PARTNERTEST': 'any',
  'settle.portone1': 'any',
  'nice.iamport00m': 'any',
}
