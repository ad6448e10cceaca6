import { eventPaths } from './events.ts'
import { healthPaths } from './health.ts'
import { orderPaths } from './orders.ts'
import type { Paths } from './parts.ts'
import { paymentPaths } from './payments.ts'
import { reconciliationIssuePaths } from './reconciliation-issues.ts'

/** Every route of the app, with the schemas of its requests and responses. */
export const paths: Paths = {
  ...healthPaths,
  ...orderPaths,
  ...eventPaths,
  ...reconciliationIssuePaths,
  ...paymentPaths,
}
