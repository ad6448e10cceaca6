import type { ChannelRules } from '../model/channel-rules.ts'

const loaders: Readonly<Record<string, () => Promise<{ readonly rules: ChannelRules }>>> = {
  alipay: () => import('./overseas/alipay.ts'),
  bluewalnut: () => import('./card/bluewalnut.ts'),
  chai: () => import('./easy-pay/chai.ts'),
  danal: () => import('./phone-and-account/danal.ts'),
  danal_tpay: () => import('./phone-and-account/danal_tpay.ts'),
  daou: () => import('./phone-and-account/daou.ts'),
  eximbay: () => import('./overseas/eximbay.ts'),
  galaxia: () => import('./phone-and-account/galaxia.ts'),
  html5_inicis: () => import('./card/html5_inicis.ts'),
  hyphen: () => import('./card/hyphen.ts'),
  inicis: () => import('./card/inicis.ts'),
  inicis_jp: () => import('./overseas/inicis_jp.ts'),
  jtnet: () => import('./van/jtnet.ts'),
  kakao: () => import('./easy-pay/kakao.ts'),
  kakaopay: () => import('./easy-pay/kakaopay.ts'),
  kcp: () => import('./card/kcp.ts'),
  kcp_billing: () => import('./card/kcp_billing.ts'),
  kcp_quick: () => import('./card/kcp_quick.ts'),
  kcp_v2: () => import('./card/kcp_v2.ts'),
  kicc: () => import('./van/kicc.ts'),
  kicc_v2: () => import('./overseas/kicc_v2.ts'),
  kpn: () => import('./van/kpn.ts'),
  ksnet: () => import('./van/ksnet.ts'),
  mobilians: () => import('./phone-and-account/mobilians.ts'),
  mobilians_v2: () => import('./phone-and-account/mobilians_v2.ts'),
  naverco: () => import('./easy-pay/naverco.ts'),
  naverpay: () => import('./easy-pay/naverpay.ts'),
  nice: () => import('./van/nice.ts'),
  nice_v2: () => import('./van/nice_v2.ts'),
  payco: () => import('./easy-pay/payco.ts'),
  payletter_global: () => import('./overseas/payletter_global.ts'),
  paymentwall: () => import('./overseas/paymentwall.ts'),
  paypal: () => import('./overseas/paypal.ts'),
  paypal_v2: () => import('./overseas/paypal_v2.ts'),
  payple: () => import('./phone-and-account/payple.ts'),
  settle: () => import('./phone-and-account/settle.ts'),
  settle_acc: () => import('./phone-and-account/settle_acc.ts'),
  settle_firm: () => import('./phone-and-account/settle_firm.ts'),
  smartro: () => import('./van/smartro.ts'),
  smartro_v2: () => import('./van/smartro_v2.ts'),
  smilepay: () => import('./easy-pay/smilepay.ts'),
  syrup: () => import('./easy-pay/syrup.ts'),
  toss_brandpay: () => import('./easy-pay/toss_brandpay.ts'),
  tosspay: () => import('./easy-pay/tosspay.ts'),
  tosspay_v2: () => import('./easy-pay/tosspay_v2.ts'),
  tosspayments: () => import('./card/tosspayments.ts'),
  uplus: () => import('./card/uplus.ts'),
  welcome: () => import('./card/welcome.ts'),
}

/**
 * Loads the rules of one PG and of no other, for a page that learns the PG of its channel while it runs.
 *
 * @param pg The code of the PG, such as `kcp`, or what `pg` has: `kcp.AO09C`.
 * @returns Null for a code without rules.
 *
 * @example
 * ```ts
 * import { loadRules } from '@quayside/rules/load'
 *
 * const rules = await loadRules('kcp.AO09C')
 * console.log(rules?.name.ko) // NHN KCP
 * ```
 */
export async function loadRules(pg: string): Promise<ChannelRules | null> {
  const [code = ''] = pg.split('.')
  const load = Object.hasOwn(loaders, code) ? loaders[code] : undefined
  return load === undefined ? null : (await load()).rules
}
