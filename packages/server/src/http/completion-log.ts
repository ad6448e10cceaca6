import { explain } from '@quayside/core'
import type { CompletionReport } from '@quayside/hono'
import { describeCause, type Log, type LogFields } from '../log.ts'

/** Logs what a completion route did: ids and reasons, never a body. */
export function createCompletionLog(log: Log): (report: CompletionReport) => void {
  return (report) => {
    const { kind, route } = report
    switch (report.kind) {
      case 'refused_request':
        return log(kind, { route, reason: report.failure.reason })
      case 'synced': {
        const { order, outcome } = report.synced
        const { impUid } = idsOf(report.notice)
        const { merchantUid, status } = order
        return log(kind, { route, outcome, merchantUid, impUid, status })
      }
      case 'not_synced': {
        const { failure, notice } = report
        return log(kind, {
          route,
          reason: failure.reason,
          ...idsOf(notice),
          detail: explain(failure),
          ...causeOf(failure),
        })
      }
      case 'ignored':
        return log(kind, { route, notice: report.notice.kind })
      case 'subject': {
        const { subject, merchantUid, impUid, outcome } = report
        const reason = 'reason' in outcome ? { reason: outcome.reason, ...causeOf(outcome) } : {}
        return log(kind, { route, subject, merchantUid, impUid, status: outcome.status, ...reason })
      }
      case 'escrow': {
        const { merchantUid, impUid, status } = report.change
        const reason = report.outcome === 'refused' ? { reason: report.reason } : {}
        return log(kind, { route, merchantUid, impUid, status, outcome: report.outcome, ...reason })
      }
      case 'confirm_approved': {
        const { merchantUid, impUid } = report.request
        return log(kind, { route, merchantUid, impUid })
      }
      case 'confirm_refused': {
        const { merchantUid, impUid } = report.request
        return log(kind, { route, reason: report.reason, merchantUid, impUid })
      }
      case 'order_not_read':
        return log(kind, { route, reason: report.failure.reason, ...causeOf(report.failure) })
    }
  }
}

/** What the database or the client said, where a failure has it. */
function causeOf(failure: { readonly reason: string; readonly cause?: unknown }): LogFields {
  return failure.cause === undefined ? {} : { cause: describeCause(failure.cause) }
}

type Notice = Extract<CompletionReport, { kind: 'ignored' }>['notice']

function idsOf(notice: Notice): { merchantUid: string | null; impUid: string | null } {
  return notice.kind === 'payment'
    ? { merchantUid: notice.merchantUid, impUid: notice.impUid }
    : { merchantUid: null, impUid: null }
}
