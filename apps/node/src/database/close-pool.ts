import { describeCause, type Log } from '@quayside/server'

/** Ends the connections of a pool. One that breaks meanwhile has ended, too: that is logged, and is no failure. */
export async function closePool(
  pool: { readonly end: () => Promise<void> },
  log: Log,
): Promise<void> {
  try {
    await pool.end()
  } catch (cause) {
    log('database_connection_lost', { cause: describeCause(cause) })
  }
}
