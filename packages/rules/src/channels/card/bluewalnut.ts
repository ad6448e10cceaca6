import type { ChannelRules } from '../../model/channel-rules.ts'

/** What Blue Walnut demands of a request. */
export const rules: ChannelRules = {
  pg: 'bluewalnut',
  name: { en: 'Blue Walnut', ko: '블루월넛' },
  page: 'blue.mdx',
  methods: ['card', 'trans', 'vbank', 'phone'],
  easyPay: [],
  methodsSource: 'blue.mdx:75-78',
  currencies: null,
  languages: null,
  window: { pc: 'callback', mobile: 'redirect', popup: null, source: 'blue.mdx:19-21' },
  returnUrl: 'required_mobile',
  vbank: { due: 'unknown', defaultDays: null, source: 'blue.mdx:75-78' },
  escrow: null,
  billingKey: { window: false, api: false, amount: null, methods: null, source: 'blue.mdx:131' },
  returns: [],
  rules: [
    { kind: 'required', parameter: 'pay_method', strength: 'type', source: 'blue.mdx:71' },
    { kind: 'required', parameter: 'merchant_uid', strength: 'type', source: 'blue.mdx:80' },
    { kind: 'required', parameter: 'name', strength: 'type', source: 'blue.mdx:86' },
    { kind: 'required', parameter: 'amount', strength: 'type', source: 'blue.mdx:90' },
    {
      kind: 'required',
      parameter: 'm_redirect_url',
      when: 'device=mobile',
      strength: 'advice',
      source: 'blue.mdx:21; sdk payrq.mdx:332-338',
    },
    {
      kind: 'required',
      parameter: 'digital',
      when: 'pay_method=phone',
      strength: 'text',
      source: 'sdk payrq.mdx:311-316',
    },
    { kind: 'forbidden', parameter: 'customer_uid', strength: 'text', source: 'blue.mdx:131' },
  ],
  needs: [],
}
