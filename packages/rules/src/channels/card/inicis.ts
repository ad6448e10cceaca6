import type { ChannelRules } from '../../model/channel-rules.ts'

/** What KG INICIS (old window, API key-in and billing, card identity) demands of a request. */
export const rules: ChannelRules = {
  pg: 'inicis',
  name: {
    en: 'KG INICIS (old window, API key-in and billing, card identity)',
    ko: 'KG이니시스(구 ActiveX / API)',
  },
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
  billingKey: {
    window: false,
    api: true,
    amount: null,
    methods: null,
    source: 'sdk payrq.mdx:45; inicis.mdx:336',
  },
  returns: [],
  rules: [],
  needs: [],
}
