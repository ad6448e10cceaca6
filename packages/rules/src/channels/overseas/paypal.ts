import type { ChannelRules } from '../../model/channel-rules.ts'

/** What PayPal Express Checkout (closed) demands of a request. */
export const rules: ChannelRules = {
  pg: 'paypal',
  name: { en: 'PayPal Express Checkout (closed)', ko: '페이팔(Express Checkout)' },
  page: 'paypal.mdx',
  methods: ['card'],
  easyPay: [],
  methodsSource: 'paypal.mdx:85',
  currencies: null,
  languages: null,
  window: { pc: 'redirect', mobile: 'redirect', popup: 'popup', source: 'paypal.mdx:28-29' },
  returnUrl: 'required',
  vbank: null,
  escrow: null,
  billingKey: { window: false, api: false, amount: null, methods: null, source: 'paypal.mdx:188' },
  returns: ['redirect_on_pc_too'],
  rules: [
    { kind: 'required', parameter: 'pay_method', strength: 'type', source: 'paypal.mdx:81' },
    { kind: 'required', parameter: 'merchant_uid', strength: 'type', source: 'paypal.mdx:87' },
    { kind: 'required', parameter: 'name', strength: 'type', source: 'paypal.mdx:93' },
    { kind: 'required', parameter: 'amount', strength: 'type', source: 'paypal.mdx:97' },
    { kind: 'required', parameter: 'currency', strength: 'type', source: 'paypal.mdx:123' },
    {
      kind: 'required',
      parameter: 'm_redirect_url',
      strength: 'text',
      source: 'paypal.mdx:129-133',
    },
    {
      kind: 'forbidden',
      parameter: 'currency',
      values: ['KRW'],
      strength: 'text',
      source: 'paypal.mdx:41',
    },
    { kind: 'forbidden', parameter: 'customer_uid', strength: 'text', source: 'paypal.mdx:188' },
    {
      kind: 'forbidden',
      parameter: 'optional.use_stc_api',
      when: '!contract:high_risk',
      strength: 'text',
      source: 'paypal.mdx:172',
    },
  ],
  needs: [],
}
