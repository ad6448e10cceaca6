import { createDocument } from 'zod-openapi'
import {
  eventBody,
  exceptionAnswer,
  exceptionEvent,
  orderEvent,
  policy,
  virtualAccount,
} from '../events/schemas.ts'
import { cancelRequest, completion, orderRequest, refundRequest } from '../http/schemas/requests.ts'
import {
  buyerAnswer,
  cancelAnswer,
  doorAnswer,
  eventAnswer,
  eventPage,
  orderAnswer,
  problemDetails,
  refusedAnswer,
} from '../http/schemas/responses.ts'
import { eventPaths } from './events.ts'
import { orderPaths } from './orders.ts'
import { doorPaths } from './payments.ts'
import { exceptionPaths } from './reconciliation-issues.ts'

/** Builds the OpenAPI 3.1 description of the app from the schemas that the app itself reads with. */
export function createDescription(): ReturnType<typeof createDocument> {
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
        RefundRequest: refundRequest,
        Completion: completion,
        Order: orderAnswer,
        OrderEvent: orderEvent,
        ExceptionEvent: exceptionEvent,
        StoredEvent: eventAnswer,
        EventPage: eventPage,
        Cancel: cancelAnswer,
        Exception: exceptionAnswer,
        BuyerOrder: buyerAnswer,
        VirtualAccount: virtualAccount,
        Policy: policy,
        DoorAnswer: doorAnswer,
        RefusedRequest: refusedAnswer,
        Problem: problemDetails,
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
            'Until it is answered 2xx within ten seconds it is sent again, for more than three days. It may arrive twice and out of order: keep the highest `data.sequence` of each order. `payment.exception` is of no order and has no sequence: its `data.exception` is what `GET /exceptions` shows.',
          requestBody: { required: true, content: { 'application/json': { schema: eventBody } } },
          responses: { '204': { description: 'Taken' } },
        },
      },
    },
  })
}
