import type { ChannelRules } from '../model/channel-rules.ts'
import { rules as bluewalnut } from './card/bluewalnut.ts'
import { rules as html5_inicis } from './card/html5_inicis.ts'
import { rules as hyphen } from './card/hyphen.ts'
import { rules as inicis } from './card/inicis.ts'
import { rules as kcp } from './card/kcp.ts'
import { rules as kcp_billing } from './card/kcp_billing.ts'
import { rules as kcp_quick } from './card/kcp_quick.ts'
import { rules as kcp_v2 } from './card/kcp_v2.ts'
import { rules as tosspayments } from './card/tosspayments.ts'
import { rules as uplus } from './card/uplus.ts'
import { rules as welcome } from './card/welcome.ts'
import { rules as chai } from './easy-pay/chai.ts'
import { rules as kakao } from './easy-pay/kakao.ts'
import { rules as kakaopay } from './easy-pay/kakaopay.ts'
import { rules as naverco } from './easy-pay/naverco.ts'
import { rules as naverpay } from './easy-pay/naverpay.ts'
import { rules as payco } from './easy-pay/payco.ts'
import { rules as smilepay } from './easy-pay/smilepay.ts'
import { rules as syrup } from './easy-pay/syrup.ts'
import { rules as toss_brandpay } from './easy-pay/toss_brandpay.ts'
import { rules as tosspay } from './easy-pay/tosspay.ts'
import { rules as tosspay_v2 } from './easy-pay/tosspay_v2.ts'
import { rules as alipay } from './overseas/alipay.ts'
import { rules as eximbay } from './overseas/eximbay.ts'
import { rules as inicis_jp } from './overseas/inicis_jp.ts'
import { rules as kicc_v2 } from './overseas/kicc_v2.ts'
import { rules as payletter_global } from './overseas/payletter_global.ts'
import { rules as paymentwall } from './overseas/paymentwall.ts'
import { rules as paypal } from './overseas/paypal.ts'
import { rules as paypal_v2 } from './overseas/paypal_v2.ts'
import { rules as danal } from './phone-and-account/danal.ts'
import { rules as danal_tpay } from './phone-and-account/danal_tpay.ts'
import { rules as daou } from './phone-and-account/daou.ts'
import { rules as galaxia } from './phone-and-account/galaxia.ts'
import { rules as mobilians } from './phone-and-account/mobilians.ts'
import { rules as mobilians_v2 } from './phone-and-account/mobilians_v2.ts'
import { rules as payple } from './phone-and-account/payple.ts'
import { rules as settle } from './phone-and-account/settle.ts'
import { rules as settle_acc } from './phone-and-account/settle_acc.ts'
import { rules as settle_firm } from './phone-and-account/settle_firm.ts'
import { rules as jtnet } from './van/jtnet.ts'
import { rules as kicc } from './van/kicc.ts'
import { rules as kpn } from './van/kpn.ts'
import { rules as ksnet } from './van/ksnet.ts'
import { rules as nice } from './van/nice.ts'
import { rules as nice_v2 } from './van/nice_v2.ts'
import { rules as smartro } from './van/smartro.ts'
import { rules as smartro_v2 } from './van/smartro_v2.ts'

/** The rules of every PG, by its code. */
export const channels: Readonly<Record<string, ChannelRules>> = {
  alipay,
  bluewalnut,
  chai,
  danal,
  danal_tpay,
  daou,
  eximbay,
  galaxia,
  html5_inicis,
  hyphen,
  inicis,
  inicis_jp,
  jtnet,
  kakao,
  kakaopay,
  kcp,
  kcp_billing,
  kcp_quick,
  kcp_v2,
  kicc,
  kicc_v2,
  kpn,
  ksnet,
  mobilians,
  mobilians_v2,
  naverco,
  naverpay,
  nice,
  nice_v2,
  payco,
  payletter_global,
  paymentwall,
  paypal,
  paypal_v2,
  payple,
  settle,
  settle_acc,
  settle_firm,
  smartro,
  smartro_v2,
  smilepay,
  syrup,
  toss_brandpay,
  tosspay,
  tosspay_v2,
  tosspayments,
  uplus,
  welcome,
}
