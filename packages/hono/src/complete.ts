import { parseCallback } from '@quayside/core'
import type { Context } from 'hono'
import type { Rooms } from './deps.ts'
import { toMessage } from './messages.ts'
import { languageOf } from './middleware.ts'
import {
  toAnswer,
  toHttpStatus,
  toRefusalStatus,
  toReportedFailure,
  toVerdict,
} from './response.ts'
import { namesPayment, onlyPayment, readFields, sync } from './sync-notice.ts'

/** `POST /payments/complete`: the page hands over what the callback of `IMP.request_pay` got. */
export function complete(rooms: Rooms) {
  return async (c: Context): Promise<Response> => {
    const language = languageOf(c)
    // The guide's jQuery example sends a form and calls it JSON.
    const fields = await readFields(c.req.raw, { mislabelledForm: true })
    const notice = fields.ok ? onlyPayment(parseCallback(fields.value)) : fields
    if (!notice.ok) {
      const { failure } = notice
      rooms.report({ kind: 'refused_request', door: 'complete', failure })
      const refusal = { error: failure.reason, message: toMessage('invalid', language) }
      return c.json({ status: 'invalid', ...refusal }, toRefusalStatus(failure))
    }

    const verdict = namesPayment(notice.value)
      ? toVerdict(
          await sync({ notice: notice.value, door: 'complete', request: c.req.raw }, rooms),
          notice.value,
        )
      : toReportedFailure(notice.value)
    if (verdict.status === 'pending') c.header('Retry-After', '2')
    return c.json(toAnswer(verdict, language, rooms.mode), toHttpStatus(verdict.status))
  }
}
