import { readReply, toRequest } from '../../workload/notice-http.ts'
import { type Mail, writeMail } from '../../workload/notices.ts'
import type { Ground } from '../context.ts'

/** The notices of a schedule, from what happens at the provider to the answers of the doors. */
export interface MailRoom {
  readonly waiting: number
  /** Lets the next thing of a payment's life happen, and writes of it. */
  happen(): void
  deliver(at: number): void
}

/** How often the provider sends a webhook again, where the merchant asked for that. */
const maxResends = 5

/** Opens the mail room of a schedule. */
export function openMailRoom(ground: Ground): MailRoom {
  const { story, clock, chance, provider, given, count, fold, tell } = ground
  const resends = chance.below(2) === 1 ? maxResends : 0
  const isDeaf = chance.below(8) === 7
  const mail: Mail[] = []
  const sentAt = new WeakMap<Mail, number>()

  const send = (notice: Mail, at: number): void => {
    sentAt.set(notice, at)
    mail.push(notice)
  }
  const resend = (notice: Mail): void => {
    if (notice.channel !== 'webhook' || notice.sent > resends || ground.isOver()) return
    send({ ...notice, sent: notice.sent + 1 }, sentAt.get(notice) ?? clock.step)
  }

  return {
    get waiting() {
      return mail.length
    },
    happen() {
      const able = provider.upcoming()
      const account = able[chance.below(able.length)]
      const version = account === undefined ? null : provider.advance(account)
      if (account === undefined || version === null) return
      account.booked.reached++
      count(`upstream ${version.status}`)
      tell(`provider | ${account.imp_uid} is ${version.status} | `)
      for (const each of writeMail(account.booked, version, story, chance, isDeaf)) {
        send(each, clock.step)
      }
    },
    deliver(at) {
      const notice = mail.splice(at, 1)[0]
      if (notice === undefined) return
      const { channel, impUid, merchantUid } = notice
      const name = `${channel} ${impUid}→${merchantUid}`
      const arrived = clock.step
      ground.begin(
        name,
        async ({ worker }, task) => {
          const response = await worker.app.fetch(toRequest(notice))
          const text = await response.text()
          given.texts.push(text)
          const reply = readReply(channel, response, text)
          count(`answer ${channel} ${reply.code}`)
          fold(reply.code + (reply.word?.length ?? 0))
          tell(`${name} | is answered | ${reply.code} ${reply.word ?? ''}`)
          const isSandbox = provider.accounts.some(
            (each) => each.imp_uid === impUid && each.sandbox,
          )
          given.answers.push({
            channel,
            imp_uid: impUid,
            merchant_uid: merchantUid,
            claimed: notice.claimedStatus,
            // Who was answered from a record that was read for another vouches for no more than he told.
            from: task.lookups > 0 ? arrived : (sentAt.get(notice) ?? arrived),
            to: clock.step,
            ...reply,
            // In live mode the provider does not know a payment of a test channel: that is no calm either.
            faults: ground.troublesOf(task) + (isSandbox ? 1 : 0),
            lookups: task.lookups,
          })
          if (reply.code >= 500) resend(notice)
        },
        () => resend(notice),
      )
    },
  }
}
