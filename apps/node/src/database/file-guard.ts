import { statSync } from 'node:fs'
import type { Log } from '@quayside/server'

const intervalMs = 1_000

/**
 * Watches a file that is open. A file that is deleted or replaced can still be written to, and nobody would ever find what
 * is written.
 *
 * @param onGone Called once when the path is no longer the file that was opened.
 * @returns Ends the watch.
 */
export function watchFile(path: string, log: Log, onGone: () => void): () => void {
  const opened = identify(path)
  const timer = setInterval(() => {
    if (identify(path) === opened) return
    clearInterval(timer)
    log('database_file_gone', {
      advice: 'the file was deleted or replaced: put it back, and restart',
    })
    onGone()
  }, intervalMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Device and inode; null when there is no such file. */
function identify(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true })
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`
}
