import { canary } from '../checkers/history.ts'
import { resultPages, shopOrigin } from '../workload/notice-http.ts'

export const providerUrl = 'https://api.iamport.kr'
export const eventUrl = `${shopOrigin}/events`
export const merchantKey = `${canary}-merchant-key`
/** Base64 of 24 bytes, as Standard Webhooks has them; it contains the canary as text. */
export const eventKey = `${canary}${canary}${canary}${canary}${canary}AA`

/** How long after its last due date an order expires. */
export const graceHours = 1

/** The worker's settings, in live mode: real money only. */
export const settings: Readonly<Record<string, string>> = {
  MODE: 'live',
  IMP_KEY: `${canary}-key`,
  IMP_SECRET: `${canary}-secret`,
  MERCHANT_API_KEY: merchantKey,
  ORDER_TOKEN_SECRET: `${canary}-token-secret`,
  SHOP_ORIGINS: shopOrigin,
  RESULT_PAGES: resultPages,
  EVENT_URL: eventUrl,
  EVENT_SECRETS: `whsec_${eventKey}`,
  VBANK_GRACE_HOURS: String(graceHours),
  PLAN: 'paid',
}

/** The cron trigger of every minute, as wrangler.toml names it. */
export const everyMinute = '* * * * *'
