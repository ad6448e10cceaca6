import type { ChannelRules } from '../../model/channel-rules.ts'

/** What CHAI (closed) demands of a request. */
export const rules: ChannelRules = {
  pg: 'chai',
  name: { en: 'CHAI (closed)', ko: '차이' },
  page: 'iamport-manual en/General/sample/chai.md',
  methods: ['trans'],
  easyPay: [],
  methodsSource: 'iamport-manual en/General/sample/chai.md:24',
  currencies: null,
  languages: null,
  window: {
    pc: 'redirect',
    mobile: 'redirect',
    popup: null,
    source: 'iamport-manual en/General/sample/chai.md:19',
  },
  returnUrl: 'required',
  vbank: null,
  escrow: null,
  billingKey: {
    window: true,
    api: false,
    amount: 'displayed',
    methods: ['trans'],
    source: 'iamport-manual en/Subscription/sample/chai-request-billing-key.md:18-33',
  },
  returns: ['redirect_on_pc_too', 'callback_only_before_redirect'],
  rules: [
    {
      kind: 'required',
      parameter: 'm_redirect_url',
      strength: 'text',
      source: 'iamport-manual en/General/sample/chai.md:19',
    },
    {
      kind: 'required',
      parameter: 'pay_method',
      value: 'trans',
      strength: 'text',
      source: 'iamport-manual en/General/sample/chai.md:24',
    },
    {
      kind: 'required',
      parameter: 'customer_uid',
      when: 'intent=issue_key',
      strength: 'text',
      source: 'iamport-manual en/Subscription/sample/chai-request-billing-key.md:23',
    },
    {
      kind: 'forbidden',
      parameter: 'pay_method',
      except: ['trans'],
      strength: 'text',
      source: 'iamport-manual en/General/sample/chai.md:24',
    },
  ],
  needs: [],
}
