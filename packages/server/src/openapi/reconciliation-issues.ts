import * as z from 'zod/mini'
import { reconciliationIssueResponse } from '../events/schemas.ts'
import { reconciliationIssueId, reconciliationIssueQuery } from '../http/schemas/requests/events.ts'
import { refundRequest } from '../http/schemas/requests/orders.ts'
import { reconciliationIssuePage } from '../http/schemas/responses/orders.ts'
import { json, type Paths, payeeRemoved, problems, requestProblems } from './parts.ts'

export const reconciliationIssuePaths: Paths = {
  '/reconciliation-issues': {
    get: {
      operationId: 'listReconciliationIssues',
      tags: ['reconciliation-issues'],
      security: [{ merchantKey: [] }],
      summary: 'List reconciliation issues',
      description: '`state=all` includes closed ones; `next` is the `after` of the next page.',
      requestParams: { query: reconciliationIssueQuery() },
      responses: {
        '200': json('One page, newest first', reconciliationIssuePage),
        ...problems({
          '400': 'request_invalid',
          '401': 'unauthorized',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/reconciliation-issues/{id}': {
    get: {
      operationId: 'getReconciliationIssue',
      tags: ['reconciliation-issues'],
      security: [{ merchantKey: [] }],
      summary: 'Read a reconciliation issue',
      requestParams: { path: z.object({ id: reconciliationIssueId() }) },
      responses: {
        '200': json('The issue, open or closed', reconciliationIssueResponse),
        ...problems({
          '401': 'unauthorized',
          '404': 'reconciliation_issue_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/reconciliation-issues/{id}/refund': {
    post: {
      operationId: 'refundReconciliationIssue',
      tags: ['reconciliation-issues'],
      security: [{ merchantKey: [] }],
      summary: 'Refund what remains of the payment and close the issue',
      description:
        'A bank transfer needs `refund`: only the buyer knows the account. Safe to repeat.',
      requestParams: { path: z.object({ id: reconciliationIssueId() }) },
      requestBody: { required: true, content: { 'application/json': { schema: refundRequest() } } },
      responses: {
        '200': json(
          'Closed: `refunded`, or `accepted` where the order has accepted the payment since',
          reconciliationIssueResponse,
        ),
        ...problems({
          ...requestProblems,
          '404': 'reconciliation_issue_unknown',
          '409': "cancel_refused, with the provider's message; nothing_left",
          '422': `refund_account_missing; ${payeeRemoved}`,
          '502': 'provider_refused_us',
          '503': 'outcome_unknown, provider_unavailable, store_unavailable',
        }),
      },
    },
  },
  '/reconciliation-issues/{id}/close': {
    post: {
      operationId: 'closeReconciliationIssue',
      tags: ['reconciliation-issues'],
      security: [{ merchantKey: [] }],
      summary: 'Close a reconciliation issue',
      description: 'No money moves. Safe to repeat.',
      requestParams: { path: z.object({ id: reconciliationIssueId() }) },
      responses: {
        '200': json('Closed', reconciliationIssueResponse),
        ...problems({
          '401': 'unauthorized',
          '404': 'reconciliation_issue_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
}
