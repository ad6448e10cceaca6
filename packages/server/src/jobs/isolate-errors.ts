import type { Log } from '../log.ts'

/** Does something for one of many, so that a surprise with it does not keep the others waiting. */
export async function isolateErrors<Value>(
  id: string,
  log: Log,
  operation: () => Promise<Value>,
): Promise<Value | null> {
  try {
    return await operation()
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error))
    log('recovery_failed', { id, name: cause.name, stack: cause.stack ?? null })
    return null
  }
}
