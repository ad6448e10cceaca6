import type { StoreFailure } from '@quayside/core'
import { describeCause, type Log } from '../log.ts'
import type { Store } from './store.ts'

/** Returns the store, with each of its failures logged as `store_failed`: the operation, and the database's own text. */
export function logStoreFailures(store: Store, log: Log): Store {
  const watch = <Port extends object>(name: string, port: Port): Port =>
    new Proxy(port, {
      get(target, key) {
        const operation: unknown = Reflect.get(target, key)
        if (typeof operation !== 'function') return operation
        return async (...values: readonly unknown[]) => {
          const result: unknown = await Reflect.apply(operation, target, values)
          const cause = toUnavailableCause(result)
          if (cause !== null) log('store_failed', { operation: `${name}.${String(key)}`, cause })
          return result
        }
      },
    })
  return {
    orders: watch('orders', store.orders),
    outbox: watch('outbox', store.outbox),
    orderQueries: watch('orderQueries', store.orderQueries),
    cancels: watch('cancels', store.cancels),
    reconciliationIssues: watch('reconciliationIssues', store.reconciliationIssues),
    pollSchedule: watch('pollSchedule', store.pollSchedule),
    cursors: watch('cursors', store.cursors),
    revocations: watch('revocations', store.revocations),
    retention: watch('retention', store.retention),
    health: watch('health', store.health),
  }
}

/** The text of the cause of `store_unavailable`; null for any other result. */
function toUnavailableCause(result: unknown): string | null {
  const { ok, failure }: { readonly ok?: unknown; readonly failure?: StoreFailure } = Object(result)
  return ok === false && failure?.reason === 'store_unavailable'
    ? describeCause(failure.cause)
    : null
}
