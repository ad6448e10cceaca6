import type { ChannelRules } from '../../model/channel-rules.ts'

/** What Smile Pay demands of a request. */
export const rules: ChannelRules = {
  pg: 'smilepay',
  name: { en: 'Smile Pay', ko: '스마일페이' },
  page: 'smilepay.mdx',
  methods: ['card'],
  easyPay: [],
  methodsSource: 'smilepay.mdx:78',
  currencies: null,
  languages: null,
  window: { pc: 'callback', mobile: 'redirect', popup: null, source: 'smilepay.mdx:24-25' },
  returnUrl: 'required_mobile',
  vbank: null,
  escrow: null,
  billingKey: {
    window: true,
    api: false,
    amount: 'unknown',
    methods: null,
    source: 'start/v1/non-auth.mdx:173',
  },
  returns: [],
  rules: [
    {
      kind: 'required',
      parameter: 'pay_method',
      strength: 'type',
      source: 'smilepay.mdx:74',
      contradicted: 'smilepay.mdx:30-40',
    },
    { kind: 'required', parameter: 'merchant_uid', strength: 'type', source: 'smilepay.mdx:80' },
    { kind: 'required', parameter: 'name', strength: 'type', source: 'smilepay.mdx:86' },
    { kind: 'required', parameter: 'amount', strength: 'type', source: 'smilepay.mdx:90' },
    { kind: 'required', parameter: 'buyer_tel', strength: 'text', source: 'smilepay.mdx:104-108' },
    {
      kind: 'required',
      parameter: 'm_redirect_url',
      when: 'device=mobile',
      strength: 'advice',
      source: 'smilepay.mdx:25; sdk payrq.mdx:332-338',
    },
  ],
  needs: [],
}
