import type { D1Database } from '@cloudflare/workers-types'

/** What happens to one call of `batch()`: nothing, a loss on the way there, or a loss on the way back. */
export type Fault = 'none' | 'before' | 'after'

/** A database whose connection fails as told, call by call; afterwards it works. */
export function createFaulty(db: D1Database, faults: readonly Fault[]): D1Database {
  let calls = 0
  return new Proxy(db, {
    get(target, name) {
      if (name === 'batch') {
        return async (...args: Parameters<D1Database['batch']>) => {
          const fault = faults[calls++] ?? 'none'
          if (fault === 'before') throw new Error('Network connection lost.')
          const results = await target.batch(...args)
          if (fault === 'after') throw new Error('Network connection lost.')
          return results
        }
      }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
