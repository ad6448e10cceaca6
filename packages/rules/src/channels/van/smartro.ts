import type { ChannelRules } from '../../model/channel-rules.ts'

/** What Smartro (old) demands of a request. */
export const rules: ChannelRules = {
  pg: 'smartro',
  name: { en: 'Smartro (old)', ko: '스마트로(구모듈)' },
  page: 'smartro.mdx',
  methods: ['card', 'trans', 'vbank'],
  easyPay: [],
  methodsSource: 'smartro.mdx:85-87',
  currencies: null,
  languages: ['ko', 'en'],
  window: { pc: 'callback', mobile: 'redirect', popup: null, source: 'smartro.mdx:28-30' },
  returnUrl: 'required_mobile',
  vbank: { due: 'optional', defaultDays: null, source: 'smartro.mdx:143' },
  escrow: { methods: 'unknown', source: 'smartro.mdx:125' },
  billingKey: {
    window: false,
    api: 'unknown',
    amount: null,
    methods: null,
    source: 'support/code-info/pg-2.mdx',
  },
  returns: [],
  rules: [
    { kind: 'required', parameter: 'pay_method', strength: 'type', source: 'smartro.mdx:81' },
    { kind: 'required', parameter: 'merchant_uid', strength: 'type', source: 'smartro.mdx:89' },
    { kind: 'required', parameter: 'name', strength: 'type', source: 'smartro.mdx:95' },
    { kind: 'required', parameter: 'amount', strength: 'type', source: 'smartro.mdx:99' },
    {
      kind: 'required',
      parameter: 'm_redirect_url',
      when: 'device=mobile',
      strength: 'text',
      source: 'smartro.mdx:30; sdk payrq.mdx:332-338',
    },
    {
      kind: 'date',
      parameter: 'period.from',
      formats: ['YYYYMMDD'],
      strength: 'text',
      source: 'smartro.mdx:147-158',
    },
    {
      kind: 'date',
      parameter: 'period.to',
      formats: ['YYYYMMDD'],
      strength: 'text',
      source: 'smartro.mdx:147-158',
    },
  ],
  needs: [],
}
