import { fail, parseRedirect, type Result } from '@quayside/core'
import type { Context } from 'hono'
import type { CompletionDeps } from './deps.ts'
import type { CompletionStatus } from './messages.ts'
import { readBody } from './read-body.ts'
import { type RequestFailure, toCompletionResult, toReportedFailure } from './response.ts'
import { namesPayment, requirePayment, syncNotice } from './sync-notice.ts'

/** The shop's pages for a buyer who returns by redirect: absolute http(s) URLs. */
export interface ResultPages {
  readonly success: string
  readonly vbankIssued: string
  readonly failed: string
  readonly cancelled: string
  readonly pending: string
}

const pageOf: Readonly<Record<CompletionStatus, keyof ResultPages>> = {
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
 * Handles `GET /payments/complete` and `GET` and `POST /payments/redirect`, the return of a phone. Every response
 * is a redirect to one of the shop's pages, and contains nothing of the request.
 */
export function redirect(deps: CompletionDeps, pages: ResultPages) {
  return async (c: Context): Promise<Response> =>
    c.redirect(pages[pageOf[await resolveStatus(c.req.raw, deps)]], 303)
}

async function resolveStatus(request: Request, deps: CompletionDeps): Promise<CompletionStatus> {
  const query = await readQuery(request)
  const notice = query.ok ? requirePayment(parseRedirect(query.value)) : query
  if (!notice.ok) {
    deps.report({ kind: 'refused_request', route: 'redirect', failure: notice.failure })
    return 'invalid'
  }
  const result = namesPayment(notice.value)
    ? toCompletionResult(
        await syncNotice({ notice: notice.value, route: 'redirect', request }, deps),
        notice.value,
      )
    : toReportedFailure(notice.value)
  return result.status
}

/** The form-encoded result: the query, or the body from PGs that post it. */
async function readQuery(request: Request): Promise<Result<string, RequestFailure>> {
  if (request.method !== 'POST') return { ok: true, value: new URL(request.url).search }
  const contentType = request.headers.get('content-type') ?? ''
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)
    ? readBody(request)
    : fail({ reason: 'media_type_unsupported', mediaType: contentType })
}
