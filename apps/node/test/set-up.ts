import { getRequestListener } from '@hono/node-server'
import { createSimulator } from '@quayside/simulator'
import { Webhook } from 'standardwebhooks'
import { settings } from './program.ts'
import { listen } from './shop-and-provider.ts'

// The surroundings of a server as an operator has them when all is well.

/** Random secrets, as an operator makes them. */
export const secrets = {
  MERCHANT_API_KEY: 'k7Vw0pQ2xZr9TnB4mL8sYc1Hd6Jf3Ga5',
  ORDER_TOKEN_SECRET: 'R4tYu8Wq1Zx5Cv9Bn3Mk7Lp0Oi2Ej6Hg',
  EVENT_SECRETS: 'whsec_q0u1m7Jm3h8pYw2tV5x9Zb4Nf6Rk1Ls8',
} as const

/** A server of pages, of which each responds with this status. */
export function startPages(status = 200): Promise<string> {
  return listen((request, response) => {
    request.resume()
    response.writeHead(status).end()
  })
}

/** A receiver that accepts what is signed with the secret, and what it received. */
async function startVerifyingReceiver(secret: string = secrets.EVENT_SECRETS) {
  const types: string[] = []
  const webhook = new Webhook(secret)
  const url = await listen(async (request, response) => {
    let body = ''
    for await (const bytes of request.setEncoding('utf8')) body += String(bytes)
    try {
      // Headers that occur once are text.
      const event = webhook.verify(body, request.headers as Record<string, string>)
      types.push((event as { readonly type: string }).type)
      response.writeHead(204).end()
    } catch {
      response.writeHead(401).end()
    }
  })
  return { url: `${url}/events`, types }
}

/** The provider, its control API included. */
function startSimulator(): Promise<string> {
  const simulator = createSimulator()
  return listen(getRequestListener((request) => simulator.fetch(request)))
}

/** The settings of a server in these surroundings. */
export async function createSettings() {
  const pages = await startPages()
  const receiver = await startVerifyingReceiver()
  return {
    receiver,
    env: {
      ...settings,
      ...secrets,
      PROVIDER_URL: await startSimulator(),
      SHOP_ORIGINS: pages,
      RESULT_PAGES: `${pages}/result`,
      EVENT_URL: receiver.url,
    },
  }
}
