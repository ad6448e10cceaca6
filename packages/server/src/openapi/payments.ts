import type * as z from 'zod/mini'
import {
  approvalRefusal,
  approvalResponse,
  buyerOrderResponse,
  completionResponse,
  invalidRequestResponse,
  retryLaterResponse,
  webhookResponse,
} from '../http/schemas/responses/payments.ts'
import { completionRequest, confirmRequest, webhookRequest } from './completion-requests.ts'
import { json, type Paths, path, retryHeaders, serverProblem } from './parts.ts'

const formOrJson = (schema: z.ZodMiniType) => ({
  required: true,
  content: { 'application/json': { schema }, 'application/x-www-form-urlencoded': { schema } },
})
/** What every completion route may respond. */
const everywhere = {
  '429': {
    ...json('Too many requests from one address, where a limit is configured', retryLaterResponse),
    headers: retryHeaders,
  },
  ...serverProblem,
}
const invalidRequests = {
  '400': json('Unreadable request', invalidRequestResponse),
  '408': json('Body not complete after 5 seconds', invalidRequestResponse),
  '413': json('Body larger than 16 KiB', invalidRequestResponse),
  '415': json('Neither JSON nor a form', invalidRequestResponse),
}
const otherOrigin = {
  '403': json('origin_refused: a page of an origin that is not configured', invalidRequestResponse),
}
const redirected = { '303': { description: 'To a result page of the shop' }, ...serverProblem }

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
        '202': {
          ...json('Not known yet: try again', completionResponse),
          headers: retryHeaders,
        },
        ...redirected,
        '409': json('Not a payment of this order', completionResponse),
        ...invalidRequests,
        '413': json('Body larger than 64 KiB', invalidRequestResponse),
        ...otherOrigin,
        ...everywhere,
      },
    },
    get: {
      operationId: 'returnToComplete',
      tags: ['payments'],
      summary: 'Redirect from m_redirect_url',
      responses: { ...redirected, ...otherOrigin },
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
      description:
        'It is not signed: the payment is looked up. The provider sends it again after a 5xx only.',
      requestBody: formOrJson(webhookRequest),
      responses: {
        '200': json('`received`, or not to be sent again', webhookResponse),
        '503': { ...json('`retry`: to be sent again', webhookResponse), headers: retryHeaders },
        ...invalidRequests,
        ...everywhere,
      },
    },
  },
  '/payments/confirm': {
    post: {
      operationId: 'confirmPayment',
      tags: ['payments'],
      summary: 'Confirmation before approval (confirm_url)',
      requestBody: formOrJson(confirmRequest),
      responses: {
        '200': json('The payment may be approved', approvalResponse),
        '409': json(
          'Not approved; the provider shows `reason` to the buyer. It has the cause only for addresses of the provider',
          approvalRefusal,
        ),
        '503': json('Not approved: the order cannot be read now', approvalRefusal),
        ...invalidRequests,
        ...everywhere,
      },
    },
  },
  '/payments/orders/{merchant_uid}': {
    get: {
      operationId: 'readBuyerOrder',
      tags: ['payments'],
      security: [{ orderToken: [] }],
      summary: "Order status for the buyer's page",
      description:
        'Pages of the configured origins may read it. An unknown order, a foreign one, and a token that is wrong or too old have the same response.',
      requestParams: { path },
      responses: {
        '200': json('The order', buyerOrderResponse),
        '404': json('Order unknown, or not its token', invalidRequestResponse),
        '503': {
          ...json('The order cannot be read now: try again', retryLaterResponse),
          headers: retryHeaders,
        },
        ...otherOrigin,
        ...everywhere,
      },
    },
  },
}
