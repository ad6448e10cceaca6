import * as z from 'zod/mini'
import { merchantUid } from '../http/schemas/requests/orders.ts'
import { linkId, linkRequest } from '../http/schemas/requests/payment-links.ts'
import { paymentLinkList, paymentLinkResponse } from '../http/schemas/responses/payment-links.ts'
import { json, type Paths, payeeRemoved, problems, requestProblems } from './parts.ts'

const ofOrder = { path: z.object({ merchant_uid: merchantUid() }) }

export const paymentLinkPaths: Paths = {
  '/orders/{merchant_uid}/payment-links': {
    post: {
      operationId: 'createPaymentLink',
      tags: ['payment-links'],
      security: [{ merchantKey: [] }],
      summary: 'Create a payment link for an order that can be paid',
      description:
        'Needs the setting `USER_CODE`. The payment is completed by its webhook, like any other. Each request makes another link; an order can be paid once.',
      requestParams: ofOrder,
      requestBody: { required: true, content: { 'application/json': { schema: linkRequest() } } },
      responses: {
        '201': json('Created', paymentLinkResponse),
        ...problems({
          ...requestProblems,
          '404': 'order_unknown',
          '409':
            "order_not_open, with the order's status; link_refused, with the provider's message; link_without_vat; link_without_tier; too_many_links",
          '422': payeeRemoved,
          '503': 'provider_unavailable, store_unavailable',
        }),
      },
    },
    get: {
      operationId: 'listPaymentLinks',
      tags: ['payment-links'],
      security: [{ merchantKey: [] }],
      summary: 'List the payment links of an order, oldest first, at most 100',
      requestParams: ofOrder,
      responses: {
        '200': json('The links, open and closed', paymentLinkList),
        ...problems({ '401': 'unauthorized', '404': 'order_unknown', '503': 'store_unavailable' }),
      },
    },
  },
  '/payment-links/{id}/close': {
    post: {
      operationId: 'closePaymentLink',
      tags: ['payment-links'],
      security: [{ merchantKey: [] }],
      summary: 'Close a payment link',
      description:
        'Safe to repeat. A link whose order can be paid no more, because it was closed, paid or has expired, is closed by itself.',
      requestParams: { path: z.object({ id: linkId() }) },
      responses: {
        '200': json('Closed, now or before', paymentLinkResponse),
        ...problems({
          '401': 'unauthorized',
          '404': 'payment_link_unknown',
          '409': "link_refused, with the provider's message",
          '422': payeeRemoved,
          '503': 'provider_unavailable, store_unavailable',
        }),
      },
    },
  },
}
