import type { ChannelRules } from '../../model/channel-rules.ts'

/** What NHN KCP recurring demands of a request. */
export const rules: ChannelRules = {
  pg: 'kcp_billing',
  name: { en: 'NHN KCP recurring', ko: 'NHN KCP 정기결제' },
  page: 'nhn-kcp/readme.mdx',
  methods: ['card'],
  easyPay: [],
  methodsSource: 'nhn-kcp/readme.mdx:601',
  currencies: null,
  languages: null,
  window: { pc: 'callback', mobile: 'redirect', popup: null, source: 'nhn-kcp/readme.mdx:586-589' },
  returnUrl: 'required_mobile',
  vbank: null,
  escrow: null,
  billingKey: {
    window: true,
    api: false,
    amount: 'displayed',
    methods: ['card'],
    source: 'nhn-kcp/readme.mdx:604,659',
  },
  returns: [],
  rules: [
    {
      kind: 'required',
      parameter: 'customer_uid',
      when: 'intent=issue_key',
      strength: 'type',
      source: 'nhn-kcp/readme.mdx:649',
    },
    {
      kind: 'required',
      parameter: 'amount',
      when: 'customer_uid',
      strength: 'type',
      source: 'nhn-kcp/readme.mdx:655',
    },
    {
      kind: 'required',
      parameter: 'customer_uid',
      strength: 'text',
      source: 'nhn-kcp/readme.mdx:591,605',
    },
    {
      kind: 'required',
      parameter: 'm_redirect_url',
      when: 'device=mobile',
      strength: 'text',
      source: 'nhn-kcp/readme.mdx:589; sdk payrq.mdx:332-338',
    },
    {
      kind: 'forbidden',
      parameter: 'pay_method',
      except: ['card'],
      when: 'customer_uid',
      strength: 'text',
      source: 'nhn-kcp/readme.mdx:601',
    },
  ],
  needs: [],
}
