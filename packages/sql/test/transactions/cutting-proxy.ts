import { setTimeout as sleep } from 'node:timers/promises'
import { createProxy, type Proxy } from './proxy.ts'

/** How the connection of a COMMIT is lost: on the way to the server, or with the answer on the way back. */
export type Cut = 'before' | 'after'

export interface CuttingProxy extends Proxy {
  /** Loses the connections of the next commits, in this order. */
  readonly cut: (...cuts: readonly Cut[]) => void
  /** Forgets the cuts that no commit has met, and returns how many there were. */
  readonly cancelCuts: () => number
  /** Holds back by so many milliseconds what clients send from now on. */
  readonly delay: (ms: number) => void
}

/** Not the isolation level. */
const commit = /COMMIT(?!TED)/

/** Makes a TCP proxy before a database server that loses connections at their COMMIT. */
export async function createCuttingProxy(serverUrl: string): Promise<CuttingProxy> {
  const pending: Cut[] = []
  let delayMs = 0
  const proxy = await createProxy(serverUrl, (client, upstream) => {
    let isAfter = false
    const forward = (data: Buffer): void => {
      const cut = commit.test(data.toString('latin1')) ? pending.shift() : undefined
      if (cut === 'before') client.destroy()
      else upstream.write(data)
      isAfter = cut === 'after'
    }
    let forwarded: Promise<unknown> = Promise.resolve()
    client.on('data', (data: Buffer) => {
      const held = delayMs
      forwarded = forwarded
        .then(() => (held === 0 ? undefined : sleep(held)))
        .then(() => forward(data))
    })
    upstream.on('data', (data) => {
      if (isAfter) client.destroy()
      else client.write(data)
    })
  })
  return {
    ...proxy,
    cut: (...cuts) => void pending.push(...cuts),
    cancelCuts: () => pending.splice(0).length,
    delay(ms) {
      delayMs = ms
    },
  }
}
