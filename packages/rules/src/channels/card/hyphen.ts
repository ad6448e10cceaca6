import type { ChannelRules } from '../../model/channel-rules.ts'

/** What Hyphen demands of a request. */
export const rules: ChannelRules = {
  pg: 'hyphen',
  name: { en: 'Hyphen', ko: '하이픈' },
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
