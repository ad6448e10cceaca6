import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** The processor time of a process is counted in these, on every platform of workerd that has `/proc`. */
const microsPerTick = 10_000

/** The workerd processes that this one has started; none where there is no `/proc`. */
export function findWorkerds(): readonly number[] {
  return listProcesses().filter((pid) => {
    const found = readStat(pid)
    return found?.name === 'workerd' && found.parent === process.pid
  })
}

/** The user and system time of a process, in microseconds; not a number where it cannot be read. */
export function readProcessorTime(pid: number | null): number {
  return (pid === null ? null : readStat(pid))?.micros ?? Number.NaN
}

/**
 * The same to the microsecond, of the threads that are running: ticks are too long for what takes some milliseconds.
 */
export function readThreadTime(pid: number | null): number {
  if (pid === null) return Number.NaN
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    // The first field is the time on a processor, in nanoseconds.
    const nanos = threads.map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    )
    return nanos.reduce((sum, each) => sum + each, 0) / 1_000
  } catch {
    // A kernel without these figures.
    return readProcessorTime(pid)
  }
}

/** Moves a process with all of its threads to one core. */
export function pinToCore(pid: number | null, core: number | null): void {
  if (pid === null || core === null) return
  const { status } = spawnSync('taskset', ['-a', '-cp', String(core), String(pid)])
  if (status !== 0) throw new Error(`workerd cannot be pinned to core ${core}`)
}

interface Stat {
  readonly name: string
  readonly parent: number
  readonly micros: number
}

function listProcesses(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return []
  }
}

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name may contain spaces and parentheses, so the fields are counted from its end.
    const end = text.lastIndexOf(')')
    const fields = text.slice(end + 2).split(' ')
    const [user, system] = [Number(fields[11]), Number(fields[12])]
    return {
      name: text.slice(text.indexOf('(') + 1, end),
      parent: Number(fields[1]),
      micros: (user + system) * microsPerTick,
    }
  } catch {
    // It has ended since the list was read.
    return null
  }
}
