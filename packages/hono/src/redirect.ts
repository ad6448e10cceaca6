import { fail, parseRedirect, type Result } from '@quayside/core'
import type { Context } from 'hono'
import type { Rooms } from './deps.ts'
import type { AnswerStatus } from './messages.ts'
import { readBody } from './read-body.ts'
import { type RequestFailure, toReportedFailure, toVerdict } from './response.ts'
import { namesPayment, onlyPayment, sync } from './sync-notice.ts'

/** The shop's own pages for a buyer who returns by redirect: absolute addresses, fixed by the shop. */
export interface Pages {
  readonly success: string
  readonly vbankIssued: string
  readonly failed: string
  readonly cancelled: string
  readonly pending: string
}

const pageOf: Readonly<Record<AnswerStatus, keyof Pages>> = {
  success: 'success',
  vbankIssued: 'vbankIssued',
  failed: 'failed',
  cancelled: 'cancelled',
  partiallyCancelled: 'cancelled',
  pending: 'pending',
  forgery: 'failed',
  invalid: 'failed',
}

/**
 * `GET /payments/complete`, `GET` and `POST /payments/redirect`: a phone comes back. Whatever it brings,
 * it leaves for one of the shop's pages, and nothing of the request goes along.
 */
export function redirect(rooms: Rooms, pages: Pages) {
  return async (c: Context): Promise<Response> =>
    c.redirect(pages[pageOf[await look(c.req.raw, rooms)]], 303)
}

async function look(request: Request, rooms: Rooms): Promise<AnswerStatus> {
  const query = await readQuery(request)
  const notice = query.ok ? onlyPayment(parseRedirect(query.value)) : query
  if (!notice.ok) {
    rooms.report({ kind: 'refused_request', door: 'redirect', failure: notice.failure })
    return 'invalid'
  }
  const verdict = namesPayment(notice.value)
    ? toVerdict(
        await sync({ notice: notice.value, door: 'redirect', request }, rooms),
        notice.value,
      )
    : toReportedFailure(notice.value)
  return verdict.status
}

/** The result's form text: of the query, or of the body for the providers that post it. */
async function readQuery(request: Request): Promise<Result<string, RequestFailure>> {
  if (request.method !== 'POST') return { ok: true, value: new URL(request.url).search }
  const contentType = request.headers.get('content-type') ?? ''
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)
    ? readBody(request)
    : fail({ reason: 'media_type_unsupported', mediaType: contentType })
}
