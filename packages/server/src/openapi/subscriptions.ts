import * as z from 'zod/mini'
import {
  attemptQuery,
  cancelSubscriptionRequest,
  changePlanRequest,
  emptyRequest,
  refundPeriodRequest,
  subscriptionChange,
  subscriptionId,
  subscriptionQuery,
  subscriptionRequest,
  upcomingQuery,
} from '../http/schemas/requests/subscriptions.ts'
import {
  attemptPage,
  subscriptionPage,
  subscriptionResponse,
  upcomingResponse,
} from '../http/schemas/responses/subscriptions.ts'
import { json, type Paths, problems, requestProblems } from './parts.ts'

const path = z.object({ id: subscriptionId() })

const common = { tags: ['subscriptions'], security: [{ merchantKey: [] }] }

const readProblems = {
  '401': 'unauthorized',
  '404': 'subscription_unknown',
  '503': 'store_unavailable',
} as const

const commandProblems = {
  ...requestProblems,
  '404': 'subscription_unknown',
  '503': 'store_unavailable, subscription_contended',
} as const

const body = (schema: z.ZodMiniType) => ({
  required: true,
  content: { 'application/json': { schema } },
})

export const subscriptionPaths: Paths = {
  '/subscriptions': {
    post: {
      ...common,
      operationId: 'createSubscription',
      summary: 'Create a subscription, and make its first charge if it is due now',
      description:
        'Safe to repeat: an identical request returns 200. The response shows the outcome of the first charge when it is known: `period` is then 2. Without a usable billing key of the customer it is `past_due`, and charged as soon as there is one. With `schedules`, these charges are revoked at the provider before the subscription exists.',
      requestBody: body(subscriptionRequest()),
      responses: {
        '200': json('The subscription exists with the same values', subscriptionResponse),
        '201': json('Created', subscriptionResponse),
        ...problems({
          ...requestProblems,
          '409':
            'subscription_conflict: it exists with different values; subscription_id_used: an order has an id that one of its charges would get; schedule_executed: one of `schedules` was charged for the first period',
          '422': 'schedule_unknown; schedule_of_another_key; account_unknown, tier_unknown',
          '503': 'store_unavailable, schedules_not_revoked',
        }),
      },
    },
    get: {
      ...common,
      operationId: 'listSubscriptions',
      summary: 'List subscriptions by id: all, of a customer, in a status',
      description: '`next` is the `after` of the next page.',
      requestParams: { query: subscriptionQuery() },
      responses: {
        '200': json('One page', subscriptionPage),
        ...problems({
          '400': 'request_invalid',
          '401': 'unauthorized',
          '422': 'account_unknown, tier_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/subscriptions/{id}': {
    get: {
      ...common,
      operationId: 'readSubscription',
      summary: 'Read a subscription with the attempts that are not settled',
      requestParams: { path },
      responses: {
        '200': json('The subscription', subscriptionResponse),
        ...problems(readProblems),
      },
    },
    patch: {
      ...common,
      operationId: 'changeSubscription',
      summary: "Change the buyer's details of a subscription",
      description:
        'Each later charge tells the PG these details in place of those that it told before. What is left out is told no more. Nothing is charged by it. Safe to repeat.',
      requestParams: { path },
      requestBody: body(subscriptionChange()),
      responses: {
        '200': json('The subscription; it does not show the details', subscriptionResponse),
        ...problems({
          ...requestProblems,
          '404': 'subscription_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/subscriptions/{id}/attempts': {
    get: {
      ...common,
      operationId: 'listSubscriptionAttempts',
      summary: 'List the attempts to charge a subscription, the newest first',
      description: '`next` is the `after` of the next page.',
      requestParams: { path, query: attemptQuery() },
      responses: {
        '200': json('One page', attemptPage),
        ...problems({ ...readProblems, '400': 'request_invalid' }),
      },
    },
  },
  '/subscriptions/{id}/upcoming': {
    get: {
      ...common,
      operationId: 'listUpcomingCharges',
      summary: 'List the next charges, as they will be made if nothing changes',
      description:
        'The open period first. Fewer when it ends before; none when it is paused, cancelled or ended.',
      requestParams: { path, query: upcomingQuery() },
      responses: {
        '200': json('At most a hundred', upcomingResponse),
        ...problems({ ...readProblems, '400': 'request_invalid' }),
      },
    },
  },
  '/subscriptions/{id}/pause': {
    post: {
      ...common,
      operationId: 'pauseSubscription',
      summary: 'Charge nothing until it is resumed',
      description: 'Safe to repeat.',
      requestParams: { path },
      requestBody: body(emptyRequest()),
      responses: {
        '200': json('The subscription then', subscriptionResponse),
        ...problems({ ...commandProblems, '409': 'status_unsuitable: it is cancelled or ended' }),
      },
    },
  },
  '/subscriptions/{id}/resume': {
    post: {
      ...common,
      operationId: 'resumeSubscription',
      summary: 'Go on after a pause, or take back a cancel at the end of the period',
      description:
        'After a pause that outlasted what is paid, the next period begins, and is charged, now.',
      requestParams: { path },
      requestBody: body(emptyRequest()),
      responses: {
        '200': json('The subscription then', subscriptionResponse),
        ...problems({
          ...commandProblems,
          '409': 'status_unsuitable: it is neither paused nor about to be cancelled',
        }),
      },
    },
  },
  '/subscriptions/{id}/cancel': {
    post: {
      ...common,
      operationId: 'cancelSubscription',
      summary: 'Cancel at the end of what is paid, or now',
      description:
        'Safe to repeat. Money of a charge that succeeds later is refunded; what is paid is refunded with `refund-period`.',
      requestParams: { path },
      requestBody: body(cancelSubscriptionRequest()),
      responses: {
        '200': json('The subscription then', subscriptionResponse),
        ...problems({ ...commandProblems, '409': 'status_unsuitable: it is ended' }),
      },
    },
  },
  '/subscriptions/{id}/change-plan': {
    post: {
      ...common,
      operationId: 'changePlan',
      summary: 'Replace the plan, from the next period or now',
      description:
        '`now` charges or credits, with the next charge, the share of the period that is left.',
      requestParams: { path },
      requestBody: body(changePlanRequest()),
      responses: {
        '200': json('The subscription then', subscriptionResponse),
        ...problems({
          ...commandProblems,
          '409':
            'status_unsuitable, plan_currency_differs, plan_period_differs: only from the next period, charge_in_progress',
        }),
      },
    },
  },
  '/subscriptions/{id}/charge-now': {
    post: {
      ...common,
      operationId: 'chargeNow',
      summary: 'Try again at once to charge a subscription that is past due',
      requestParams: { path },
      requestBody: body(emptyRequest()),
      responses: {
        '200': json('The subscription then', subscriptionResponse),
        ...problems({
          ...commandProblems,
          '409': 'status_unsuitable: it is not past due; charge_in_progress, no_billing_key',
        }),
      },
    },
  },
  '/subscriptions/{id}/refund-period': {
    post: {
      ...common,
      operationId: 'refundPeriod',
      summary: 'Refund what is left of the payment of a period',
      description:
        'Safe to repeat. The event `subscription.refunded` follows when the record of the payment shows it.',
      requestParams: { path },
      requestBody: body(refundPeriodRequest()),
      responses: {
        '200': json('The subscription then', subscriptionResponse),
        ...problems({ ...commandProblems, '409': 'period_not_charged' }),
      },
    },
  },
}
