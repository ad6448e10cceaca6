import * as z from 'zod/mini'
import { identityVerificationFields } from '../../../events/identity-verification-schemas.ts'
import { mode } from '../../../events/schemas.ts'
import { completionResponse } from './payments.ts'

export const identityVerificationResponse = z.extend(identityVerificationFields, { mode })

export type IdentityVerificationResponse = z.infer<typeof identityVerificationResponse>

/** The status of a registration or of a verification, for the buyer's page. */
export const subjectStatusResponse = z.extend(completionResponse, {
  /** With which codes the page opens the window; left out for the account of `IMP_KEY`. */
  user_code: z.optional(z.nullable(z.string())),
  tier: z.optional(z.nullable(z.string())),
})

/** What the page passes to `IMP.certification`. */
const windowParams = z.strictObject({
  merchant_uid: z.string(),
  channelKey: z.optional(z.string()),
  pg: z.optional(z.string()),
  /** Only some channels act on it, so that the server counts again. */
  min_age: z.optional(z.int()),
  name: z.optional(z.string()),
  phone: z.optional(z.string()),
  m_redirect_url: z.optional(z.string()),
})

export type WindowParams = z.infer<typeof windowParams>

export const createdIdentityVerification = z.extend(identityVerificationResponse, {
  certification: windowParams,
  /** The merchant code with which the page opens the window, null where the settings have none; left out for the account of `IMP_KEY`. */
  user_code: z.optional(z.nullable(z.string())),
  /** With it the visitor's page reads the status at `GET /payments/subjects/{merchant_uid}`, for ORDER_TOKEN_DAYS days. */
  token: z.string(),
})
