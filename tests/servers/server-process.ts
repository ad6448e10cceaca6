import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A database server of a test, on this machine, which may be killed. */
export interface PrivateServer {
  /** Its address, without a database. */
  readonly url: string
  /** Ends it with SIGKILL: what it had not written to the disk is lost. */
  kill(): Promise<void>
  /** Starts it again on its data, and resolves when it accepts connections. */
  start(): Promise<void>
  /** What it has logged since it was first started. */
  readLog(): string
  /** Ends it and deletes its data. */
  remove(): Promise<void>
}

/** A database server that is not running yet. */
export interface ServerProgram {
  readonly url: string
  readonly folder: string
  readonly command: readonly [program: string, ...args: readonly string[]]
  /** The user that runs it; its own by default. */
  readonly user?: User
  /** Connects once, and rejects while it does not accept connections. */
  readonly connect: () => Promise<void>
}

/** A user of this machine, by number. */
export interface User {
  readonly uid: number
  readonly gid: number
}

const triesToStart = 600
const betweenTriesMs = 100

/** Makes a folder for the data of a server. */
export function createFolder(user?: User): string {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-server-'))
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  return folder
}

/** Starts a server. */
export async function startServer(program: ServerProgram): Promise<PrivateServer> {
  const { url, folder } = program
  let running: Running | null = null
  const kill = async (): Promise<void> => {
    await running?.kill()
    running = null
  }
  const start = async (): Promise<void> => {
    for (let tries = 1; running === null; tries++) {
      const started = run(program)
      if (await accepts(program, started)) running = started
      else {
        await started.kill()
        if (tries === 10) throw new Error(readFileSync(logOf(folder), 'utf8').slice(-2_000))
        // After a kill, what it had started may need a moment to end.
        await sleep(betweenTriesMs)
      }
    }
  }
  await start()
  return {
    url,
    kill,
    start,
    readLog: () => readFileSync(logOf(folder), 'utf8'),
    async remove() {
      await kill()
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

// Below those that systems give to connections: a server that is killed finds its port free when it starts again.
const firstPort = 20_000
const ports = 12_000

/** Returns a port that nothing uses, and that no connection will get. */
export async function findPort(): Promise<number> {
  for (;;) {
    const port = firstPort + randomInt(ports)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
}

interface Running {
  readonly child: ChildProcess
  readonly kill: () => Promise<void>
}

function run({ folder, command, user }: ServerProgram): Running {
  const [program, ...args] = command
  const log = openSync(logOf(folder), 'a')
  const child = spawn(program, args, { ...user, stdio: ['ignore', log, log], detached: true })
  const exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
  const watcher = watch(child, folder)
  return {
    child,
    async kill() {
      watcher.kill('SIGKILL')
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** Starts a process that ends a server and deletes its data when this process is gone, even by SIGKILL. */
function watch({ pid }: ChildProcess, folder: string): ChildProcess {
  const script = 'cat > /dev/null; kill -KILL "$0"; sleep 1; rm -rf "$1"'
  const watcher = spawn('sh', ['-c', script, String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  // It must not keep this process from ending.
  watcher.unref()
  return watcher
}

async function accepts({ connect }: ServerProgram, { child }: Running): Promise<boolean> {
  for (let tries = 1; tries <= triesToStart; tries++) {
    try {
      await connect()
      return true
    } catch {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
        return false
      await sleep(betweenTriesMs)
    }
  }
  return false
}

function logOf(folder: string): string {
  return join(folder, 'server.log')
}
