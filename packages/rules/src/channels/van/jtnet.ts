import type { ChannelRules } from '../../model/channel-rules.ts'

/** What JTNet demands of a request. */
export const rules: ChannelRules = {
  pg: 'jtnet',
  name: { en: 'JTNet', ko: 'JTNet' },
  page: 'iamport-manual en/General/sample/jtnet.md',
  methods: ['card', 'trans', 'vbank', 'phone'],
  easyPay: [],
  methodsSource: 'iamport-manual en/General/sample/jtnet.md:25',
  currencies: null,
  languages: null,
  window: {
    pc: 'callback',
    mobile: 'redirect',
    popup: null,
    source: 'iamport-manual en/General/sample/jtnet.md:19',
  },
  returnUrl: 'required_mobile',
  vbank: {
    due: 'unknown',
    defaultDays: null,
    source: 'iamport-manual en/General/sample/jtnet.md:25',
  },
  escrow: null,
  billingKey: {
    window: true,
    api: true,
    amount: 'charged',
    methods: ['card'],
    source: 'iamport-manual en/Subscription/sample/jtnet-request-billing-key.md:5-30',
  },
  returns: [],
  rules: [
    {
      kind: 'required',
      parameter: 'm_redirect_url',
      when: 'device=mobile',
      strength: 'text',
      source: 'iamport-manual en/General/sample/jtnet.md:19; sdk payrq.mdx:332-338',
    },
    {
      kind: 'required',
      parameter: 'customer_uid',
      when: 'intent=issue_key',
      strength: 'text',
      source: 'iamport-manual en/Subscription/sample/jtnet-request-billing-key.md:27',
    },
    {
      kind: 'required',
      parameter: 'digital',
      when: 'pay_method=phone',
      strength: 'text',
      source: 'sdk payrq.mdx:311-316',
    },
    {
      kind: 'forbidden',
      parameter: 'pay_method',
      except: ['card'],
      when: 'customer_uid',
      strength: 'text',
      source: 'iamport-manual en/Subscription/sample/jtnet-request-billing-key.md:35',
    },
  ],
  needs: [],
}
