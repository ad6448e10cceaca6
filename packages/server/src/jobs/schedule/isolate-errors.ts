import { describeCause, type Log } from '../../log.ts'

/** Runs the operation for one item of many. An unexpected error is logged, so that it does not stop the other items. */
export async function isolateErrors<Value>(
  id: string,
  log: Log,
  operation: () => Promise<Value>,
): Promise<Value | null> {
  try {
    return await operation()
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error))
    log('recovery_failed', { id, cause: describeCause(error), stack: cause.stack ?? null })
    return null
  }
}
