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
import { createCoverage } from '../engine/coverage.ts'
import { createFakeDatabase, type FakeDatabase } from '../engine/fake-database.ts'
import { createPrng } from '../engine/prng.ts'
import { runSimulations } from '../engine/run-schedules.ts'
import { createSimulation } from '../engine/simulation.ts'
import { quayside } from '../systems/system.ts'
import { unwrap } from '../workload/payments.ts'

/** One call of a schedule to its store, with the result of the simulation's store. */
export type StoreCall =
  | { readonly name: 'open'; readonly order: Order }
  | {
      readonly name: 'find'
      readonly id: MerchantUid
      readonly result: Result<Order, StoreFailure>
    }
  | {
      readonly name: 'record'
      readonly change: Change
      readonly result: Result<Order, StoreFailure>
    }
  | {
      readonly name: 'record_attempt'
      readonly attempt: Attempt
      readonly result: Result<Order | null, StoreFailure>
    }
  | {
      readonly name: 'expire'
      readonly order: Order
      readonly result: Result<Order, StoreFailure>
    }

/** All calls of a schedule to its store, in the order in which they took effect, and the database they left. */
export interface StoreHistory {
  readonly calls: readonly StoreCall[]
  readonly database: FakeDatabase
}

/** A store on which the calls of a history can be repeated. */
export interface StoreUnderTest extends OrderStore {
  open(order: Order): Promise<void>
  expire(order: Order): Promise<Result<Order, StoreFailure>>
}

/** Runs the schedules of some seeds and gives their histories, with ids that no two of them share. */
export async function recordHistories(from: number, to: number): Promise<readonly StoreHistory[]> {
  const histories: StoreHistory[] = []
  const simulations = Array.from({ length: to - from }, (_, at) => {
    const calls: StoreCall[] = []
    return createSimulation(createPrng(from + at), quayside, createCoverage(), {
      createDatabase(clock, guards) {
        const database = createFakeDatabase(clock, guards)
        histories[at] = { calls, database }
        return recordCalls(database, calls)
      },
    })
  })
  await runSimulations(simulations)
  return histories
}

function recordCalls(database: FakeDatabase, calls: StoreCall[]): FakeDatabase {
  return {
    ...database,
    open(expected) {
      database.open(expected)
      const found = database.find(expected.merchantUid)
      if (found.ok) calls.push({ name: 'open', order: found.value })
    },
    find(id) {
      const result = database.find(id)
      calls.push({ name: 'find', id, result })
      return result
    },
    record(change) {
      const result = database.record(change)
      calls.push({ name: 'record', change, result })
      return result
    },
    recordAttempt(attempt) {
      const result = database.recordAttempt(attempt)
      calls.push({ name: 'record_attempt', attempt, result })
      return result
    },
    expire(order) {
      const result = database.expire(order)
      calls.push({ name: 'expire', order, result })
      return result
    },
  }
}

/**
 * Repeats the calls of a history on another store, and compares the orders that they leave; gives the first difference,
 * or null.
 */
export async function replay(
  { calls, database }: StoreHistory,
  store: StoreUnderTest,
  seed: number,
): Promise<string | null> {
  const ids = new UniqueIds(seed)
  for (const [at, call] of calls.entries()) {
    const [expected, actual] = await replayCall(call, store, ids)
    const difference = compare(expected, actual)
    if (difference !== null) return `seed ${seed}, call ${at}: ${call.name} returned ${difference}`
  }
  const opened = calls.flatMap((call) => (call.name === 'open' ? [call.order.merchantUid] : []))
  for (const id of new Set(opened)) {
    const expected = ids.result(database.find(id))
    const difference = compare(expected, await store.find(ids.merchantUid(id)))
    if (difference !== null) return `seed ${seed}: ${id} is in the end ${difference}`
  }
  return null
}

function compare(expected: unknown, actual: unknown): string | null {
  const [wanted, found] = [JSON.stringify(expected), JSON.stringify(actual)]
  return found === wanted ? null : `${found}, not ${wanted}`
}

async function replayCall(
  call: StoreCall,
  store: StoreUnderTest,
  ids: UniqueIds,
): Promise<unknown[]> {
  switch (call.name) {
    case 'open':
      await store.open(ids.order(call.order))
      return []
    case 'find':
      return [ids.result(call.result), await store.find(ids.merchantUid(call.id))]
    case 'record': {
      const { order, payment, to } = call.change
      const change: Change = { order: ids.order(order), payment: ids.payment(payment), to }
      return [ids.result(call.result), await store.record(change)]
    }
    case 'record_attempt': {
      const { attempt } = call
      const renamed: Attempt = {
        ...attempt,
        order: ids.order(attempt.order),
        payment: ids.payment(attempt.payment),
      }
      return [ids.result(call.result), await store.recordAttempt(renamed)]
    }
    case 'expire':
      return [ids.result(call.result), await store.expire(ids.order(call.order))]
  }
}

/** Makes the ids of one history unique, so that one database can hold many. */
export class UniqueIds {
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seed
  }

  suffixed(id: string): string {
    return `${id}_${this.#seed}`
  }

  merchantUid(id: MerchantUid): MerchantUid {
    return unwrap(parseMerchantUid(this.suffixed(id)))
  }

  impUid(id: ImpUid): ImpUid {
    return unwrap(parseImpUid(this.suffixed(id)))
  }

  order(order: Order): Order {
    const impUid = order.impUid === null ? null : this.impUid(order.impUid)
    const accounts = order.accounts.map((each) => ({ ...each, impUid: this.impUid(each.impUid) }))
    return { ...order, merchantUid: this.merchantUid(order.merchantUid), impUid, accounts }
  }

  payment<P extends Payment>(payment: P): P {
    const { impUid, merchantUid } = payment
    return { ...payment, impUid: this.impUid(impUid), merchantUid: this.merchantUid(merchantUid) }
  }

  result(result: Result<Order | null, StoreFailure>): unknown {
    if (result.ok) return { ok: true, value: result.value && this.order(result.value) }
    const { failure } = result
    return failure.reason === 'order_unknown'
      ? { ok: false, failure: { ...failure, merchantUid: this.merchantUid(failure.merchantUid) } }
      : result
  }
}
