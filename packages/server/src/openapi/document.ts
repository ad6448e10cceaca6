import { createDocument } from 'zod-openapi'
import { shopDecision } from '../delivery/shop-decision.ts'
import { billingKeyEvent } from '../events/billing-key-schemas.ts'
import { eventBody } from '../events/body-schemas.ts'
import { identityVerificationEvent } from '../events/identity-verification-schemas.ts'
import {
  confirmMessage,
  orderEvent,
  policy,
  reconciliationIssueEvent,
  reconciliationIssueResponse,
  testEvent,
  virtualAccount,
} from '../events/schemas.ts'
import { attemptResponse, planResponse, subscriptionEvent } from '../events/subscription-schemas.ts'
import { billingKeyRequest, cardRequest } from '../http/schemas/requests/billing-keys.ts'
import { cashReceiptRequest } from '../http/schemas/requests/cash-receipts.ts'
import {
  escrowDeliveryChange,
  escrowDeliveryRequest,
} from '../http/schemas/requests/escrow-deliveries.ts'
import {
  identityVerificationRequest,
  identityVerificationUse,
} from '../http/schemas/requests/identity-verifications.ts'
import { naverProducts } from '../http/schemas/requests/naver-products.ts'
import { cancelRequest, orderRequest, refundRequest } from '../http/schemas/requests/orders.ts'
import {
  changePlanRequest,
  planRequest,
  subscriptionRequest,
} from '../http/schemas/requests/subscriptions.ts'
import { billingKeyResponse } from '../http/schemas/responses/billing-keys.ts'
import { cashReceiptResponse } from '../http/schemas/responses/cash-receipts.ts'
import { escrowDeliveryResponse } from '../http/schemas/responses/escrow-deliveries.ts'
import { eventPage, eventResponse } from '../http/schemas/responses/events.ts'
import { identityVerificationResponse } from '../http/schemas/responses/identity-verifications.ts'
import { historyEntry, historyPage } from '../http/schemas/responses/order-histories.ts'
import { orderPage } from '../http/schemas/responses/order-lists.ts'
import { cancelResponse, orderResponse } from '../http/schemas/responses/orders.ts'
import {
  buyerOrderResponse,
  completionResponse,
  invalidRequestResponse,
} from '../http/schemas/responses/payments.ts'
import { problemDetails } from '../http/schemas/responses/problems.ts'
import { subscriptionPage, subscriptionResponse } from '../http/schemas/responses/subscriptions.ts'
import { completionRequest, confirmRequest, webhookRequest } from './completion-requests.ts'
import { receiveConfirm } from './confirm.ts'
import { eventHeaders } from './events.ts'
import { retryAfter } from './parts.ts'
import { paths } from './paths.ts'

/** Builds the OpenAPI 3.1 description of the app from the schemas that the app itself reads with. */
export function createDescription(): unknown {
  const description = createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Quayside',
        version: '0.1.0',
        license: { name: 'MIT', identifier: 'MIT' },
        description:
          "Completes i'mport (PortOne V1) payments. The merchant's server creates, reads and cancels orders; the completion routes under /payments receive what browsers, returning phones and the provider report, trust none of it, and look the payment up.",
      },
      servers: [{ url: '/' }],
      // Of operations that name none: browsers, phones and the provider have no key.
      security: [],
      tags: [
        { name: 'health', description: 'For the machines that watch the server.' },
        { name: 'orders', description: "For the merchant's own server." },
        { name: 'events', description: "Events sent to the merchant's server, and their replay." },
        {
          name: 'reconciliation-issues',
          description: 'Payments that no order accounts for, and their resolution.',
        },
        {
          name: 'billing-keys',
          description: 'Means of payment that are charged without a window.',
        },
        {
          name: 'subscriptions',
          description: 'Charges of billing keys in periods, their retries and refunds.',
        },
        {
          name: 'payments',
          description: 'Completion routes, for browsers, returning phones and the provider.',
        },
        {
          name: 'identity-verifications',
          description: 'Whether a customer is who, or as old as, the merchant requires.',
        },
      ],
      components: {
        headers: { RetryAfter: retryAfter },
        securitySchemes: {
          merchantKey: { type: 'http', scheme: 'bearer', description: 'MERCHANT_API_KEY' },
          orderToken: { type: 'http', scheme: 'bearer', description: "The order's order_token" },
        },
        schemas: {
          OrderRequest: orderRequest(),
          CancelRequest: cancelRequest(),
          RefundRequest: refundRequest(),
          Completion: completionRequest,
          Webhook: webhookRequest,
          Confirm: confirmRequest,
          ConfirmMessage: confirmMessage,
          ShopDecision: shopDecision(),
          Order: orderResponse,
          OrderPage: orderPage,
          HistoryEntry: historyEntry,
          HistoryPage: historyPage,
          OrderEvent: orderEvent,
          ReconciliationIssueEvent: reconciliationIssueEvent,
          TestEvent: testEvent,
          StoredEvent: eventResponse,
          EventPage: eventPage,
          Cancel: cancelResponse,
          CashReceiptRequest: cashReceiptRequest(),
          EscrowDeliveryRequest: escrowDeliveryRequest(),
          EscrowDeliveryChange: escrowDeliveryChange(),
          EscrowDelivery: escrowDeliveryResponse,
          CashReceipt: cashReceiptResponse,
          ReconciliationIssue: reconciliationIssueResponse,
          BuyerOrder: buyerOrderResponse,
          VirtualAccount: virtualAccount,
          NaverProducts: naverProducts(),
          Policy: policy,
          CompletionResponse: completionResponse,
          InvalidRequest: invalidRequestResponse,
          Problem: problemDetails,

          IdentityVerificationRequest: identityVerificationRequest(),
          IdentityVerificationUse: identityVerificationUse(),
          IdentityVerification: identityVerificationResponse,
          IdentityVerificationEvent: identityVerificationEvent,
          BillingKeyRequest: billingKeyRequest(),
          CardRequest: cardRequest(),
          BillingKey: billingKeyResponse,
          BillingKeyEvent: billingKeyEvent,

          SubscriptionRequest: subscriptionRequest(),
          PlanRequest: planRequest(),
          ChangePlanRequest: changePlanRequest(),
          Subscription: subscriptionResponse,
          SubscriptionPage: subscriptionPage,
          SubscriptionEvent: subscriptionEvent,
          SubscriptionAttempt: attemptResponse,
          Plan: planResponse,
        },
      },
      paths,
      webhooks: {
        confirm: { post: receiveConfirm },
        event: {
          post: {
            operationId: 'receiveEvent',
            tags: ['events'],
            summary: 'Sent to EVENT_URL, signed as Standard Webhooks defines',
            description:
              'It is sent again until the receiver responds 2xx within ten seconds, for more than three days. It may arrive twice and out of order: keep the highest `data.sequence` of each order, of each billing key and of each subscription. `payment.unreconciled` belongs to no order and has no sequence: its `data.reconciliation_issue` is what `GET /reconciliation-issues` shows. `receiver.test` is sent by `quayside doctor --send-test-event`. More types may be added: respond 2xx to those that are not listed.',
            requestParams: { header: eventHeaders },
            requestBody: { required: true, content: { 'application/json': { schema: eventBody } } },
            responses: { '204': { description: 'Received' } },
          },
        },
      },
    },
    { override: omitPatternOfFormat },
  )
  const { paths: operations, components } = description
  const { OrderRequest, CancelRequest, RefundRequest, ...others } = components?.schemas ?? {}
  const { IdentityVerificationRequest, IdentityVerificationUse, ...withoutIdentity } = others
  const { BillingKeyRequest, CardRequest, ...withoutKeys } = withoutIdentity
  const { SubscriptionRequest, PlanRequest, ChangePlanRequest, ...rest } = withoutKeys
  const { CashReceiptRequest, EscrowDeliveryRequest, EscrowDeliveryChange, ...shown } = rest
  const ofIdentity = { IdentityVerificationRequest, IdentityVerificationUse }
  const ofKeys = { BillingKeyRequest, CardRequest }
  const ofSubscriptions = { SubscriptionRequest, PlanRequest, ChangePlanRequest }
  const ofOptions = { CashReceiptRequest, EscrowDeliveryRequest, EscrowDeliveryChange }
  const ofOrders = { OrderRequest, CancelRequest, RefundRequest, ...ofOptions }
  const requests = { ...ofOrders, ...ofIdentity, ...ofKeys, ...ofSubscriptions }
  return {
    ...description,
    paths: allowNewFields(operations),
    components: { ...components, schemas: { ...requests, ...allowNewFields(shown) } },
  }
}

/** `format` says all that the pattern of a time does, which stands nearly a hundred times in the description otherwise. */
function omitPatternOfFormat({
  jsonSchema,
}: {
  readonly jsonSchema: { format?: string; pattern?: string }
}): void {
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern
}

/** Responses and events gain fields, which a client that was generated from the description has to ignore. */
function allowNewFields<Part extends object>(part: Part | undefined): Part {
  return JSON.parse(
    JSON.stringify(part, (name, value: unknown) =>
      name === 'additionalProperties' && value === false ? undefined : value,
    ),
  )
}
