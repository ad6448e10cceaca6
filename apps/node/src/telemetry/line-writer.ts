import { write as writeToFile } from 'node:fs'

/** Writes to a file descriptor, as `fs.write` does. */
export type Write = (
  fd: number,
  bytes: Buffer,
  done: (error: NodeJS.ErrnoException | null, written: number) => void,
) => void

/** Writes lines without ever holding up who writes them. */
export interface LineWriter {
  readonly write: (line: string) => void
  /** Resolves when everything is written, or nothing more can be, or `ms` milliseconds have passed. */
  readonly flush: (ms: number) => Promise<void>
}

export interface LineWriterOptions {
  readonly fd: number
  /** Makes the line that says how many lines were left out. */
  readonly toLossLine: (lost: number) => string
  /** Of how many characters lines wait at most; 4 million by default. */
  readonly capacity?: number
  readonly write?: Write
}

const defaultCapacity = 4_000_000
const retryMs = 50

/**
 * Makes a writer of lines. `process.stdout` is not used: on a pipe it blocks the process until the reader reads, and it throws
 * when the reader is gone. Here lines wait, and are left out when too many do; the next line says how many.
 */
export function createLineWriter(options: LineWriterOptions): LineWriter {
  const { fd, toLossLine, capacity = defaultCapacity, write = writeToFile } = options
  let waiting = ''
  let lost = 0
  let isWriting = false
  let isClosed = false
  const onIdle: (() => void)[] = []

  const writeOn = (bytes: Buffer): void => {
    isWriting = true
    write(fd, bytes, (error, written) => {
      if (error?.code === 'EAGAIN') {
        setTimeout(writeOn, retryMs, bytes)
        return
      }
      if (error === null && written < bytes.length) {
        writeOn(bytes.subarray(written))
        return
      }
      // With its reader gone, or on a full disk, the process goes on without these lines.
      if (error?.code === 'EPIPE' || error?.code === 'EBADF') isClosed = true
      isWriting = false
      writeWaiting()
    })
  }
  const writeWaiting = (): void => {
    if (isClosed) waiting = ''
    if (waiting === '') {
      for (const wake of onIdle.splice(0)) wake()
      return
    }
    const bytes = Buffer.from(waiting)
    waiting = ''
    writeOn(bytes)
  }

  return {
    write(line) {
      if (isClosed) return
      if (waiting.length + line.length > capacity) {
        lost++
        return
      }
      if (lost > 0) {
        waiting += `${toLossLine(lost)}\n`
        lost = 0
      }
      waiting += `${line}\n`
      if (!isWriting) writeWaiting()
    },
    flush(ms) {
      if (!isWriting) return Promise.resolve()
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms)
        onIdle.push(() => resolve(clearTimeout(timer)))
      })
    },
  }
}
