import * as z from 'zod/mini'
import { reconciliationIssueResponse } from '../events/schemas.ts'
import {
  reconciliationIssueId,
  reconciliationIssueQuery,
  refundRequest,
} from '../http/schemas/requests.ts'
import { reconciliationIssuePage } from '../http/schemas/responses.ts'
import { json, type Paths, problems, requestProblems } from './parts.ts'

export const reconciliationIssuePaths: Paths = {
  '/reconciliation-issues': {
    get: {
      operationId: 'listExceptions',
      tags: ['exceptions'],
      security: [{ merchantKey: [] }],
      summary: 'List money that no order explains, and payments that are not there',
      description: '`state=all` shows closed ones, too; `next` is the `after` of the next page.',
      requestParams: { query: reconciliationIssueQuery },
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
  '/reconciliation-issues/{id}/refund': {
    post: {
      operationId: 'refundException',
      tags: ['exceptions'],
      security: [{ merchantKey: [] }],
      summary: 'Give back what is left of its money, and close it',
      description:
        'Money that came by bank needs `refund`: only the buyer knows where it can go. Safe to repeat.',
      requestParams: { path: z.object({ id: reconciliationIssueId }) },
      requestBody: { required: true, content: { 'application/json': { schema: refundRequest } } },
      responses: {
        '200': json(
          'Closed: `refunded`, or `accepted` where its order came to want it',
          reconciliationIssueResponse,
        ),
        ...problems({
          ...requestProblems,
          '404': 'reconciliation_issue_unknown',
          '409': 'cancel_refused, with the words of the provider; nothing_left',
          '422': 'refund_account_missing',
          '502': 'provider_refused_us',
          '503': 'outcome_unknown, provider_unavailable, store_unavailable',
        }),
      },
    },
  },
  '/reconciliation-issues/{id}/close': {
    post: {
      operationId: 'closeException',
      tags: ['exceptions'],
      security: [{ merchantKey: [] }],
      summary: 'Say that an exception was seen to',
      description: 'No money moves. Safe to repeat.',
      requestParams: { path: z.object({ id: reconciliationIssueId }) },
      responses: {
        '200': json('Closed, now or before', reconciliationIssueResponse),
        ...problems({
          '401': 'unauthorized',
          '404': 'reconciliation_issue_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
}
