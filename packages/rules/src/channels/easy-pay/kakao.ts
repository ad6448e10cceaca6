import type { ChannelRules } from '../../model/channel-rules.ts'

/** What Kakao Pay (old LG CNS) demands of a request. */
export const rules: ChannelRules = {
  pg: 'kakao',
  name: { en: 'Kakao Pay (old LG CNS)', ko: '카카오페이(구 LG CNS)' },
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
