import { billingKeyPaths } from './billing-keys.ts'
import { eventPaths } from './events.ts'
import { healthPaths } from './health.ts'
import { identityVerificationPaths } from './identity-verifications.ts'
import { orderPaths } from './orders.ts'
import type { Paths } from './parts.ts'
import { paymentLinkPaths } from './payment-links.ts'
import { paymentPaths } from './payments.ts'
import { reconciliationIssuePaths } from './reconciliation-issues.ts'
import { subscriptionPaths } from './subscriptions.ts'

/** Every route of the app, with the schemas of its requests and responses. */
export const paths: Paths = {
  ...healthPaths,
  ...orderPaths,
  ...eventPaths,
  ...reconciliationIssuePaths,
  ...paymentLinkPaths,
  ...billingKeyPaths,
  ...subscriptionPaths,
  ...paymentPaths,

  ...identityVerificationPaths,
}
