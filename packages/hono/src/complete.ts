import { type Fields, isNothing, parseCallback } from '@quayside/core'
import type { Context } from 'hono'
import type { CompletionDeps } from './deps.ts'
import { toMessage } from './messages.ts'
import { respondJson } from './middleware/response-headers.ts'
import { languageOf } from './request/language.ts'
import { resolveNotice } from './resolve-notice.ts'
import {
  toCompletionResponse,
  toHttpStatus,
  toRefusalStatus,
  toRetryHeaders,
  toSetupMessage,
} from './response.ts'
import { readFields } from './sync-notice.ts'

/** Handles `POST /payments/complete`: the page sends what the callback of `IMP.request_pay` received. */
export function complete(deps: CompletionDeps) {
  return async (c: Context): Promise<Response> => {
    const language = languageOf(c)
    const request = c.req.raw
    const fields = await readFields(request, 'browser')
    const notice = fields.ok ? parseCallback(fields.value) : fields
    if (!notice.ok) {
      const { failure } = notice
      deps.report({ kind: 'refused_request', route: 'complete', failure })
      const message = toSetupMessage(failure, language) ?? toMessage('invalid', language)
      return respondJson(
        c,
        { status: 'invalid', error: failure.reason, message },
        toRefusalStatus(failure),
      )
    }
    const claimsBillingKey = fields.ok && hasBillingKeyOnly(fields.value)
    const result = await resolveNotice(
      { notice: notice.value, route: 'complete', request, claimsBillingKey },
      deps,
    )
    const { status } = result
    const body = toCompletionResponse(result, language, deps.mode)
    return respondJson(c, body, toHttpStatus(status), toRetryHeaders(status))
  }
}

/** Old modules report the registration of a card with the amount 0, new ones with its key and two ids only. */
function hasBillingKeyOnly(fields: Fields): boolean {
  const { customer_uid: key, paid_amount: amount = 0 } = fields
  return typeof key === 'string' && !isNothing(key) && Number(amount) === 0
}
