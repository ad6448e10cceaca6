import type { ZodOpenApiOperationObject } from 'zod-openapi'
import { historyQuery, orderQuery } from '../http/schemas/requests/order-lists.ts'
import { historyPage } from '../http/schemas/responses/order-histories.ts'
import { orderPage } from '../http/schemas/responses/order-lists.ts'
import { json, path, problems } from './parts.ts'

/** Added to the other operation of `/orders`. */
export const listOrders: ZodOpenApiOperationObject = {
  operationId: 'listOrders',
  tags: ['orders'],
  security: [{ merchantKey: [] }],
  summary: 'List orders',
  description:
    'By creation, newest first. With `paid_from` or `paid_to`: by payment, newest first, the refunded ones too. With `merchant_uid_prefix`: by id. Of these three filters one may be used; `status` may be added to each. `…_from` belongs to the span, `…_to` does not. `next` is the `after` of the next page, with the same filters; an order that does not change meanwhile is on exactly one page. With `status` a page looks at ten times `limit` orders at most: it may have fewer orders than `limit`, or none, while `next` is not null.',
  requestParams: { query: orderQuery() },
  responses: {
    '200': json('One page', orderPage),
    ...problems({ '400': 'request_invalid', '401': 'unauthorized', '503': 'store_unavailable' }),
  },
}

export const readHistory: ZodOpenApiOperationObject = {
  operationId: 'readOrderHistory',
  tags: ['orders'],
  security: [{ merchantKey: [] }],
  summary: 'Read what happened to an order',
  description:
    'Oldest first: payments that were offered for it, with the verdict about each; its events and those of its reconciliation issues, with their delivery; its cancels and account revocations; these issues. Of issues, cancels and revocations the first hundred each. Delivered events and refused payments are deleted after `RETENTION_DAYS`. `next` is the `after` of the next page.',
  requestParams: { path, query: historyQuery() },
  responses: {
    '200': json('One page', historyPage),
    ...problems({
      '400': 'request_invalid',
      '401': 'unauthorized',
      '404': 'order_unknown',
      '503': 'store_unavailable',
    }),
  },
}
