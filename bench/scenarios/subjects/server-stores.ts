import { createMemoryStore, type ExpectedOrder, parseMerchantUid, parseMoney } from '@quayside/core'
import type { Store } from '@quayside/server'
import { createStoreOn } from '../../../packages/sql/src/sqlite/store-on-driver.ts'
import {
  type BenchDatabase,
  createBenchDatabase,
  openOrders,
  readOrderStates,
} from '../../node/databases.ts'
import type { BenchOrder, OrderState } from '../../order.ts'

/** What our server stores its orders in: the store in memory of `packages/core`, or a SQLite file with `synchronous = NORMAL`. */
export type StoreKind = 'memory' | 'sqlite'

/** The store of our server, and what the benchmark does to it between runs. */
export interface ScenarioStore {
  readonly store: Store
  readonly open: (orders: readonly BenchOrder[]) => Promise<void>
  readonly readStates: () => Promise<readonly OrderState[]>
  readonly drop: () => Promise<void>
}

/** Creates an empty store; `enqueueEvent` is told of each event that has been written. */
export async function createScenarioStore(
  kind: StoreKind,
  enqueueEvent: (id: string) => void,
): Promise<ScenarioStore> {
  if (kind === 'sqlite') return onSqlite(await createBenchDatabase('sqlite-normal'), enqueueEvent)
  return inMemory(await createBenchDatabase('sqlite-memory'))
}

function onSqlite(database: BenchDatabase, enqueueEvent: (id: string) => void): ScenarioStore {
  return {
    store: createStoreOn(database.driver, { enqueueEvent }),
    drop: () => database.drop(),
    open: (orders) => openOrders(database, orders),
    readStates: () => readOrderStates(database),
  }
}

/** The server stores more than orders; none of it is used while payments are completed, so an empty database is behind it. */
function inMemory(database: BenchDatabase): ScenarioStore {
  const { store } = database
  const memory = createMemoryStore()
  const opened: BenchOrder[] = []
  return {
    store: { ...store, orders: { ...store.orders, ...memory } },
    drop: () => database.drop(),
    async open(orders) {
      for (const order of orders) memory.open(toExpected(order))
      opened.push(...orders)
    },
    async readStates() {
      const events = new Map<string, number>()
      for (const { order } of memory.changes) {
        events.set(order.merchantUid, (events.get(order.merchantUid) ?? 0) + 1)
      }
      const states: OrderState[] = []
      for (const each of opened) {
        const found = await memory.find(toExpected(each).merchantUid)
        if (!found.ok) continue
        const { merchantUid: merchant_uid, impUid: imp_uid, status } = found.value
        states.push({ merchant_uid, imp_uid, status, events: events.get(merchant_uid) ?? 0 })
      }
      return states
    },
  }
}

function toExpected({ merchant_uid, amount }: BenchOrder): ExpectedOrder {
  const merchantUid = parseMerchantUid(merchant_uid)
  const money = parseMoney(amount, 'KRW')
  if (!merchantUid.ok || !money.ok) throw new TypeError(`${merchant_uid} is malformed`)
  return { merchantUid: merchantUid.value, amount: money.value, allowances: [] }
}
