import type { StoreFailure } from '@quayside/core'
import { describeCause, type Log } from '../log.ts'
import { type Observe, outcomeOfResult } from '../observe.ts'
import type { Store } from './store.ts'

/** Runs around a call of the store, whose name is `port.method`. */
type Watch = (name: string, call: () => unknown) => Promise<unknown>

/** Returns the store, with each of its failures logged as `store_failed`: the operation, and the database's own text. */
export function logStoreFailures(store: Store, log: Log): Store {
  return watchStore(store, async (operation, call) => {
    const result = await call()
    const cause = toUnavailableCause(result)
    if (cause !== null) log('store_failed', { operation, cause })
    return result
  })
}

/** Returns the store, with each call observed. */
export function observeStore(store: Store, observe: Observe): Store {
  return watchStore(store, (name, call) =>
    observe({ kind: 'store_call', name }, async () => call(), outcomeOfResult),
  )
}

function watchStore(store: Store, watch: Watch): Store {
  const watchPort = <Port extends object>(name: string, port: Port): Port => {
    const watched = new Map<PropertyKey, unknown>()
    return new Proxy(port, {
      get(target, key) {
        const known = watched.get(key)
        if (known !== undefined) return known
        const operation: unknown = Reflect.get(target, key)
        if (typeof operation !== 'function') return operation
        const label = `${name}.${String(key)}`
        const made = (...values: readonly unknown[]) =>
          watch(label, () => Reflect.apply(operation, target, values))
        watched.set(key, made)
        return made
      },
    })
  }
  return {
    orders: watchPort('orders', store.orders),
    outbox: watchPort('outbox', store.outbox),
    orderQueries: watchPort('orderQueries', store.orderQueries),
    cancels: watchPort('cancels', store.cancels),
    reconciliationIssues: watchPort('reconciliationIssues', store.reconciliationIssues),
    paymentLinks: watchPort('paymentLinks', store.paymentLinks),
    pollSchedule: watchPort('pollSchedule', store.pollSchedule),
    cursors: watchPort('cursors', store.cursors),
    revocations: watchPort('revocations', store.revocations),
    retention: watchPort('retention', store.retention),
    backlog: watchPort('backlog', store.backlog),
    billingKeys: watchPort('billingKeys', store.billingKeys),
    health: watchPort('health', store.health),

    identityVerifications: watchPort('identityVerifications', store.identityVerifications),
    orderHistories: watchPort('orderHistories', store.orderHistories),
    subscriptions: watchPort('subscriptions', store.subscriptions),
  }
}

/** The text of the cause of `store_unavailable`; null for any other result. */
function toUnavailableCause(result: unknown): string | null {
  const { ok, failure }: { readonly ok?: unknown; readonly failure?: StoreFailure } = Object(result)
  return ok === false && failure?.reason === 'store_unavailable'
    ? describeCause(failure.cause)
    : null
}
