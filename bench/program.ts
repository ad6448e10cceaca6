import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Server } from 'node:http'

/** A server in a process of its own, and the line on which the benchmark talks to it between runs. */
export interface Program {
  readonly url: string
  tell<Answer>(message: unknown): Promise<Answer>
  stop(): Promise<void>
}

/** Starts a bundled program beside this one and resolves when it listens. */
export async function launch(name: string, args: readonly string[]): Promise<Program> {
  const file = new URL(`./${name}.mjs`, import.meta.url)
  const child = fork(file, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const hear = <Answer>(): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const leave = (code: number | null) => reject(new Error(`${name} ended with code ${code}`))
      child.once('exit', leave)
      child.once('message', (answer: { readonly value: Answer }) => {
        child.off('exit', leave)
        resolve(answer.value)
      })
    })
  const url = await hear<string>()
  return {
    url,
    tell(message) {
      child.send({ message })
      return hear()
    },
    async stop() {
      if (child.exitCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}

/** The other end: listens on a free port, says where, and answers what it is told. */
export function serve<Message>(server: Server, answer: (message: Message) => unknown): void {
  server.listen(0, '127.0.0.1', 4096, () => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new TypeError('No port to listen on')
    process.send?.({ value: `http://127.0.0.1:${address.port}` })
  })
  process.on('message', async (envelope: { readonly message: Message }) => {
    process.send?.({ value: (await answer(envelope.message)) ?? null })
  })
  // Nobody is left to measure this program once the benchmark is gone.
  process.on('disconnect', () => process.exit(0))
}
