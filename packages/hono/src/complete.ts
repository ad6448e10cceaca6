import { parseCallback } from '@quayside/core'
import type { Context } from 'hono'
import type { CompletionDeps } from './deps.ts'
import { toMessage } from './messages.ts'
import { languageOf } from './middleware.ts'
import {
  toCompletionResponse,
  toCompletionResult,
  toHttpStatus,
  toRefusalStatus,
  toReportedFailure,
} from './response.ts'
import { namesPayment, readFields, requirePayment, syncNotice } from './sync-notice.ts'

/** Handles `POST /payments/complete`: the page sends what the callback of `IMP.request_pay` received. */
export function complete(deps: CompletionDeps) {
  return async (c: Context): Promise<Response> => {
    const language = languageOf(c)
    // The guide's jQuery example sends a form that is labelled JSON.
    const fields = await readFields(c.req.raw, { mislabelledForm: true })
    const notice = fields.ok ? requirePayment(parseCallback(fields.value)) : fields
    if (!notice.ok) {
      const { failure } = notice
      deps.report({ kind: 'refused_request', route: 'complete', failure })
      const refusal = { error: failure.reason, message: toMessage('invalid', language) }
      return c.json({ status: 'invalid', ...refusal }, toRefusalStatus(failure))
    }

    const result = namesPayment(notice.value)
      ? toCompletionResult(
          await syncNotice({ notice: notice.value, route: 'complete', request: c.req.raw }, deps),
          notice.value,
        )
      : toReportedFailure(notice.value)
    if (result.status === 'pending') c.header('Retry-After', '2')
    return c.json(toCompletionResponse(result, language, deps.mode), toHttpStatus(result.status))
  }
}
