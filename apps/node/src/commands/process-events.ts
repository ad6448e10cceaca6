import { constants } from 'node:os'
import { describeCause, type Log } from '@quayside/server'
import { exitCodes } from './exit-codes.ts'

/** Ends the process on an error that nothing handles: what it left behind is not known. */
export function endOnBugs(log: Log, flush: () => Promise<void>): void {
  const end = (event: string) => (cause: unknown) => {
    const stack = cause instanceof Error ? (cause.stack ?? null) : null
    log(event, { cause: describeCause(cause), stack })
    void flush().then(() => process.exit(exitCodes.failed))
  }
  process.on('uncaughtException', end('uncaught_exception'))
  process.on('unhandledRejection', end('unhandled_rejection'))
}

/** Resolves with the first signal that asks to stop; the second one ends the process at once. */
export function whenSignalled(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let isFirst = true
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (!isFirst) process.exit(128 + constants.signals[signal])
        isFirst = false
        resolve(signal)
      })
    }
  })
}
