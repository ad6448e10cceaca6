import * as z from 'zod/mini'
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi'
import {
  buyerAnswer,
  cancelAnswer,
  cancelList,
  doorAnswer,
  eventAnswer,
  eventBody,
  eventPage,
  exceptionAnswer,
  exceptionList,
  orderAnswer,
  policy,
  problemAnswer,
  refusedAnswer,
  virtualAccount,
} from './answers.ts'
import {
  cancelRequest,
  completion,
  eventId,
  eventQuery,
  exceptionId,
  exceptionQuery,
  merchantUid,
  orderRequest,
} from './requests.ts'

type Responses = ZodOpenApiOperationObject['responses']

/** Builds the OpenAPI 3.1 description of the app from the schemas that the app itself reads with. */
export function createDescription() {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Quayside',
      version: '0.1.0',
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        "Completes i'mport (PortOne V1) payments. The merchant's server creates, reads and cancels orders; the doors under /payments take what browsers, phones and the provider say, believe none of it, and look the payment up.",
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'orders', description: "For the merchant's own server." },
      { name: 'events', description: "What the merchant's server is told, and told again." },
      { name: 'exceptions', description: 'Money that no order explains, and what came of it.' },
      { name: 'doors', description: 'For browsers, returning phones and the provider.' },
    ],
    components: {
      securitySchemes: {
        merchantKey: { type: 'http', scheme: 'bearer', description: 'MERCHANT_API_KEY' },
        orderToken: { type: 'http', scheme: 'bearer', description: "The order's order_token" },
      },
      schemas: {
        OrderRequest: orderRequest,
        CancelRequest: cancelRequest,
        Completion: completion,
        Order: orderAnswer,
        Event: eventBody,
        StoredEvent: eventAnswer,
        EventPage: eventPage,
        Cancel: cancelAnswer,
        Exception: exceptionAnswer,
        BuyerOrder: buyerAnswer,
        VirtualAccount: virtualAccount,
        Policy: policy,
        DoorAnswer: doorAnswer,
        RefusedRequest: refusedAnswer,
        Problem: problemAnswer,
      },
    },
    paths: { ...orderPaths, ...eventPaths, ...exceptionPaths, ...doorPaths },
    webhooks: {
      event: {
        post: {
          operationId: 'receiveEvent',
          tags: ['events'],
          summary: 'Sent to EVENT_URL, signed as Standard Webhooks says',
          description:
            'Until it is answered 2xx within ten seconds it is sent again, for more than three days. It may arrive twice and out of order: keep the highest `data.sequence` of each order.',
          requestBody: { required: true, content: { 'application/json': { schema: eventBody } } },
          responses: { '204': { description: 'Taken' } },
        },
      },
    },
  })
}

const json = (description: string, schema: z.ZodMiniType) => ({
  description,
  content: { 'application/json': { schema } },
})
const problems = (table: Readonly<Record<`${4 | 5}${number}`, string>>): Responses =>
  Object.fromEntries(
    Object.entries(table).map(([status, codes]) => [status, json(codes, problemAnswer)]),
  )
const path = z.object({ merchant_uid: merchantUid })
const unreadable = {
  '400': 'request_invalid, body_malformed',
  '401': 'unauthorized',
  '413': 'body_too_large',
  '415': 'media_type_unsupported',
} as const

const orderPaths = {
  '/orders': {
    post: {
      operationId: 'createOrder',
      tags: ['orders'],
      security: [{ merchantKey: [] }],
      summary: 'Create an order and register its amount with the provider',
      description:
        'Safe to repeat: the same order again is answered 200. After a 503 send the same request again.',
      requestBody: { required: true, content: { 'application/json': { schema: orderRequest } } },
      responses: {
        '200': json('It was there already, with the same values', orderAnswer),
        '201': json('Created', orderAnswer),
        ...problems({
          ...unreadable,
          '409': 'order_conflict: it is there with other values',
          '503': 'provider_unavailable: the amount is not registered yet; store_unavailable',
        }),
      },
    },
  },
  '/orders/{merchant_uid}': {
    get: {
      operationId: 'readOrder',
      tags: ['orders'],
      security: [{ merchantKey: [] }],
      summary: 'Read an order',
      requestParams: { path },
      responses: {
        '200': json('The order as it stands', orderAnswer),
        ...problems({
          '401': 'unauthorized',
          '404': 'order_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/orders/{merchant_uid}/cancels': {
    get: {
      operationId: 'listCancels',
      tags: ['orders'],
      security: [{ merchantKey: [] }],
      summary: 'List the cancels that were asked for, and what became of each',
      description:
        '`requested`: asked for, and some providers finish later. `unknown`: nobody can tell yet; it is found out from the record, and never asked for twice. `confirmed`: the record shows it. `refused`: it did not take place.',
      requestParams: { path },
      responses: {
        '200': json('Oldest first', cancelList),
        ...problems({
          '401': 'unauthorized',
          '404': 'order_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/orders/{merchant_uid}/cancel': {
    post: {
      operationId: 'cancelOrder',
      tags: ['orders'],
      security: [{ merchantKey: [] }],
      summary: 'Close an unpaid order, or give back all or part of a paid one',
      description:
        'Without `amount` everything that remains is given back, and repeating the request is safe. A partial cancel is safe to repeat when `checksum` names what remains before it. Some providers finish a cancel later: the order then still says `paid`, and its webhook tells.',
      requestParams: { path },
      requestBody: { required: true, content: { 'application/json': { schema: cancelRequest } } },
      responses: {
        '200': json('The order as it stands after the cancel', orderAnswer),
        ...problems({
          ...unreadable,
          '404': 'order_unknown',
          '409':
            'cancel_refused, with the words of the provider; balance_exceeded, balance_mismatch, nothing_left, not_paid',
          '422': 'refund_account_missing: a virtual account payment needs `refund`',
          '502': 'provider_refused_us: the keys are wrong',
          '503':
            'outcome_unknown: read the order before trying again; provider_unavailable, store_unavailable, order_contended',
        }),
      },
    },
  },
} satisfies Parameters<typeof createDocument>[0]['paths']

const eventPaths = {
  '/events': {
    get: {
      operationId: 'listEvents',
      tags: ['events'],
      security: [{ merchantKey: [] }],
      summary: 'List events by what became of them',
      description: 'In the order of their ids; `next` is the `after` of the next page.',
      requestParams: { query: eventQuery },
      responses: {
        '200': json('One page', eventPage),
        ...problems({
          '400': 'request_invalid',
          '401': 'unauthorized',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/events/{id}/replay': {
    post: {
      operationId: 'replayEvent',
      tags: ['events'],
      security: [{ merchantKey: [] }],
      summary: 'Send an event once more, whatever became of it',
      description: 'It is sent within a minute, with the same id and the same body.',
      requestParams: { path: z.object({ id: eventId }) },
      responses: {
        '202': json('Due again', eventAnswer),
        ...problems({ '401': 'unauthorized', '404': 'event_unknown', '503': 'store_unavailable' }),
      },
    },
  },
} satisfies Parameters<typeof createDocument>[0]['paths']

const exceptionPaths = {
  '/exceptions': {
    get: {
      operationId: 'listExceptions',
      tags: ['exceptions'],
      security: [{ merchantKey: [] }],
      summary: 'List money that no order explains, and payments that are not there',
      description: 'The hundred newest; `state=all` shows closed ones, too.',
      requestParams: { query: exceptionQuery },
      responses: {
        '200': json('Newest first', exceptionList),
        ...problems({
          '400': 'request_invalid',
          '401': 'unauthorized',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/exceptions/{id}/close': {
    post: {
      operationId: 'closeException',
      tags: ['exceptions'],
      security: [{ merchantKey: [] }],
      summary: 'Say that an exception was seen to',
      description: 'No money moves. Safe to repeat.',
      requestParams: { path: z.object({ id: exceptionId }) },
      responses: {
        '200': json('Closed, now or before', exceptionAnswer),
        ...problems({
          '401': 'unauthorized',
          '404': 'exception_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
} satisfies Parameters<typeof createDocument>[0]['paths']

const formOrJson = (schema: z.ZodMiniType) => ({
  required: true,
  content: { 'application/json': { schema }, 'application/x-www-form-urlencoded': { schema } },
})
const refusals = {
  '400': json('No reading', refusedAnswer),
  '413': json('Larger than 16 KiB', refusedAnswer),
  '415': json('Neither JSON nor a form', refusedAnswer),
}
const redirected = { '303': { description: 'To one of the result pages of the shop' } }

const doorPaths = {
  '/payments/complete': {
    post: {
      operationId: 'completePayment',
      tags: ['doors'],
      summary: 'The page hands over what the callback of IMP.request_pay got',
      description: 'Safe to repeat. Only pages of the configured origins are answered.',
      requestBody: formOrJson(completion),
      responses: {
        '200': json('What became of the payment', doorAnswer),
        '202': json('Not known yet: ask again', doorAnswer),
        '409': json('Not a payment of this order', doorAnswer),
        ...refusals,
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
      requestBody: formOrJson(completion),
      responses: {
        '200': { description: 'Taken in, or not worth sending again' },
        '503': { description: 'Please send it again' },
        ...refusals,
      },
    },
  },
  '/payments/confirm': {
    post: {
      operationId: 'confirmPayment',
      tags: ['doors'],
      summary: 'The provider asks before it approves (confirm_url)',
      requestBody: formOrJson(completion),
      responses: {
        '200': { description: 'The payment may be approved' },
        '409': { description: 'It may not; `reason` is shown to the buyer' },
        '503': { description: 'Not now' },
        ...refusals,
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
        '200': json('How the order stands', buyerAnswer),
        '404': json('Unknown, or the token is of another order', refusedAnswer),
      },
    },
  },
} satisfies Parameters<typeof createDocument>[0]['paths']
