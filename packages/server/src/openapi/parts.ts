import * as z from 'zod/mini'
import type { createDocument, ZodOpenApiOperationObject } from 'zod-openapi'
import { merchantUid } from '../http/schemas/requests/orders.ts'
import { problemDetails } from '../http/schemas/responses/problems.ts'

export type Paths = NonNullable<Parameters<typeof createDocument>[0]['paths']>

/** Responses by status. */
type Responses = ZodOpenApiOperationObject['responses']

export const json = (description: string, schema: z.ZodMiniType) => ({
  description,
  content: { 'application/json': { schema } },
})
/** How long to wait before the same request is sent again. */
export const retryAfter = {
  required: true,
  description: 'Seconds until the request may be repeated',
  schema: { type: 'integer' },
} as const

export const retryHeaders = { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } }

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemDetails } },
})

/** What any route responds when the server itself is at fault. */
export const serverProblem = {
  '500': problem('internal: the cause is in the log; configuration: `detail` names the settings'),
} as const

/** The problems of an operation by status, each with its codes. */
export const problems = (table: Readonly<Record<`${4 | 5}${number}`, string>>): Responses => ({
  ...Object.fromEntries(
    Object.entries(table).map(([status, codes]) => [
      status,
      status === '503' ? { ...problem(codes), headers: retryHeaders } : problem(codes),
    ]),
  ),
  ...serverProblem,
})
export const path = z.object({ merchant_uid: merchantUid() })

export const requestProblems = {
  '400': 'request_invalid, body_malformed',
  '401': 'unauthorized',
  '413': 'body_too_large',
  '415': 'media_type_unsupported',
} as const

/** What an order or a payment of a payee is refused with whom nobody can ask the provider for any more. */
export const payeeRemoved =
  'account_unknown, tier_unknown: the settings name it no more, and the provider was not asked'
