import { createClient } from '@quayside/client'
import type { ConfirmRequest, MerchantUid, OrderStore } from '@quayside/core'
import { completion } from '@quayside/hono'
import { createCompletionLog } from '../../../packages/server/src/http/completion-log.ts'
import { canary } from '../checkers/history.ts'
import { post, readReply, resultPages, shop, toRequest } from '../workload/notice-http.ts'
import { type Design, type Desk, quayside } from './system.ts'

// The whole app instead of the use case: requests in, answers out, the same ports behind it.

const pages = {
  success: `${resultPages}/success`,
  vbankIssued: `${resultPages}/vbank`,
  failed: `${resultPages}/failed`,
  cancelled: `${resultPages}/cancelled`,
  pending: `${resultPages}/pending`,
}

/** How many apps are at work before it pays to look for deserted ones. */
const crowded = 16

/** An app that serves one task at a time. */
class Doors implements OrderStore {
  readonly #app: ReturnType<typeof completion>
  /** What was logged of the request; null where nobody reads it. */
  readonly #told: string[] | null
  desk: Desk | null = null

  constructor(isWatched: boolean) {
    const told: string[] = []
    const report = createCompletionLog((event, fields) =>
      told.push(JSON.stringify([event, fields])),
    )
    this.#told = isWatched ? told : null
    this.#app = completion({
      store: this,
      client: createClient({ key: `${canary}-key`, secret: `${canary}-secret`, fetch: refuse }),
      lookupGuard: ({ notice }) => this.#desk().fetchPayment(notice.impUid),
      mode: 'live',
      origins: [shop],
      pages,
      hooks: isWatched ? { report } : {},
    })
  }

  find(id: MerchantUid) {
    return this.#desk().store.find(id)
  }

  record(change: Parameters<OrderStore['record']>[0]) {
    return this.#desk().store.record(change)
  }

  recordAttempt(attempt: Parameters<OrderStore['recordAttempt']>[0]) {
    return this.#desk().store.recordAttempt(attempt)
  }

  /** Whether the task that it served died over it. */
  get isDeserted(): boolean {
    return this.desk?.process.isGone === true
  }

  async ask(request: Request): Promise<readonly [Response, string[]]> {
    const response = await this.#app.fetch(request)
    return [response, this.#told?.splice(0) ?? []]
  }

  #desk(): Desk {
    if (this.desk === null) throw new TypeError('Cannot serve: nobody is at the door')
    return this.desk
  }
}

/** The design with the real app before it, whose confirm door can be asked as well. */
export interface Entrance extends Design {
  /** The status that the confirm door answers. */
  confirm(request: ConfirmRequest, desk: Desk): Promise<number>
}

/**
 * Makes the design whose doors are the real app. An app is used again once its task has ended, or died. Where
 * it is watched, a reply holds all that was let out: headers, body, log lines.
 */
export function createDoors(isWatched = false): Entrance {
  const free: Doors[] = []
  let busy: Doors[] = []
  const takeOne = (): Doors => {
    // To build an app costs as much as to serve several requests.
    if (free.length === 0 && busy.length >= crowded) {
      free.push(...busy.filter((doors) => doors.isDeserted))
      busy = busy.filter((doors) => !doors.isDeserted)
    }
    return free.pop() ?? new Doors(isWatched)
  }
  const ask = async (request: Request, desk: Desk): Promise<readonly [Response, string[]]> => {
    const doors = takeOne()
    doors.desk = desk
    busy.push(doors)
    const answer = await doors.ask(request)
    busy.splice(busy.indexOf(doors), 1)
    free.push(doors)
    return answer
  }
  return {
    ...quayside,
    name: 'the app',
    // A request costs ten times what the use case behind it does.
    crowd: [1, 1, 1, 2],
    async handle(notice, desk) {
      const [response, told] = await ask(toRequest(notice), desk)
      const isRead = isWatched || notice.channel === 'callback'
      const text = isRead ? await response.text() : ''
      const reply = readReply(notice.channel, response, text)
      return isWatched ? { ...reply, text: [...response.headers, text, told].join('\n') } : reply
    },
    async confirm({ impUid, merchantUid, amount }, desk) {
      const fields = { imp_uid: impUid, merchant_uid: merchantUid, amount }
      const [{ status }] = await ask(
        post('confirm', 'application/json', JSON.stringify(fields)),
        desk,
      )
      return status
    },
  }
}

async function refuse(): Promise<Response> {
  throw new TypeError('Cannot reach the provider: the gate answers for it')
}
