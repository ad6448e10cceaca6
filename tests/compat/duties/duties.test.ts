// What the provider's pages call mandatory, against what the simulator refuses: no code is shared between the two.
import { createSimulator } from '@quayside/simulator'
import { describe, expect, it } from 'vitest'
import { cases, documentedCount, facts, toText } from './documented-cases.ts'
import { type DocumentedRequest, without } from './documented-request.ts'

function open(pg: string, { device, params }: DocumentedRequest): string | null {
  const channel = { pg_provider: pg, pg_id: 'MID', channel_key: 'channel-key-1', store_id: 's1' }
  const simulator = createSimulator({
    seed: 1,
    duties: 'all',
    channels: [{ ...channel, type: 'payment', sandbox: true, module: 'legacy' }],
  })
  const opened = simulator.paymentWindow.open({
    user_code: 'imp00000000',
    device,
    user_agent: '',
    params,
  })
  return opened.ok ? null : opened.error_msg
}

describe('what a page of the provider calls mandatory, the simulator demands', () => {
  it.each(cases)('$pg: $path ($when)', ({ pg, path, request }) => {
    expect([request, open(pg, request)]).toEqual([request, null])
    expect(open(pg, without(request, path))).not.toBeNull()
  })

  it('and no fact is left out but those that no parameter expresses', () => {
    const covered = new Set(cases.map(({ fact }) => fact))
    expect(facts.filter((fact) => !covered.has(fact)).map(toText)).toMatchInlineSnapshot(`
      [
        "html5_inicis: ini_PAYSHOT_KEY (feature=hyundai_payshot & device=pc)",
        "html5_inicis: P_PAYSHOT_KEY (feature=hyundai_payshot & device=mobile)",
        "kcp: kcpProducts[].orderNumber,name,quantity,amount (escrow=true & feature=several_items)",
        "kcp_quick: same customer_uid+encryptedCI+memberID+deviceID+noAuth as at Register (bypass.kcpQuick.actionType=Deregister)",
        "kcp_quick: REST pre-registration (kcpquick prepare) (bypass.kcpQuick.actionType=SignUp|Leave|PrepaidRefundAccount|PrepaidRefund|PrepaidLimitRaise|PrepaidKYC|PrepaidAuth)",
        "nice_v2: latest SDK script (always)",
        "tosspayments: latest SDK script (always)",
        "kicc_v2: webhook (always)",
        "daou: app_scheme (env=app)",
        "smartro_v2: latest SDK script (always)",
        "eximbay: bypass.eximbay.issuercountry=KR (feature=domestic_window)",
        "tosspay_v2: latest SDK script (always)",
        "paymentwall: bypass.ps=test (use_test_method=true & mode=sandbox)",
        "paymentwall: bypass.widget_code=t3_1 (contract:terminal3)",
        "galaxia: app_scheme (device=mobile & os=ios & env=app)",
        "galaxia: latest SDK script (always)",
        "ksnet: bypass.ksnet.easyPayDirect=true (pay_method=naverpay|kakaopay|payco|lpay & feature=direct_easy_pay)",
        "ksnet: digital=true (pay_method=phone & contract:digital)",
        "ksnet: latest SDK script (always)",
        "ksnet: card.useInstallment=true (card.direct.code=381 & feature=app_card_instalment)",
        "inicis_jp: customer_id (channel_type=SBPS)",
        "inicis_jp: cvs.payment_deadline.valid_hours | due_date (one of) (pay_method=cvs)",
        "inicis_jp: latest SDK script (always)",
        "payletter_global: webhook (always)",
        "payletter_global: SDK >= 1.3.0 (always)",
        "welcome: app_scheme (device=mobile & os=ios & env=app)",
        "welcome: latest SDK script (always)",
        "paypal_v2: IMP.loadUI('paypal-spb') instead of request_pay (intent=pay)",
        "paypal_v2: IMP.loadUI('paypal-rt') instead of request_pay (intent=issue_key)",
        "paypal_v2: element .portone-ui-container (always)",
        "paypal_v2: data-portone-ui-type unique and right (feature=several_containers)",
        "paypal_v2: sum(products.unitPrice*quantity)=amount (products)",
        "paypal_v2: bypass.paypal_v2.payer.tax_info (buyer_country=BR)",
        "paypal_v2: bypass.paypal_v2.shipping_address.line1,city,country_code (ui=paypal-rt & bypass.paypal_v2.shipping_address)",
        "paypal_v2: enable-funding contains paylater (ui=paypal-spb & feature=pay_later & buyer_country!=US)",
        "paypal_v2: webhook (always)",
        "paypal_v2: Fraudnet/Magnes script on page (intent=charge_key)",
        "paypal_v2: SDK >= 1.3.0 (always)",
        "paypal_v2: enable-funding contains the alternative method (ui=paypal-spb & feature=alternative_method)",
        "toss_brandpay: latest SDK script (always)",
        "toss_brandpay: IMP.loadUI('toss-brandpay-widget') instead of request_pay (ui=toss-brandpay-widget)",
        "toss_brandpay: element id portone-toss-brandpay-widget-button (ui=toss-brandpay-widget)",
        "naverco: Naver button script (always)",
      ]
    `)
    expect([documentedCount, covered.size, cases.length]).toMatchInlineSnapshot(`
      [
        183,
        132,
        215,
      ]
    `)
  })
})
