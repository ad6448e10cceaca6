import { parseMerchantUid } from '@quayside/core'
import type { Context } from 'hono'
import { toUnreadableNotice } from './complete-subject.ts'
import type { CompletionDeps } from './deps.ts'
import { toMessage } from './messages.ts'
import { respondJson } from './middleware/response-headers.ts'
import { languageOf } from './request/language.ts'
import { toCompletionResponse, toHttpStatus, toRetryHeaders, toSubjectResult } from './response.ts'
import type { SubjectOutcome } from './subject.ts'

/**
 * Handles `GET /payments/subjects/{merchant_uid}`: the buyer's page reads the status of a subject with its token, for
 * instance after a phone returned. Nothing is looked up. An unknown subject and a wrong token get the response of an unknown
 * order.
 */
export function readBuyerSubject(deps: CompletionDeps) {
  return async (c: Context): Promise<Response> => {
    const language = languageOf(c)
    const merchantUid = parseMerchantUid(c.req.param('merchant_uid'))
    const token = /^Bearer ([\w-]{16,128})$/.exec(c.req.header('Authorization') ?? '')?.[1]
    const message = toMessage('invalid', language)
    const unknown = { status: 'invalid', error: 'order_unknown', message }
    if (!merchantUid.ok || token === undefined) return respondJson(c, unknown, 404)
    const id = merchantUid.value
    const subject = deps.subjects.find(({ owns }) => owns(id))
    // The token first, so that the response time does not depend on whether the subject exists.
    if (subject === undefined || (await subject.isToken?.(id, token)) !== true) {
      return respondJson(c, unknown, 404)
    }
    const { channel, claim, claimedStatus, errorCode, errorMessage } = toUnreadableNotice(id)
    const outcome: SubjectOutcome = await subject.complete({
      merchantUid: id,
      impUid: null,
      channel,
      claim,
      claimedStatus,
      errorCode,
      errorMessage,
      lookUp: async () => ({ ok: false, failure: { reason: 'provider_unavailable', cause: null } }),
    })
    if (outcome.status === 'unknown') return respondJson(c, unknown, 404)
    if (outcome.status === 'unavailable') {
      const report = { kind: 'subject', route: 'order', subject: subject.name } as const
      deps.report({ ...report, merchantUid: id, impUid: null, outcome })
    }
    const result = toSubjectResult({ subject, outcome })
    const { status } = result
    const body = { ...toCompletionResponse(result, language, deps.mode), ...toWindowOf(outcome) }
    return respondJson(c, body, toHttpStatus(status), toRetryHeaders(status))
  }
}

/** With which codes the page opens the window; nothing where there is one account. */
function toWindowOf({ merchant }: SubjectOutcome): Record<string, unknown> {
  return merchant === undefined ? {} : { user_code: merchant.userCode, tier: merchant.tier }
}
