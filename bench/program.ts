import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Server } from 'node:http'

/** A server in a process of its own, and the IPC channel for messages between runs. */
export interface Program {
  readonly url: string
  send<Reply>(message: unknown): Promise<Reply>
  stop(): Promise<void>
}

/** Starts a bundled program in a child process and resolves when it listens. */
export async function launch(name: string, args: readonly string[]): Promise<Program> {
  const file = new URL(`./${name}.mjs`, import.meta.url)
  const child = fork(file, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const receive = <Reply>(): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`${name} ended with code ${code}`))
      child.once('exit', onExit)
      child.once('message', (reply: { readonly value: Reply }) => {
        child.off('exit', onExit)
        resolve(reply.value)
      })
    })
  const url = await receive<string>()
  return {
    url,
    send(message) {
      child.send({ message })
      return receive()
    },
    async stop() {
      if (child.exitCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}

/** In the child process: listens on a free port, reports the URL, and replies to messages. */
export function serve<Message>(server: Server, handle: (message: Message) => unknown): void {
  server.listen(0, '127.0.0.1', 4096, () => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new TypeError('No port to listen on')
    process.send?.({ value: `http://127.0.0.1:${address.port}` })
  })
  process.on('message', async (envelope: { readonly message: Message }) => {
    process.send?.({ value: (await handle(envelope.message)) ?? null })
  })
  // This program is useless without the benchmark.
  process.on('disconnect', () => process.exit(0))
}
