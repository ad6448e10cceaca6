import type { Log } from '../log.ts'

/** Does something for one of many, so that a surprise with it does not keep the others waiting. */
export async function isolate<Value>(
  id: string,
  log: Log,
  deed: () => Promise<Value>,
): Promise<Value | null> {
  try {
    return await deed()
  } catch (error) {
    const surprise = error instanceof Error ? error : new Error(String(error))
    log('repair_failed', { id, name: surprise.name, stack: surprise.stack ?? null })
    return null
  }
}
