import { readConfig } from '@quayside/server'

export const eventUrl = 'https://shop.example/events'
export const apiKey = 'merchant-key-of-the-tests'

const read = readConfig({
  MODE: 'test',
  IMP_KEY: 'simulator-key',
  IMP_SECRET: 'simulator-secret',
  MERCHANT_API_KEY: apiKey,
  ORDER_TOKEN_SECRET: 'token-secret-of-the-tests',
  SHOP_ORIGINS: 'https://shop.example',
  RESULT_PAGES: 'https://shop.example/result',
  EVENT_URL: eventUrl,
  EVENT_SECRETS: 'whsec_dGhlIHNlY3JldCBvZiB0aGUgcmVjZWl2ZXIgaGVyZSE=',
})
if (!read.ok) throw new TypeError('Cannot read the settings')

/** The settings of a server of these tests, with the simulator as its provider. */
export const config = read.value
