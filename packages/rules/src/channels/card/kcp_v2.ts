import type { ChannelRules } from '../../model/channel-rules.ts'

/** What NHN KCP (new) demands of a request. */
export const rules: ChannelRules = {
  pg: 'kcp_v2',
  name: { en: 'NHN KCP (new)', ko: 'NHN KCP(신모듈)' },
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
