import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { type ParsedBody, restoreBody } from './restore-body.ts'
import type { Routed } from './routes.ts'

/** The completion routes, as `completion()` of `@quayside/hono` returns them, or any other Hono app. */
export interface App extends Routed {
  /** Responds to a request; the environment has Node's own request and response. */
  readonly fetch: (request: Request, env?: object) => Response | Promise<Response>
}

/** Settings of a handler. */
export interface HandlerOptions {
  /**
   * Takes the warning that a body was read before and nothing of it is left, once for a handler. By default it is a warning of the
   * process, which Node prints to stderr.
   */
  readonly warn?: (message: string, code: string) => void
}

/** Writes the response of the app to one request. */
export type Respond = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  url: string,
  parsed: ParsedBody,
) => Promise<void>

const consumed =
  'Something in front of the completion routes reads request bodies and keeps nothing of them, so that no payment can be completed there (body_consumed). ' +
  'Put the routes before it, or let it keep the bytes as `rawBody`.'

/** Makes the function that lets the app respond, whatever has read the body before. */
export function createRespond(app: App, options: HandlerOptions): Respond {
  const { warn = (message, code) => process.emitWarning(message, { code }) } = options
  const listen = getRequestListener((request, env) => app.fetch(request, env), asItIs)
  const listenWithoutBody = getRequestListener(
    async (request, env) => toServerError(await app.fetch(request, env)),
    asItIs,
  )
  let isWarned = false

  return async (incoming, outgoing, url, parsed) => {
    incoming.url = url
    if (!incoming.readableDidRead || !hasBody(incoming)) return listen(incoming, outgoing)
    const rawBody = restoreBody(parsed, incoming.headers['content-type'] ?? '')
    if (rawBody !== null) {
      // The listener reads it instead of the stream.
      return listen(Object.assign(incoming, { rawBody }), outgoing)
    }
    if (!isWarned) warn(consumed, 'QUAYSIDE_BODY_CONSUMED')
    isWarned = true
    return listenWithoutBody(incoming, outgoing)
  }
}

const asItIs = { overrideGlobalObjects: false }

/** The sender can do nothing about it; and the provider sends a webhook again only after a 5xx. */
function toServerError(response: Response): Response {
  if (response.status !== 400) return response
  return new Response(response.body, { status: 500, headers: response.headers })
}

function hasBody({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined
}
