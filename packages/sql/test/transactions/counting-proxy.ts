import { createProxy, type Proxy } from './proxy.ts'

export interface CountingProxy extends Proxy {
  /** How often clients have waited for the server since the last call. */
  readonly takeRoundTrips: () => number
}

/** Makes a TCP proxy before a database server that counts round trips: answers that follow something that was sent. */
export async function createCountingProxy(serverUrl: string): Promise<CountingProxy> {
  let roundTrips = 0
  const proxy = await createProxy(serverUrl, (client, upstream) => {
    let isWaiting = false
    client.on('data', (data) => {
      isWaiting = true
      upstream.write(data)
    })
    upstream.on('data', (data) => {
      if (isWaiting) roundTrips++
      isWaiting = false
      client.write(data)
    })
  })
  return {
    ...proxy,
    takeRoundTrips() {
      const taken = roundTrips
      roundTrips = 0
      return taken
    },
  }
}
