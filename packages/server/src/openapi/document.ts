import { createDocument } from 'zod-openapi'
import {
  eventBody,
  orderEvent,
  policy,
  reconciliationIssueEvent,
  reconciliationIssueResponse,
  virtualAccount,
} from '../events/schemas.ts'
import {
  cancelRequest,
  completionRequest,
  confirmRequest,
  orderRequest,
  refundRequest,
  webhookRequest,
} from '../http/schemas/requests.ts'
import {
  buyerOrderResponse,
  cancelResponse,
  completionResponse,
  eventPage,
  eventResponse,
  invalidRequestResponse,
  orderResponse,
  problemDetails,
} from '../http/schemas/responses.ts'
import { paths } from './paths.ts'

/** Builds the OpenAPI 3.1 description of the app from the schemas that the app itself reads with. */
export function createDescription(): ReturnType<typeof createDocument> {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Quayside',
      version: '0.1.0',
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        "Completes i'mport (PortOne V1) payments. The merchant's server creates, reads and cancels orders; the completion routes under /payments receive what browsers, returning phones and the provider report, trust none of it, and look the payment up.",
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'health', description: 'For the machines that watch the server.' },
      { name: 'orders', description: "For the merchant's own server." },
      { name: 'events', description: "Events sent to the merchant's server, and their replay." },
      {
        name: 'reconciliation-issues',
        description: 'Payments that no order accounts for, and their resolution.',
      },
      {
        name: 'payments',
        description: 'Completion routes, for browsers, returning phones and the provider.',
      },
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
        Completion: completionRequest,
        Webhook: webhookRequest,
        Confirm: confirmRequest,
        Order: orderResponse,
        OrderEvent: orderEvent,
        ReconciliationIssueEvent: reconciliationIssueEvent,
        StoredEvent: eventResponse,
        EventPage: eventPage,
        Cancel: cancelResponse,
        ReconciliationIssue: reconciliationIssueResponse,
        BuyerOrder: buyerOrderResponse,
        VirtualAccount: virtualAccount,
        Policy: policy,
        CompletionResponse: completionResponse,
        InvalidRequest: invalidRequestResponse,
        Problem: problemDetails,
      },
    },
    paths,
    webhooks: {
      event: {
        post: {
          operationId: 'receiveEvent',
          tags: ['events'],
          summary: 'Sent to EVENT_URL, signed as Standard Webhooks defines',
          description:
            'It is sent again until the receiver responds 2xx within ten seconds, for more than three days. It may arrive twice and out of order: keep the highest `data.sequence` of each order. `payment.unreconciled` belongs to no order and has no sequence: its `data.reconciliation_issue` is what `GET /reconciliation-issues` shows.',
          requestBody: { required: true, content: { 'application/json': { schema: eventBody } } },
          responses: { '204': { description: 'Received' } },
        },
      },
    },
  })
}
