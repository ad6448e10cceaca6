import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A TCP proxy before a database server. */
export interface Proxy {
  /** Returns the address of a database of the same server, through the proxy. */
  readonly through: (url: string) => string
  readonly close: () => Promise<void>
}

/** Makes a proxy; `join` passes on the data of each connection, whose ends are destroyed together. */
export async function createProxy(
  serverUrl: string,
  join: (client: Socket, upstream: Socket) => void,
): Promise<Proxy> {
  const { hostname, port } = new URL(serverUrl)
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => other.destroy())
    }
    join(client, upstream)
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
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
