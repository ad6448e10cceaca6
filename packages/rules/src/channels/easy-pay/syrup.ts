import type { ChannelRules } from '../../model/channel-rules.ts'

/** What Syrup Pay (closed) demands of a request. */
export const rules: ChannelRules = {
  pg: 'syrup',
  name: { en: 'Syrup Pay (closed)', ko: '시럽페이' },
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
