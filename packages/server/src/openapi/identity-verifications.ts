import * as z from 'zod/mini'
import {
  identityVerificationId,
  identityVerificationRequest,
  identityVerificationUse,
} from '../http/schemas/requests/identity-verifications.ts'
import {
  createdIdentityVerification,
  identityVerificationResponse,
  subjectStatusResponse,
} from '../http/schemas/responses/identity-verifications.ts'
import { invalidRequestResponse } from '../http/schemas/responses/payments.ts'
import {
  json,
  type Paths,
  problems,
  requestProblems,
  retryHeaders,
  serverProblem,
} from './parts.ts'

const path = z.object({ id: identityVerificationId() })

export const identityVerificationPaths: Paths = {
  '/identity-verifications': {
    post: {
      operationId: 'createIdentityVerification',
      tags: ['identity-verifications'],
      security: [{ merchantKey: [] }],
      summary: 'Create an identity verification',
      description:
        'The page passes `certification` to `IMP.certification`; callback and redirect complete it like a payment. Each request creates another verification. `expected`, `once_per_person` and `keep` need the setting PERSON_KEY_SECRET. With `pg` only a verification by that PG counts.',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: identityVerificationRequest() } },
      },
      responses: {
        '201': json('Created', createdIdentityVerification),
        ...problems({
          ...requestProblems,
          '422': 'account_unknown, tier_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/identity-verifications/{id}': {
    get: {
      operationId: 'readIdentityVerification',
      tags: ['identity-verifications'],
      security: [{ merchantKey: [] }],
      summary: 'Read an identity verification',
      description: '`pending` until the window was completed. The result never changes.',
      requestParams: { path },
      responses: {
        '200': json('The verification', identityVerificationResponse),
        ...problems({
          '401': 'unauthorized',
          '404': 'identity_verification_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/identity-verifications/{id}/use': {
    post: {
      operationId: 'useIdentityVerification',
      tags: ['identity-verifications'],
      security: [{ merchantKey: [] }],
      summary: 'Use a verification for one thing',
      description:
        'It must be of this purpose and this customer, and is used once: a request with the same `reference` is safe to repeat.',
      requestParams: { path },
      requestBody: {
        required: true,
        content: { 'application/json': { schema: identityVerificationUse() } },
      },
      responses: {
        '200': json('It is used for this', identityVerificationResponse),
        ...problems({
          ...requestProblems,
          '404': 'identity_verification_unknown',
          '409':
            'identity_verification_mismatch, with the field; identity_verification_not_verified, with its status; identity_verification_used',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/payments/subjects/{merchant_uid}': {
    get: {
      operationId: 'readBuyerSubject',
      tags: ['payments'],
      security: [{ orderToken: [] }],
      summary: "Status of an identity verification for the visitor's page",
      description:
        'Pages of the configured origins may read it with the `token` of the verification. An unknown one and a wrong token have the response of an unknown order.',
      requestParams: { path: z.object({ merchant_uid: identityVerificationId() }) },
      responses: {
        '200': json('It has a result', subjectStatusResponse),
        '202': {
          ...json('No result yet, or it cannot be read now', subjectStatusResponse),
          headers: retryHeaders,
        },
        '403': json('A page of another origin', invalidRequestResponse),
        '404': json('Unknown, or not its token', invalidRequestResponse),
        ...serverProblem,
      },
    },
  },
  '/identity-verifications/{id}/delete-record': {
    post: {
      operationId: 'deleteIdentityRecord',
      tags: ['identity-verifications'],
      security: [{ merchantKey: [] }],
      summary: "Delete the provider's record of a verification",
      description:
        'The result stays here. `provider_record` is `deleting` while the provider has not confirmed it; it is asked again until it does. Safe to repeat.',
      requestParams: { path },
      responses: {
        '200': json('The verification', identityVerificationResponse),
        ...problems({
          '401': 'unauthorized',
          '404': 'identity_verification_unknown',
          '409': 'identity_verification_not_verified: there is no result yet',
          '503': 'store_unavailable',
        }),
      },
    },
  },
}
