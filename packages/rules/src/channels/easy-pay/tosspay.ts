import type { ChannelRules } from '../../model/channel-rules.ts'

/** What Toss Pay (old) demands of a request. */
export const rules: ChannelRules = {
  pg: 'tosspay',
  name: { en: 'Toss Pay (old)', ko: '토스페이(tosspay)' },
  page: 'tosspay.mdx',
  methods: ['card'],
  easyPay: [],
  methodsSource: 'tosspay.mdx:83',
  currencies: null,
  languages: null,
  window: { pc: 'callback', mobile: 'redirect', popup: 'popup', source: 'tosspay.mdx:26-28' },
  returnUrl: 'required_mobile',
  vbank: null,
  escrow: null,
  billingKey: { window: false, api: false, amount: null, methods: null, source: 'tosspay.mdx:13' },
  returns: [],
  rules: [
    { kind: 'required', parameter: 'name', strength: 'type', source: 'tosspay.mdx:85' },
    { kind: 'required', parameter: 'merchant_uid', strength: 'type', source: 'tosspay.mdx:89' },
    { kind: 'required', parameter: 'amount', strength: 'type', source: 'tosspay.mdx:95' },
    {
      kind: 'required',
      parameter: 'm_redirect_url',
      when: 'device=mobile',
      strength: 'text',
      source: 'tosspay.mdx:28; sdk payrq.mdx:332-338',
    },
    { kind: 'forbidden', parameter: 'customer_uid', strength: 'text', source: 'tosspay.mdx:13' },
    {
      kind: 'forbidden',
      parameter: 'pay_method',
      except: ['card'],
      strength: 'text',
      source: 'tosspay.mdx:83',
    },
  ],
  needs: [],
}
