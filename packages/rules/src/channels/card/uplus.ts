import type { ChannelRules } from '../../model/channel-rules.ts'

/** What Toss Payments (old, LG U+) demands of a request. */
export const rules: ChannelRules = {
  pg: 'uplus',
  name: { en: 'Toss Payments (old, LG U+)', ko: '토스페이먼츠(구모듈)' },
  page: 'toss.mdx',
  methods: ['card', 'trans', 'vbank', 'phone', 'cultureland', 'smartculture', 'booknlife'],
  easyPay: ['applepay', 'tosspay', 'naverpay', 'kakaopay', 'lpay', 'payco', 'samsung'],
  methodsSource: 'toss.mdx:86-99',
  currencies: null,
  languages: ['ko', 'en'],
  window: { pc: 'callback', mobile: 'redirect', popup: null, source: 'toss.mdx:28-30' },
  returnUrl: 'required_mobile',
  vbank: { due: 'optional', defaultDays: null, source: 'toss.mdx:145-149' },
  escrow: { methods: 'unknown', source: 'toss.mdx:137' },
  billingKey: {
    window: false,
    api: 'unknown',
    amount: null,
    methods: null,
    source: 'support/code-info/pg-2.mdx',
  },
  returns: ['ipad_seen_as_mobile'],
  rules: [
    { kind: 'required', parameter: 'pay_method', strength: 'type', source: 'toss.mdx:82' },
    { kind: 'required', parameter: 'merchant_uid', strength: 'type', source: 'toss.mdx:101' },
    { kind: 'required', parameter: 'name', strength: 'type', source: 'toss.mdx:107' },
    { kind: 'required', parameter: 'amount', strength: 'type', source: 'toss.mdx:111' },
    {
      kind: 'required',
      parameter: 'm_redirect_url',
      when: 'device=mobile',
      strength: 'text',
      source: 'toss.mdx:30; sdk payrq.mdx:332-338',
    },
    {
      kind: 'required',
      parameter: 'digital',
      when: 'pay_method=phone',
      strength: 'text',
      source: 'sdk payrq.mdx:311-316',
    },
    {
      kind: 'date',
      parameter: 'vbank_due',
      formats: ['YYYYMMDD', 'YYYYMMDDHHmmss'],
      when: 'pay_method=vbank',
      strength: 'advice',
      source: 'toss.mdx:149',
    },
  ],
  needs: [],
}
