import * as z from 'zod/mini'
import type { createDocument, ZodOpenApiOperationObject } from 'zod-openapi'
import { merchantUid } from '../http/schemas/requests.ts'
import { problemDetails } from '../http/schemas/responses.ts'

export type Paths = NonNullable<Parameters<typeof createDocument>[0]['paths']>

/** Responses by status. */
type Responses = ZodOpenApiOperationObject['responses']

export const json = (description: string, schema: z.ZodMiniType) => ({
  description,
  content: { 'application/json': { schema } },
})
export const problems = (table: Readonly<Record<`${4 | 5}${number}`, string>>): Responses =>
  Object.fromEntries(
    Object.entries(table).map(([status, codes]) => [
      status,
      { description: codes, content: { 'application/problem+json': { schema: problemDetails } } },
    ]),
  )
export const path = z.object({ merchant_uid: merchantUid })

export const requestProblems = {
  '400': 'request_invalid, body_malformed',
  '401': 'unauthorized',
  '413': 'body_too_large',
  '415': 'media_type_unsupported',
} as const
