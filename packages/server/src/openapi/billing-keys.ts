import * as z from 'zod/mini'
import {
  billingKeyQuery,
  billingKeyRequest,
  cardRequest,
  customerId,
  customerUid,
  deletionQuery,
  keyQuery,
  preferenceRequest,
} from '../http/schemas/requests/billing-keys.ts'
import {
  billingKeyPage,
  billingKeyResponse,
  createdBillingKey,
} from '../http/schemas/responses/billing-keys.ts'
import { json, type Paths, problems, requestProblems } from './parts.ts'

const keyPath = z.object({ customer_uid: customerUid() })
const customerPath = z.object({ customer_id: customerId() })
const body = (schema: z.ZodMiniType) => ({
  required: true,
  content: { 'application/json': { schema } },
})
const operation = { tags: ['billing-keys'], security: [{ merchantKey: [] }] }

export const billingKeyPaths: Paths = {
  '/billing-keys': {
    post: {
      ...operation,
      operationId: 'createBillingKey',
      summary: 'Begin the registration of a means of payment',
      description:
        'Returns the `customer_uid` of the key, drawn for this registration alone, and for `window` the parameters of `IMP.request_pay`. With `order` the same window charges an order, which is created as `POST /orders` creates it. With `replaces` the new key takes the place of another one, which is deleted then. Repeated, it begins another registration; one that nobody completes fails after a day. `existing` registers a key that the provider has already, by its record; it may be repeated.',
      requestBody: body(billingKeyRequest()),
      responses: {
        '201': json('Begun', createdBillingKey),
        ...problems({
          ...requestProblems,
          '404':
            'billing_key_unknown: `replaces` names no key, or the provider has no key `customer_uid`',
          '409': 'billing_key_not_registered: `replaces`; order_conflict, order_of_other_payee',
          '422':
            'order_required: the window of this PG charges; charge_unsupported: it does not; billing_key_of_another_customer: `replaces`, `customer_uid`; billing_key_of_another_account: `replaces`; account_unknown, tier_unknown; card_refused: a key of another channel or mode',
          '502': 'provider_refused_us',
          '503': 'provider_unavailable, store_unavailable',
        }),
      },
    },
  },
  '/billing-keys/{customer_uid}': {
    get: {
      ...operation,
      operationId: 'readBillingKey',
      summary: 'Read a billing key',
      requestParams: { path: keyPath, query: keyQuery() },
      responses: {
        '200': json('The key', billingKeyResponse),
        ...problems({
          '400': 'request_invalid',
          '401': 'unauthorized',
          '404': 'billing_key_unknown',
          '422':
            'billing_key_of_another_account; account_unknown, tier_unknown: the settings do not name it, and no key of it has this id',
          '503': 'store_unavailable',
        }),
      },
    },
    delete: {
      ...operation,
      operationId: 'deleteBillingKey',
      summary: 'Delete a billing key here and at the provider',
      description:
        'From the first request on the key is not usable, whatever becomes of the call to the provider; after a 503 a job finishes it. Safe to repeat. Tell the buyer of a wallet to revoke it there as well.',
      requestParams: { path: keyPath, query: deletionQuery() },
      responses: {
        '200': json('The key, deleted', billingKeyResponse),
        ...problems({
          '400': 'request_invalid',
          '401': 'unauthorized',
          '404': 'billing_key_unknown',
          '409':
            "billing_key_not_registered; deletion_refused, with the provider's text: some PGs demand `reason`",
          '422':
            'billing_key_of_another_account; account_unknown, tier_unknown: the settings do not name it. A key of it is not usable from now on, and a job deletes it once they do',
          '502': 'provider_refused_us',
          '503': 'outcome_unknown, provider_unavailable, store_unavailable, billing_key_contended',
        }),
      },
    },
  },
  '/billing-keys/{customer_uid}/card': {
    post: {
      ...operation,
      operationId: 'registerCard',
      summary: 'Register a card by its data, from a form of the shop',
      description:
        'The data is sent to the provider and kept nowhere. Safe to repeat: the record of the key is read first, and a key that exists is returned.',
      requestParams: { path: keyPath, query: keyQuery() },
      requestBody: body(cardRequest()),
      responses: {
        '200': json('The key, registered', billingKeyResponse),
        ...problems({
          ...requestProblems,
          '404': 'billing_key_unknown',
          '409': 'billing_key_not_by_card, billing_key_not_registered',
          '422':
            "card_expired; card_refused, with the provider's text; billing_key_of_another_account; account_unknown, tier_unknown",
          '502': 'provider_refused_us',
          '503':
            'outcome_unknown: send the same request again; provider_unavailable, store_unavailable, billing_key_contended',
        }),
      },
    },
  },
  '/customers/{customer_id}/billing-keys': {
    get: {
      ...operation,
      operationId: 'listBillingKeys',
      summary: 'List the billing keys of a customer, in any state',
      description:
        'Those of one account, or of one tier. By `registration_id`; `next` is the `after` of the next page. A customer without keys has an empty list.',
      requestParams: { path: customerPath, query: billingKeyQuery() },
      responses: {
        '200': json('One page', billingKeyPage),
        ...problems({
          '400': 'request_invalid',
          '401': 'unauthorized',
          '422': 'account_unknown, tier_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
    put: {
      ...operation,
      operationId: 'orderBillingKeys',
      summary: 'Put the billing keys of a customer into the order of preference',
      description:
        'The keys of one account, or of one tier. Those that are not named follow, the oldest first.',
      requestParams: { path: customerPath, query: keyQuery() },
      requestBody: body(preferenceRequest()),
      responses: {
        '200': json('The named keys, in this order', billingKeyPage),
        ...problems({
          ...requestProblems,
          '404': 'billing_key_unknown',
          '409': 'billing_key_not_registered',
          '422':
            'billing_key_of_another_customer, billing_key_of_another_account; account_unknown, tier_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
}
