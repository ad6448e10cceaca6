import type { Channel } from './desk.ts'
import type { Credentials, Patience, WebhookSettings } from './world.ts'

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
export const defaultPatience: Patience = {
  confirmMs: 10_000,
  webhookMs: 30_000,
  resendMs: 15_000,
}

/** Test channels: three of the old module, one of the new. */
export const defaultChannels: readonly Channel[] = [
  testChannel('html5_inicis', 'INIpayTest', 'legacy'),
  testChannel('kcp', 'T0000', 'legacy'),
  testChannel('tosspayments', 'iamporttest_3', 'new'),
  testChannel('kakaopay', 'TC0ONETIME', 'legacy'),
]

function testChannel(pg_provider: string, pg_id: string, module: Channel['module']): Channel {
  return {
    pg_provider,
    pg_id,
    channel_key: `channel-key-${pg_provider}`,
    type: 'payment',
    sandbox: true,
    module,
    store_id: 'store-simulator',
  }
}
