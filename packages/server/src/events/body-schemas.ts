import * as z from 'zod/mini'
import { billingKeyEvent } from './billing-key-schemas.ts'
import { identityVerificationEvent } from './identity-verification-schemas.ts'
import { orderEvent, reconciliationIssueEvent, testEvent } from './schemas.ts'
import { subscriptionEvent } from './subscription-schemas.ts'

/** The body of what is sent to the merchant's receiver. */
export const eventBody = z.union([
  orderEvent,
  reconciliationIssueEvent,
  testEvent,
  billingKeyEvent,
  identityVerificationEvent,
  subscriptionEvent,
])
