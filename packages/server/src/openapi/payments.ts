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
  '400': json('No reading', invalidRequestResponse),
  '413': json('Larger than 16 KiB', invalidRequestResponse),
  '415': json('Neither JSON nor a form', invalidRequestResponse),
}
const redirected = { '303': { description: 'To one of the result pages of the shop' } }

export const paymentPaths: Paths = {
  '/payments/complete': {
    post: {
      operationId: 'completePayment',
      tags: ['doors'],
      summary: 'The page hands over what the callback of IMP.request_pay got',
      description: 'Safe to repeat. Only pages of the configured origins are answered.',
      requestBody: formOrJson(completionRequest),
      responses: {
        '200': json('What became of the payment', completionResponse),
        '202': json('Not known yet: ask again', completionResponse),
        '409': json('Not a payment of this order', completionResponse),
        ...invalidRequests,
      },
    },
    get: {
      operationId: 'returnToComplete',
      tags: ['doors'],
      summary: 'A phone returns to m_redirect_url',
      responses: redirected,
    },
  },
  '/payments/redirect': {
    get: {
      operationId: 'returnByQuery',
      tags: ['doors'],
      summary: 'A phone returns to m_redirect_url',
      responses: redirected,
    },
    post: {
      operationId: 'returnByForm',
      tags: ['doors'],
      summary: 'A phone returns to m_redirect_url with a form',
      responses: redirected,
    },
  },
  '/payments/webhook': {
    post: {
      operationId: 'receiveWebhook',
      tags: ['doors'],
      summary: 'The provider says that something happened (notice_url)',
      requestBody: formOrJson(completionRequest),
      responses: {
        '200': { description: 'Taken in, or not worth sending again' },
        '503': { description: 'Please send it again' },
        ...invalidRequests,
      },
    },
  },
  '/payments/confirm': {
    post: {
      operationId: 'confirmPayment',
      tags: ['doors'],
      summary: 'The provider asks before it approves (confirm_url)',
      requestBody: formOrJson(completionRequest),
      responses: {
        '200': { description: 'The payment may be approved' },
        '409': { description: 'It may not; `reason` is shown to the buyer' },
        '503': { description: 'Not now' },
        ...invalidRequests,
      },
    },
  },
  '/payments/orders/{merchant_uid}': {
    get: {
      operationId: 'readBuyerOrder',
      tags: ['doors'],
      security: [{ orderToken: [] }],
      summary: "The buyer's page asks how its order stands",
      requestParams: { path },
      responses: {
        '200': json('How the order stands', buyerOrderResponse),
        '404': json('Unknown, or the token is of another order', invalidRequestResponse),
      },
    },
  },
}
