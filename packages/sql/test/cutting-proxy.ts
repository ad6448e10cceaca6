import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** How the connection of a COMMIT is lost: on the way to the server, or with the answer on the way back. */
export type Cut = 'before' | 'after'

export interface CuttingProxy {
  /** Returns the address of a database of the same server, through the proxy. */
  readonly through: (url: string) => string
  /** Loses the connections of the next commits, in this order. */
  readonly cut: (...cuts: readonly Cut[]) => void
  readonly close: () => Promise<void>
}

/** Not the isolation level. */
const commit = /COMMIT(?!TED)/

/** Makes a TCP proxy before a database server that loses connections at their COMMIT. */
export async function createCuttingProxy(serverUrl: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(serverUrl)
  const pending: Cut[] = []
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    const isAfter = { value: false }
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => other.destroy())
    }
    client.on('data', (data) => {
      const cut = commit.test(data.toString('latin1')) ? pending.shift() : undefined
      if (cut === 'before') client.destroy()
      else upstream.write(data)
      isAfter.value = cut === 'after'
    })
    upstream.on('data', (data) => {
      if (isAfter.value) client.destroy()
      else client.write(data)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('Cannot listen')
  return {
    through(url) {
      const proxied = new URL(url)
      proxied.host = `127.0.0.1:${address.port}`
      return proxied.href
    },
    cut: (...cuts) => void pending.push(...cuts),
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
