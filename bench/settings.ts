import { impKey, impSecret } from './upstream.ts'

/** The settings of our server, on any runtime. */
export function toSettings(providerUrl: string): Record<string, string> {
  return {
    MODE: 'test',
    PROVIDER_URL: providerUrl,
    IMP_KEY: impKey,
    IMP_SECRET: impSecret,
    MERCHANT_API_KEY: 'bench-merchant-key',
    ORDER_TOKEN_SECRET: 'bench-order-token-secret',
    SHOP_ORIGINS: 'http://shop.localhost',
    RESULT_PAGES: 'http://shop.localhost/result',
    EVENT_URL: 'http://shop.localhost/events',
    EVENT_SECRETS: 'whsec_dGhlIHNlY3JldCBvZiB0aGUgYmVuY2gsIGFsbCBvZiBpdA==',
  }
}
