import type { ChannelRules } from '../../model/channel-rules.ts'

/** What NICE Payments (old) demands of a request. */
export const rules: ChannelRules = {
  pg: 'nice',
  name: { en: 'NICE Payments (old)', ko: '나이스정보통신(구모듈)' },
  page: 'nice.mdx',
  methods: ['card', 'trans', 'vbank', 'phone'],
  easyPay: ['kakaopay'],
  methodsSource: 'nice.mdx:88-92',
  currencies: ['KRW', 'USD'],
  languages: ['ko', 'en', 'zh'],
  window: { pc: 'callback', mobile: 'redirect', popup: null, source: 'nice.mdx:29-31' },
  returnUrl: 'required_mobile',
  vbank: { due: 'optional', defaultDays: 30, source: 'nice.mdx:138-142' },
  escrow: { methods: 'unknown', source: 'nice.mdx:174' },
  billingKey: { window: false, api: true, amount: null, methods: null, source: 'nice.mdx:245-302' },
  returns: [],
  rules: [
    { kind: 'required', parameter: 'pay_method', strength: 'type', source: 'nice.mdx:84' },
    { kind: 'required', parameter: 'merchant_uid', strength: 'type', source: 'nice.mdx:94' },
    { kind: 'required', parameter: 'name', strength: 'type', source: 'nice.mdx:100' },
    { kind: 'required', parameter: 'amount', strength: 'type', source: 'nice.mdx:104' },
    {
      kind: 'required',
      parameter: 'm_redirect_url',
      when: 'device=mobile',
      strength: 'text',
      source: 'nice.mdx:31; sdk payrq.mdx:332-338',
    },
    {
      kind: 'required',
      parameter: 'digital',
      when: 'pay_method=phone',
      strength: 'text',
      source: 'sdk payrq.mdx:311-316',
    },
    { kind: 'forbidden', parameter: 'customer_uid', strength: 'text', source: 'nice.mdx:300' },
    {
      kind: 'date',
      parameter: 'vbank_due',
      formats: ['YYYYMMDD', 'YYYYMMDDHHmm', 'YYYYMMDDHHmmss'],
      when: 'pay_method=vbank',
      strength: 'advice',
      source: 'nice.mdx:142',
    },
  ],
  needs: [],
}
