import type { Credentials, Timeouts, WebhookSettings } from './context.ts'
import type { Channel } from './domain/channel/channel.ts'
import type { Promotion } from './domain/payment/promotion.ts'
import type { Tier } from './services/sub-merchants.ts'

/** The keys of a simulated merchant; they open nothing anywhere else. */
export const defaultCredentials: Credentials = {
  impKey: 'simulator-key',
  impSecret: 'simulator-secret',
  userCode: 'imp00000000',
}

/** A console without a webhook URL, otherwise as the provider sets one up. */
export const defaultWebhook: WebhookSettings = {
  url: null,
  contentType: 'json',
  timing: 'with',
  delayMs: 0,
  times: 1,
  resend: false,
}

/** How long the provider really waits. */
export const defaultTimeouts: Timeouts = {
  confirmMs: 10_000,
  webhookMs: 30_000,
  resendMs: 15_000,
}

/** An agency with one sub-merchant. */
export const defaultTiers: readonly Tier[] = [{ tier_code: 'T01', tier_name: '하위상점 1' }]

/** A discount in percent for Shinhan cards, one in won for Hyundai cards. */
export const defaultPromotions: readonly Promotion[] = [
  {
    id: 'promotion-id-simulator-shinhan',
    card_code: '366',
    steps: [
      { from: 10_000, percent: 10 },
      { from: 50_000, percent: 20 },
    ],
    maxDiscount: 30_000,
  },
  { id: 'promotion-id-simulator-hyundai', card_code: '367', steps: [{ from: 5000, won: 1000 }] },
]

/** Test channels; the first is the default one. */
export const defaultChannels: readonly Channel[] = [
  testChannel('html5_inicis', 'INIpayTest', 'legacy'),
  testChannel('kcp', 'T0000', 'legacy'),
  testChannel('tosspayments', 'iamporttest_3', 'new'),
  testChannel('kakaopay', 'TC0ONETIME', 'legacy'),
  testChannel('naverpay', 'np_simulator', 'legacy'),
  testChannel('naverco', 'no_simulator', 'legacy'),
  testChannel('paymentwall', 'pw_simulator', 'legacy'),
  testChannel('nice_v2', 'iamport01m', 'new'),
  testChannel('paypal_v2', 'paypal_simulator', 'new'),
  testChannel('toss_brandpay', 'brandpay_simulator', 'new'),
  testChannel('danal', 'A010002002', 'legacy', 'certification'),
  testChannel('inicis_unified', 'MIIiasTest', 'legacy', 'certification'),
  testChannel('kcp_v2', 'AO0QE', 'new', 'certification'),
  testChannel('settle', 'settle_simulator', 'legacy'),
  testChannel('payco', 'payco_simulator', 'legacy'),
  testChannel('kcp_quick', 'quick_simulator', 'legacy'),
  testChannel('galaxia', 'galaxia_simulator', 'legacy'),
  apiChannel('nice_v2', 'nictest04m', 'channel-group-id-simulator'),
  apiChannel('tosspayments', 'iamporttest_4', 'channel-group-id-simulator'),
  apiChannel('html5_inicis', 'INIBillTst'),
]

// Charges raw cards and billing keys for the merchant's server; no window opens on it.
function apiChannel(pg_provider: string, pg_id: string, channel_group_id?: string): Channel {
  return {
    ...testChannel(pg_provider, pg_id, 'new', 'api_payment'),
    channel_key: `channel-key-${pg_provider}-api`,
    ...(channel_group_id === undefined ? {} : { channel_group_id }),
  }
}

function testChannel(
  pg_provider: string,
  pg_id: string,
  module: Channel['module'],
  type: Channel['type'] = 'payment',
): Channel {
  return {
    pg_provider,
    pg_id,
    channel_key: `channel-key-${pg_provider}`,
    type,
    sandbox: true,
    module,
    store_id: 'store-simulator',
  }
}
