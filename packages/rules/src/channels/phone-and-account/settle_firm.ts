import type { ChannelRules } from '../../model/channel-rules.ts'

/** What Hecto firm banking demands of a request. */
export const rules: ChannelRules = {
  pg: 'settle_firm',
  name: { en: 'Hecto firm banking', ko: '헥토파이낸셜 펌뱅킹' },
  page: null,
  methods: null,
  easyPay: [],
  methodsSource: 'sdk payrq.mdx:16-77',
  currencies: null,
  languages: null,
  window: { pc: 'unknown', mobile: 'unknown', popup: null, source: 'sdk payrq.mdx:16-77' },
  returnUrl: 'unknown',
  vbank: null,
  escrow: null,
  billingKey: null,
  returns: [],
  rules: [],
  needs: [],
}
