import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { resolve } from 'node:path'

/** A server in a process of its own, and the IPC channel for messages between runs. */
export interface Program {
  readonly url: string
  send<Reply>(message: unknown): Promise<Reply>
  /** The processor time that the process has used, in microseconds. */
  readCpuTime(): Promise<number>
  stop(): Promise<void>
}

/** Starts a bundled program in a child process, on one core if it is given, and resolves when it listens. */
export async function launch(
  name: string,
  args: readonly string[],
  core: number | null = null,
): Promise<Program> {
  const file = resolve(`.cache/programs/bench/${name}.mjs`)
  const pinned = { execPath: 'taskset', execArgv: ['-c', String(core), process.execPath] }
  const child = fork(file, args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    ...(core === null ? {} : pinned),
  })
  const receive = <Reply>(): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`${name} ended with code ${code}`))
      child.once('exit', onExit)
      child.once('message', (reply: { readonly value: Reply }) => {
        child.off('exit', onExit)
        resolve(reply.value)
      })
    })
  const ask = async <Reply>(envelope: Envelope<unknown>): Promise<Reply> => {
    // Sending would be an error that nobody can catch.
    if (!child.connected) throw new Error(`${name} has ended`)
    child.send(envelope)
    return receive()
  }
  const url = await receive<string>()
  return {
    url,
    send: (message) => ask({ message }),
    readCpuTime: () => ask<number>({ isCpuTime: true }),
    async stop() {
      if (child.exitCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}

const keepAliveMs = 600_000

type Envelope<Message> = { readonly isCpuTime: true } | { readonly message: Message }

/** Stops everything before this process ends by a signal. */
export function stopAtSignals(stop: () => Promise<unknown>): void {
  process.once('SIGINT', () => void stop().finally(() => process.exit(130)))
  process.once('SIGTERM', () => void stop().finally(() => process.exit(143)))
}

/** In the child process: listens on a free port, reports the URL, and replies to messages. */
export function serve<Message>(server: Server, handle: (message: Message) => unknown): void {
  // A connection that rests between two legs must not be closed when the next one begins.
  server.keepAliveTimeout = keepAliveMs
  server.listen(0, '127.0.0.1', 4096, () => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new TypeError('No port to listen on')
    process.send?.({ value: `http://127.0.0.1:${address.port}` })
  })
  process.on('message', async (envelope: Envelope<Message>) => {
    const { user, system } = process.cpuUsage()
    const value = 'isCpuTime' in envelope ? user + system : await handle(envelope.message)
    process.send?.({ value: value ?? null })
  })
  // This program is useless without the benchmark.
  process.on('disconnect', () => process.exit(0))
}
