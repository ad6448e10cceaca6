import { type ServerType, serve } from '@hono/node-server'
import { createClock, createSimulator } from '@quayside/simulator'
import { fixedTime } from './fixed-time.ts'
import { createStatelessServer } from './stateless-server.ts'

/** A server under test, and control over it. */
export interface TestServer {
  /** The URL of the server. */
  readonly origin: string
  /** The control API: one call under `/_simulator`. */
  readonly control: (
    path: string,
    body?: object,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Readonly<Record<string, unknown>>>
  /** One call of the REST API that the client does not offer. */
  readonly rest: (path: string, body: object) => Promise<Readonly<Record<string, unknown>>>
  readonly close: () => Promise<void>
}

/** A new simulator on a port of its own. */
export function startSimulator(): Promise<TestServer> {
  const simulator = createSimulator({ seed: 1, clock: createClock({ at: fixedTime }) })
  return listen(simulator.app.fetch)
}

/** A server that responds to every operation with the same valid example, whatever happened before. */
export function startStatelessServer(): Promise<TestServer> {
  return listen(createStatelessServer().fetch)
}

async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<TestServer> {
  const { port, server } = await new Promise<{ port: number; server: ServerType }>((resolve) => {
    const opened: ServerType = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (address) =>
      resolve({ port: address.port, server: opened }),
    )
  })
  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    control: (path, body, headers) => post(`${origin}/_simulator${path}`, body, headers),
    rest: async (path, body) => {
      const keys = { imp_key: 'simulator-key', imp_secret: 'simulator-secret' }
      const token = await post(`${origin}/users/getToken`, keys)
      const authorization = String(recordIn(token, 'response')['access_token'])
      return recordIn(await post(`${origin}${path}`, body, { authorization }), 'response')
    },
    close: () => close(server),
  }
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)))
    // Clients that keep connections alive would keep the server running.
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}

async function post(
  url: string,
  body: object | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return asRecord(await response.json())
}

function recordIn(record: Readonly<Record<string, unknown>>, name: string) {
  return asRecord(record[name])
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
