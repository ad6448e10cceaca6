import { isGiven } from '../engine/path.ts'
import type { PaymentParameters } from '../model/context.ts'
import type { Finding } from '../words/sentences.ts'

const switches = [
  'escrow',
  'digital',
  'popup',
  'appCard',
  'useCardPoint',
  'useFreeInterestFromMall',
  'naverPopupMode',
  'naverCultureBenefit',
  'niceMobileV2',
  'kakaopayMobileAsPC',
  'isPromotion',
]
const texts = [
  'channelKey',
  'pg',
  'pay_method',
  'merchant_uid',
  'name',
  'currency',
  'language',
  'buyer_name',
  'buyer_tel',
  'buyer_email',
  'buyer_postcode',
  'customer_uid',
  'customer_id',
  'vbank_due',
  'm_redirect_url',
  'app_scheme',
  'biz_num',
]
const source = 'sdk payrq.mdx:16-26'

/** Values of another type than the parameter has. */
export function findKinds(parameters: PaymentParameters): readonly Finding[] {
  return [
    ...switches
      .filter((name) => typeof parameters[name] === 'string' && parameters[name] !== '')
      .map(
        (parameter): Finding => ({
          parameter,
          reason: 'boolean_as_text',
          strength: 'type',
          source,
        }),
      ),
    ...texts
      .filter((name) => isGiven(parameters[name]) && typeof parameters[name] !== 'string')
      .map(
        (parameter): Finding => ({ parameter, reason: 'text_expected', strength: 'type', source }),
      ),
  ]
}
