import {
  type Attempt,
  type Change,
  type ImpUid,
  type MerchantUid,
  type Order,
  type OrderStore,
  type Payment,
  parseImpUid,
  parseMerchantUid,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import { createReach } from '../engine/coverage.ts'
import { createTables, type Tables } from '../engine/fake-database.ts'
import { createChance } from '../engine/prng.ts'
import { runWorlds } from '../engine/run-schedules.ts'
import { createWorld } from '../engine/simulation.ts'
import { quayside } from '../systems/system.ts'
import { take } from '../workload/payments.ts'

/** One deed that a schedule asked of its store, with what the store of the simulation answered. */
export type Deed =
  | { readonly name: 'open'; readonly order: Order }
  | {
      readonly name: 'find'
      readonly id: MerchantUid
      readonly answer: Result<Order, StoreFailure>
    }
  | {
      readonly name: 'record'
      readonly change: Change
      readonly answer: Result<Order, StoreFailure>
    }
  | {
      readonly name: 'note'
      readonly attempt: Attempt
      readonly answer: Result<Order | null, StoreFailure>
    }
  | {
      readonly name: 'expire'
      readonly order: Order
      readonly answer: Result<Order, StoreFailure>
    }

/** Everything a schedule asked of its store, in the order in which it took place, and what it left. */
export interface History {
  readonly deeds: readonly Deed[]
  readonly tables: Tables
}

/** A store whose every deed can be done for a history. */
export interface StoreUnderTest extends OrderStore {
  open(order: Order): Promise<void>
  expire(order: Order): Promise<Result<Order, StoreFailure>>
}

/** Runs the schedules of some seeds and gives their histories, with ids that no two of them share. */
export async function writeHistories(from: number, to: number): Promise<readonly History[]> {
  const histories: History[] = []
  const worlds = Array.from({ length: to - from }, (_, at) => {
    const deeds: Deed[] = []
    return createWorld(createChance(from + at), quayside, createReach(), {
      makeTables(now, guards) {
        const tables = createTables(now, guards)
        histories[at] = { deeds, tables }
        return observe(tables, deeds)
      },
    })
  })
  await runWorlds(worlds)
  return histories
}

function observe(tables: Tables, deeds: Deed[]): Tables {
  return {
    ...tables,
    open(expected) {
      tables.open(expected)
      const found = tables.find(expected.merchantUid)
      if (found.ok) deeds.push({ name: 'open', order: found.value })
    },
    find(id) {
      const answer = tables.find(id)
      deeds.push({ name: 'find', id, answer })
      return answer
    },
    record(change) {
      const answer = tables.record(change)
      deeds.push({ name: 'record', change, answer })
      return answer
    },
    note(attempt) {
      const answer = tables.note(attempt)
      deeds.push({ name: 'note', attempt, answer })
      return answer
    },
    expire(order) {
      const answer = tables.expire(order)
      deeds.push({ name: 'expire', order, answer })
      return answer
    },
  }
}

/** Does the deeds of a history on another store; the first answer that differs, or null. */
export async function replay({ deeds }: History, store: StoreUnderTest, seed: number) {
  const names = new Names(seed)
  for (const [at, deed] of deeds.entries()) {
    const [expected, actual] = await redo(deed, store, names)
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      return `seed ${seed}, deed ${at}: ${deed.name} gave ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`
    }
  }
  return null
}

async function redo(deed: Deed, store: StoreUnderTest, names: Names): Promise<unknown[]> {
  switch (deed.name) {
    case 'open':
      await store.open(names.order(deed.order))
      return []
    case 'find':
      return [names.answer(deed.answer), await store.find(names.merchantUid(deed.id))]
    case 'record': {
      const { order, payment, to } = deed.change
      const change: Change = { order: names.order(order), payment: names.payment(payment), to }
      return [names.answer(deed.answer), await store.record(change)]
    }
    case 'note': {
      const { attempt } = deed
      const renamed: Attempt = {
        ...attempt,
        order: names.order(attempt.order),
        payment: names.payment(attempt.payment),
      }
      return [names.answer(deed.answer), await store.recordAttempt(renamed)]
    }
    case 'expire':
      return [names.answer(deed.answer), await store.expire(names.order(deed.order))]
  }
}

/** Gives the ids of one history names of their own, so that one database can hold many. */
export class Names {
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seed
  }

  renamed(id: string): string {
    return `${id}_${this.#seed}`
  }

  merchantUid(id: MerchantUid): MerchantUid {
    return take(parseMerchantUid(this.renamed(id)))
  }

  impUid(id: ImpUid): ImpUid {
    return take(parseImpUid(this.renamed(id)))
  }

  order(order: Order): Order {
    const impUid = order.impUid === null ? null : this.impUid(order.impUid)
    return { ...order, merchantUid: this.merchantUid(order.merchantUid), impUid }
  }

  payment<P extends Payment>(payment: P): P {
    const { impUid, merchantUid } = payment
    return { ...payment, impUid: this.impUid(impUid), merchantUid: this.merchantUid(merchantUid) }
  }

  answer(answer: Result<Order | null, StoreFailure>): unknown {
    if (answer.ok) return { ok: true, value: answer.value && this.order(answer.value) }
    const { failure } = answer
    return failure.reason === 'order_unknown'
      ? { ok: false, failure: { ...failure, merchantUid: this.merchantUid(failure.merchantUid) } }
      : answer
  }
}
