import type { Channel } from './channel.ts'

/**
 * The channels of a merchant that named none, default first: all PGs and easy pays of the provider's guide, those
 * with operations of their own, and three live ones for servers only.
 *
 * Windows use test channels. Charges by a server are live: what a client has charged, it reads back without
 * `include_sandbox`, which no client but the newest knows.
 */
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
  testChannel('settle', 'settle_simulator', 'legacy'),
  testChannel('payco', 'payco_simulator', 'legacy'),
  testChannel('kcp_quick', 'quick_simulator', 'legacy'),
  testChannel('galaxia', 'galaxia_simulator', 'legacy'),
  testChannel('kicc', 'kicc_simulator', 'legacy'),
  testChannel('daou', 'daou_simulator', 'legacy'),
  testChannel('danal_tpay', '9810030929', 'legacy'),
  {
    ...testChannel('danal', 'danal_simulator', 'legacy'),
    channel_key: 'channel-key-danal-payment',
  },
  testChannel('jtnet', 'jtnet_simulator', 'legacy'),
  testChannel('mobilians', 'mobilians_simulator', 'legacy'),
  testChannel('mobilians_v2', 'mobilians_v2_simulator', 'new'),
  testChannel('smartro_v2', 'smartro_simulator', 'new'),
  testChannel('eximbay', 'eximbay_simulator', 'legacy'),
  testChannel('bluewalnut', 'bluewalnut_simulator', 'legacy'),
  testChannel('ksnet', 'ksnet_simulator', 'new'),
  testChannel('welcome', 'welcome_simulator', 'new'),
  testChannel('tosspay', 'tosstest', 'legacy'),
  testChannel('tosspay_v2', 'tosspay_v2_simulator', 'new'),
  testChannel('chai', 'chai_simulator', 'legacy'),
  testChannel('alipay', 'alipay_simulator', 'legacy'),
  testChannel('kcp_billing', 'kcp_billing_simulator', 'legacy'),
  testChannel('settle_acc', 'settle_acc_simulator', 'legacy'),
  testChannel('payletter_global', 'payletter_simulator', 'new'),
  testChannel('danal', 'A010002002', 'legacy', 'certification'),
  testChannel('inicis_unified', 'MIIiasTest', 'legacy', 'certification'),
  testChannel('kcp_v2', 'AO0QE', 'new', 'certification'),
  serverChannel('nice_v2', 'nice_simulator', 'channel-group-id-simulator'),
  serverChannel('tosspayments', 'toss_simulator', 'channel-group-id-simulator'),
  serverChannel('html5_inicis', 'inicis_simulator'),
]

// A channel that charges raw cards and billing keys for the merchant's server and opens no window.
function serverChannel(pg_provider: string, pg_id: string, channel_group_id?: string): Channel {
  return {
    ...testChannel(pg_provider, pg_id, 'new', 'api_payment'),
    sandbox: false,
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
