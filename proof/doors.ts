import { createClient } from '@quayside/client'
import type { ConfirmRequest, LookupNotice, MerchantUid, OrderStore } from '@quayside/core'
import { completion } from '@quayside/hono'
import { type Design, type Desk, quayside, type Reply } from './design.ts'

// The whole app instead of the use case: requests in, answers out, the same ports behind it.

const shop = 'https://shop.example'
const pages = {
  success: `${shop}/paid`,
  vbankIssued: `${shop}/vbank_issued`,
  failed: `${shop}/unclear`,
  cancelled: `${shop}/unclear`,
  pending: `${shop}/pending`,
}

/** The words of the answers as the oracle has them; null where one word stands for several states. */
const words: Readonly<Record<string, Reply['word']>> = {
  success: 'paid',
  vbankIssued: 'vbank_issued',
  failed: 'failed',
  cancelled: 'cancelled',
  partiallyCancelled: 'partially_cancelled',
  pending: 'pending',
  forgery: 'forgery',
  [pages.success]: 'paid',
  [pages.vbankIssued]: 'vbank_issued',
  [pages.pending]: 'pending',
}

/** An app that serves one task at a time. */
class Doors implements OrderStore {
  readonly #app = completion({
    store: this,
    client: createClient({ key: 'unused', secret: 'unused', fetch: refuse }),
    gate: ({ notice }) => this.#desk().fetchPayment(notice.impUid),
    mode: 'live',
    origins: [shop],
    pages,
  })
  desk: Desk | null = null

  find(id: MerchantUid) {
    return this.#desk().store.find(id)
  }

  record(change: Parameters<OrderStore['record']>[0]) {
    return this.#desk().store.record(change)
  }

  note(attempt: Parameters<OrderStore['note']>[0]) {
    return this.#desk().store.note(attempt)
  }

  async ask(request: Request): Promise<Response> {
    return this.#app.fetch(request)
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

/** Makes the design whose doors are the real app. An app is used again once its task has ended well. */
export function createDoors(): Entrance {
  const free: Doors[] = []
  const ask = async (request: Request, desk: Desk): Promise<Response> => {
    const doors = free.pop() ?? new Doors()
    doors.desk = desk
    const response = await doors.ask(request)
    free.push(doors)
    return response
  }
  return {
    ...quayside,
    name: 'the app',
    // A request costs ten times what the use case behind it does.
    crowd: [1, 1, 1, 2],
    handle: async (notice, desk) => toReply(await ask(toRequest(notice), desk), notice),
    async confirm({ impUid, merchantUid, amount }, desk) {
      const fields = { imp_uid: impUid, merchant_uid: merchantUid, amount }
      const { status } = await ask(
        post('confirm', 'application/json', JSON.stringify(fields)),
        desk,
      )
      return status
    },
  }
}

function toRequest({ channel, impUid, merchantUid, claimedStatus }: LookupNotice): Request {
  const fields = { imp_uid: impUid, merchant_uid: merchantUid, status: claimedStatus ?? 'paid' }
  switch (channel) {
    case 'redirect':
      return new Request(`${shop}/payments/redirect?${toForm(fields)}`)
    case 'callback':
      return post('complete', 'application/json', JSON.stringify(fields))
    case 'webhook':
      // The console lets a merchant choose between the two.
      return impUid.endsWith('1')
        ? post('webhook', 'application/x-www-form-urlencoded', toForm(fields))
        : post('webhook', 'application/json; charset=utf-8', JSON.stringify(fields))
  }
}

function post(door: string, mediaType: string, body: string): Request {
  const headers = { 'content-type': mediaType, origin: shop }
  return new Request(`${shop}/payments/${door}`, { method: 'POST', headers, body })
}

function toForm(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString()
}

async function toReply(response: Response, { channel }: LookupNotice): Promise<Reply> {
  const { status: code } = response
  if (channel === 'redirect') {
    return { code, word: words[response.headers.get('location') ?? ''] ?? null }
  }
  const answer: unknown = await response.json()
  const said =
    typeof answer === 'object' && answer !== null && 'status' in answer ? answer.status : ''
  return { code, word: channel === 'webhook' ? null : (words[String(said)] ?? null) }
}

async function refuse(): Promise<Response> {
  throw new TypeError('Cannot reach the provider: the gate answers for it')
}
