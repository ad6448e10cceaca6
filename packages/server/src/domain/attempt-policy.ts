import type { Policy } from '@quayside/core'

/**
 * The policy of the order of an attempt. Money that it accepts late settles its period or is refunded by its subscription; a
 * second payment of the same attempt is refunded.
 */
export const attemptPolicy: Policy = { late: 'deliver', unmatched: 'refund' }
