import type { JobDeps } from '../deps.ts'
import { pollOpenOrders } from './orders/poll-open-orders.ts'
import { pollPaymentList } from './payment-lists/poll-payment-lists.ts'
import { reconcile } from './payment-lists/reconcile.ts'
import { applyPolicies } from './provider-requests/apply-policies.ts'
import { closePaymentLinks } from './provider-requests/close-payment-links.ts'
import { pollBillingKeys } from './provider-requests/poll-billing-keys.ts'
import { resolveCancels } from './provider-requests/resolve-cancels.ts'
import { revokeAccounts } from './provider-requests/revoke-accounts.ts'
import { deleteExpired } from './retention/delete-expired.ts'
import { everyMinute, type Job } from './schedule/cron.ts'
import { eachPayee } from './schedule/each-payee.ts'

/**
 * The jobs that recover what was lost. Each finds its own work and may run several times at once. Their shares are so
 * small that the runtime's smallest limits, 50 statements and 50 requests, hold the first two and one other job.
 */
export function recoveryJobs(deps: JobDeps): readonly Job[] {
  const inTurn = { cron: everyMinute, turn: 'in_turn' } as const
  return [
    {
      name: 'poll_paid_list',
      cron: everyMinute,
      turn: 'always',
      share: { storeCalls: 15, requests: 2 },
      run: (budget) =>
        eachPayee('poll_paid_list', deps, (payee) => pollPaymentList('paid', deps, budget, payee)),
    },
    {
      name: 'poll_open_orders',
      cron: everyMinute,
      turn: 'always',
      share: { storeCalls: 11, requests: 2 },
      run: async (budget) => ({ ...(await pollOpenOrders(deps, budget)) }),
    },
    {
      name: 'poll_cancelled_list',
      ...inTurn,
      share: { storeCalls: 11, requests: 2 },
      run: (budget) =>
        eachPayee('poll_cancelled_list', deps, (payee) =>
          pollPaymentList('cancelled', deps, budget, payee),
        ),
    },
    {
      name: 'resolve_cancels',
      ...inTurn,
      share: { storeCalls: 9, requests: 2 },
      run: (budget) => resolveCancels(deps, budget),
    },
    {
      name: 'revoke_accounts',
      ...inTurn,
      share: { storeCalls: 2, requests: 6 },
      run: (budget) => revokeAccounts(deps, budget),
    },
    {
      name: 'close_payment_links',
      ...inTurn,
      share: { storeCalls: 3, requests: 2 },
      run: (budget) => closePaymentLinks(deps, budget),
    },
    {
      name: 'apply_policies',
      ...inTurn,
      share: { storeCalls: 12, requests: 6 },
      run: (budget) => applyPolicies(deps, budget),
    },
    {
      name: 'reconcile',
      ...inTurn,
      share: { storeCalls: 14, requests: 4 },
      run: (budget) => eachPayee('reconcile', deps, (payee) => reconcile(deps, budget, payee)),
    },
    {
      name: 'poll_billing_keys',
      ...inTurn,
      share: { storeCalls: 11, requests: 2 },
      run: (budget) => pollBillingKeys(deps, budget),
    },
    {
      name: 'delete_expired',
      ...inTurn,
      share: { storeCalls: 2, requests: 0 },
      run: (budget) => deleteExpired(deps, budget),
    },
  ]
}
