import type * as z from 'zod/mini'
import { completionRequest } from '../http/schemas/requests.ts'
import {
  buyerOrderResponse,
  completionResponse,
  invalidRequestResponse,
} from '../http/schemas/responses.ts'
import { json, type Paths, path } from './parts.ts'

const formOrJson = (schema: z.ZodMiniType) => ({
  required: true,
  content: { 'application/json': { schema }, 'application/x-www-form-urlencoded': { schema } },
})
const invalidRequests = {
  '400': json('Unreadable request', invalidRequestResponse),
  '413': json('Body larger than 16 KiB', invalidRequestResponse),
  '415': json('Neither JSON nor a form', invalidRequestResponse),
}
const redirected = { '303': { description: 'To a result page of the shop' } }

export const paymentPaths: Paths = {
  '/payments/complete': {
    post: {
      operationId: 'completePayment',
      tags: ['payments'],
      summary: 'Report what the callback of IMP.request_pay received',
      description:
        'Safe to repeat. Scripts of pages of origins that are not configured are refused. A form that a browser shows as a page is answered as at `/payments/redirect`.',
      requestBody: formOrJson(completionRequest),
      responses: {
        '200': json('Result of the payment', completionResponse),
        '202': json('Not known yet: try again', completionResponse),
        ...redirected,
        '409': json('Not a payment of this order', completionResponse),
        ...invalidRequests,
      },
    },
    get: {
      operationId: 'returnToComplete',
      tags: ['payments'],
      summary: 'Redirect from m_redirect_url',
      responses: redirected,
    },
  },
  '/payments/redirect': {
    get: {
      operationId: 'returnByQuery',
      tags: ['payments'],
      summary: 'Redirect from m_redirect_url',
      responses: redirected,
    },
    post: {
      operationId: 'returnByForm',
      tags: ['payments'],
      summary: 'Redirect from m_redirect_url with a form',
      responses: redirected,
    },
  },
  '/payments/webhook': {
    post: {
      operationId: 'receiveWebhook',
      tags: ['payments'],
      summary: 'Webhook of the provider (notice_url)',
      requestBody: formOrJson(completionRequest),
      responses: {
        '200': { description: 'Received, or not to be sent again' },
        '503': { description: 'To be sent again' },
        ...invalidRequests,
      },
    },
  },
  '/payments/confirm': {
    post: {
      operationId: 'confirmPayment',
      tags: ['payments'],
      summary: 'Confirmation before approval (confirm_url)',
      requestBody: formOrJson(completionRequest),
      responses: {
        '200': { description: 'The payment may be approved' },
        '409': {
          description:
            'Not approved; the provider shows `reason` to the buyer. It has the cause only for addresses of the provider',
        },
        '503': { description: 'Temporarily unavailable' },
        ...invalidRequests,
      },
    },
  },
  '/payments/orders/{merchant_uid}': {
    get: {
      operationId: 'readBuyerOrder',
      tags: ['payments'],
      security: [{ orderToken: [] }],
      summary: "Order status for the buyer's page",
      requestParams: { path },
      responses: {
        '200': json('The order', buyerOrderResponse),
        '404': json('Order unknown, or token of another order', invalidRequestResponse),
      },
    },
  },
}
