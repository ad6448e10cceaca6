import type { AnswerRow, EventRow, Evidence } from '../../checkers/history.ts'
import type { Instant } from '../../engine/fake-database.ts'
import type { Shop } from '../../engine/fake-merchant.ts'
import { type Receiver, toEventRow, toStanding } from '../peers/event-receiver.ts'
import type { Provider } from '../peers/fake-provider.ts'
import type { WorkerStory } from '../peers/worker-workload.ts'
import { isOfOrder, type Rows } from './rows.ts'
import { attemptKey, type Diary } from './write-log.ts'

/** What was said to the outside meanwhile. */
export interface Given {
  readonly answers: AnswerRow[]
  /** The bodies of all answers. */
  readonly texts: string[]
  /** How often a part of an order's money was asked back. */
  readonly parts: Map<string, number>
  /** How much of an order an answer said was given back, in the currency's own unit. */
  readonly cancelled: Map<string, number>
}

/** Nothing was said yet. */
export function createGiven(): Given {
  return { answers: [], texts: [], parts: new Map(), cancelled: new Map() }
}

/** What is left of a schedule beside the rows of the database. */
export interface Remains {
  readonly story: WorkerStory
  readonly clock: Instant
  readonly diary: Diary
  readonly provider: Provider
  readonly receiver: Receiver
  readonly shop: Shop
  readonly given: Given
  /** The lines of the log. */
  readonly lines: readonly string[]
  /** What was put on the queue. */
  readonly messages: string
  readonly loose: number
}

/** What a schedule left behind, as the judges of every schedule have it. */
export function gather(rows: Rows, remains: Remains): Evidence {
  const { story, diary, provider, shop, given, loose } = remains
  const closed = new Set(
    rows.orders
      .filter(({ status, imp_uid }) => status === 'cancelled' && imp_uid === null)
      .map(({ merchant_uid }) => merchant_uid),
  )
  return {
    wanted: story.wanted.map((order) => ({
      ...order,
      at: diary.orders.get(order.merchant_uid) ?? Number.POSITIVE_INFINITY,
    })),
    payments: provider.accounts,
    orders: rows.orders.map(({ merchant_uid, status, imp_uid, cancelled, sequence }) => ({
      merchant_uid,
      status: toStanding(status, imp_uid),
      imp_uid,
      cancelled,
      sequence,
    })),
    events: rows.outbox
      .filter(isOfOrder)
      .map(
        ({ id, kind, payload }): EventRow =>
          toEventRow(id, kind, JSON.parse(payload), diary.events.get(id) ?? 0),
      )
      .toSorted((a, b) => a.at - b.at),
    attempts: rows.attempts.map(({ imp_uid, merchant_uid, verdict }) => {
      const key = attemptKey(imp_uid, merchant_uid)
      const { before, at } = diary.attempts.get(key) ?? { before: null, at: 0 }
      return { imp_uid, merchant_uid, verdict, before, at }
    }),
    claims: diary.claims,
    answers: given.answers.map((answer) =>
      // What the merchant closed is no cancel of a payment: to the judges the order ran out.
      answer.word === 'cancelled' && closed.has(answer.merchant_uid)
        ? { ...answer, word: 'failed' }
        : answer,
    ),
    shop: [...shop.rows.values()],
    orphans: rows.exceptions
      .filter(({ kind }) => kind === 'order_unknown')
      .map(({ imp_uid }) => imp_uid),
    loose,
  }
}
