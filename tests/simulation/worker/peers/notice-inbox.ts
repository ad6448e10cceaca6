import { readNoticeResponse, toRequest } from '../../workload/notice-http.ts'
import { createNotices, type InboundNotice, maxResends } from '../../workload/notices.ts'
import type { WorkerContext } from '../context.ts'

/** The notices of a schedule, from the change of a payment to the response of the worker. */
export interface NoticeInbox {
  readonly waiting: number
  /** A payment reaches its next state, which causes notices. */
  advancePayment(): void
  deliver(at: number): void
}

/** Makes the empty inbox of a schedule. */
export function createNoticeInbox(context: WorkerContext): NoticeInbox {
  const { workload, clock, prng, provider, responseLog, count, addToHash, log } = context
  const resends = prng.below(2) === 1 ? maxResends : 0
  const losesNotices = prng.below(8) === 7
  const inbound: InboundNotice[] = []
  const sentAt = new WeakMap<InboundNotice, number>()

  const send = (notice: InboundNotice, at: number): void => {
    sentAt.set(notice, at)
    inbound.push(notice)
  }
  const resend = (notice: InboundNotice): void => {
    if (notice.channel !== 'webhook' || notice.sent > resends || context.areFaultsOver()) return
    send({ ...notice, sent: notice.sent + 1 }, sentAt.get(notice) ?? clock.step)
  }

  return {
    get waiting() {
      return inbound.length
    },
    advancePayment() {
      const candidates = provider.upcoming()
      const payment = candidates[prng.below(candidates.length)]
      const version = payment === undefined ? null : provider.advance(payment)
      if (payment === undefined || version === null) return
      payment.planned.versionsReached++
      count(`upstream ${version.status}`)
      log(`provider | ${payment.imp_uid} is ${version.status} | `)
      for (const each of createNotices(payment.planned, version, workload, prng, losesNotices)) {
        send(each, clock.step)
      }
    },
    deliver(at) {
      const notice = inbound.splice(at, 1)[0]
      if (notice === undefined) return
      const { channel, impUid, merchantUid } = notice
      const name = `${channel} ${impUid}→${merchantUid}`
      const arrived = clock.step
      context.startTask(
        name,
        async ({ worker }, task) => {
          const response = await worker.app.fetch(toRequest(notice))
          const text = await response.text()
          responseLog.bodies.push(text)
          const noticeResponse = readNoticeResponse(channel, response, text)
          count(`response ${channel} ${noticeResponse.code}`)
          addToHash(noticeResponse.code + (noticeResponse.status?.length ?? 0))
          log(`${name} | responds | ${noticeResponse.code} ${noticeResponse.status ?? ''}`)
          responseLog.responses.push({
            channel,
            imp_uid: impUid,
            merchant_uid: merchantUid,
            claimed: notice.claimedStatus,
            // Without a lookup of its own a notice vouches only for what was true when it was sent.
            from: task.lookups > 0 ? arrived : (sentAt.get(notice) ?? arrived),
            to: clock.step,
            ...noticeResponse,
            faults: context.faultsOf(task),
            lookups: task.lookups,
          })
          if (noticeResponse.code >= 500) resend(notice)
        },
        () => resend(notice),
      )
    },
  }
}
