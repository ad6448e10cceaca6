import type { ChannelRules } from '../../model/channel-rules.ts'

/** What Alipay direct (through NICE) demands of a request. */
export const rules: ChannelRules = {
  pg: 'alipay',
  name: { en: 'Alipay direct (through NICE)', ko: '알리페이(직연동)' },
  page: 'iamport-manual en/General/sample/alipay.md',
  methods: null,
  easyPay: [],
  methodsSource: 'iamport-manual en/General/sample/alipay.md:27,33',
  currencies: ['USD', 'KRW'],
  languages: null,
  window: {
    pc: 'redirect',
    mobile: 'redirect',
    popup: null,
    source: 'iamport-manual en/General/sample/alipay.md:22',
  },
  returnUrl: 'required',
  vbank: null,
  escrow: null,
  billingKey: null,
  returns: ['redirect_on_pc_too'],
  rules: [
    {
      kind: 'required',
      parameter: 'm_redirect_url',
      strength: 'text',
      source: 'iamport-manual en/General/sample/alipay.md:22',
    },
  ],
  needs: [{ need: 'contract', source: 'iamport-manual en/General/sample/alipay.md:10' }],
}
