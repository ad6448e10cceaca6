import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** The core of the subjects, and the one of everything else; null where processes cannot be pinned. */
export interface Cores {
  readonly subject: number | null
  readonly others: number | null
}

/** Moves this process to the second core, so that the first is left to the subjects. */
export function pinProcesses(): Cores {
  const others = 1
  const isPinned =
    availableParallelism() > 1 &&
    spawnSync('taskset', ['-a', '-cp', String(others), String(process.pid)]).status === 0
  return isPinned ? { subject: 0, others } : { subject: null, others: null }
}
