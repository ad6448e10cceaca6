import type { PaymentParameters } from '../model/context.ts'
import type { Finding } from '../words/sentences.ts'
import { distance } from './distance.ts'

/** Every parameter of a request that a page of the provider names. */
const parametersOfV1: readonly string[] = (
  'channelKey pg channelGroupId pay_method escrow products merchant_uid name amount tax_free vat_amount currency language ' +
  'buyer_name buyer_first_name buyer_last_name buyer_tel buyer_email buyer_addr buyer_postcode confirm_url notice_url ' +
  'custom_data customer_uid customer_id digital vbank_due vbank_holder m_redirect_url app_scheme biz_num display card ' +
  'useCardPoint useFreeInterestFromMall appCard phone period company company_en auth_mode bypass popup tier_code ' +
  'isPromotion promotion_id country storeDetails cvs kcpProducts kiccProducts niceMobileV2 naverProducts naverUseCfm ' +
  'naverPopupMode naverPurchaserName naverPurchaserBirthday naverCultureBenefit naverMerchantUserKey naverProductCode ' +
  'naverProductCount naverInterface naverV2 naverActionType kakaopayMobileAsPC optional use_test_method prefill ' +
  'order_description alipay_plus buyer_first_name_kana buyer_last_name_kana customerKey locale redirect_url ' +
  'isCulturalExpense cashReceiptType customerIdentifier'
).split(' ')

const known = new Set(parametersOfV1)

/** Parameters of `PortOne.requestPayment`, and what V1 has instead. */
const ofV2: Readonly<Record<string, string>> = {
  storeId: 'IMP.init',
  paymentId: 'merchant_uid',
  orderName: 'name',
  totalAmount: 'amount',
  payMethod: 'pay_method',
  customer: 'buyer_name, buyer_tel, buyer_email',
  redirectUrl: 'm_redirect_url',
  noticeUrls: 'notice_url',
  confirmUrl: 'confirm_url',
  customData: 'custom_data',
  appScheme: 'app_scheme',
  taxFreeAmount: 'tax_free',
  vatAmount: 'vat_amount',
  isTestChannel: 'channelKey',
  billingKey: 'customer_uid',
  issueId: 'merchant_uid',
  windowType: 'popup',
  virtualAccount: 'vbank_due',
  productType: 'digital',
}

const secrets =
  /^(imp|api|rest_?api|v2_?api)[_-]?(key|secret)$|^(imp|client)_secret$|secret_?key$|^secret$/i

const source = 'sdk payrq.mdx:16-26'

/** Names that mean something else than the page intended. */
export function findNames(parameters: PaymentParameters): readonly Finding[] {
  return Object.keys(parameters).flatMap((parameter): readonly Finding[] => {
    if (known.has(parameter)) return []
    if (secrets.test(parameter)) {
      return [{ parameter, reason: 'secret_in_page', strength: 'advice', source }]
    }
    const detail = Object.hasOwn(ofV2, parameter) ? ofV2[parameter] : undefined
    if (detail !== undefined) {
      return [{ parameter, reason: 'parameter_of_v2', strength: 'type', source, detail }]
    }
    const similar = similarTo(parameter)
    return similar === null
      ? []
      : [{ parameter, reason: 'parameter_unknown', strength: 'type', source, detail: similar }]
  })
}

/** Words that people use for a parameter of another name. */
const synonyms: Readonly<Record<string, string>> = {
  mredirecturi: 'm_redirect_url',
  mobileredirecturl: 'm_redirect_url',
  redirecturi: 'm_redirect_url',
  returnurl: 'm_redirect_url',
  buyerphone: 'buyer_tel',
  buyermobile: 'buyer_tel',
  buyerphonenumber: 'buyer_tel',
  buyeraddress: 'buyer_addr',
  buyerzipcode: 'buyer_postcode',
  buyermail: 'buyer_email',
  orderid: 'merchant_uid',
  merchantid: 'merchant_uid',
  price: 'amount',
  totalprice: 'amount',
  productname: 'name',
  ordername: 'name',
  webhookurl: 'notice_url',
  noticeurl: 'notice_url',
  paymethod: 'pay_method',
  paymentmethod: 'pay_method',
}

function similarTo(name: string): string | null {
  const plain = plainly(name)
  const synonym = Object.hasOwn(synonyms, plain) ? synonyms[plain] : undefined
  if (synonym !== undefined) return synonym
  const sameLetters = parametersOfV1.find((each) => plainly(each) === plain)
  if (sameLetters !== undefined) return sameLetters
  return (
    parametersOfV1.find((each) => plain.length > 5 && distance(plain, plainly(each)) <= 1) ?? null
  )
}

function plainly(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '')
}
