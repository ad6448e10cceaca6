import { explain } from '@quayside/core'
import type { Report } from '@quayside/hono'
import type { Log } from '../log.ts'

/** Turns what a door did into a log line: ids and reasons, never a body. */
export function createCompletionLog(log: Log): (report: Report) => void {
  return (report) => {
    const { kind, door } = report
    switch (report.kind) {
      case 'refused_request':
        return log(kind, { door, reason: report.failure.reason })
      case 'synced': {
        const { order, outcome } = report.synced
        return log(kind, { door, outcome, ...idsOf(report.notice), status: order.status })
      }
      case 'not_synced': {
        const { failure, notice } = report
        return log(kind, {
          door,
          reason: failure.reason,
          ...idsOf(notice),
          detail: explain(failure),
        })
      }
      case 'ignored':
        return log(kind, { door, notice: report.notice.kind })
      case 'confirm_refused': {
        const { merchantUid, impUid } = report.request
        return log(kind, { door, reason: report.why, merchantUid, impUid })
      }
      case 'order_not_read':
        return log(kind, { door, reason: report.failure.reason })
    }
  }
}

type Notice = Extract<Report, { kind: 'ignored' }>['notice']

function idsOf(notice: Notice): { merchantUid: string | null; impUid: string | null } {
  return notice.kind === 'payment'
    ? { merchantUid: notice.merchantUid, impUid: notice.impUid }
    : { merchantUid: null, impUid: null }
}
