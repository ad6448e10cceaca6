import type { IncomingMessage, ServerResponse } from 'node:http'
import { type App, createRespond, type HandlerOptions } from './respond.ts'
import type { ParsedBody } from './restore-body.ts'
import { createFindUrl } from './routes.ts'

/** Node's own request, with what Express and what is built like it add to it. */
export interface NodeRequest extends IncomingMessage, ParsedBody {
  /** The URL before a mount removed its path. */
  readonly originalUrl?: string
  /** The path of the mount. */
  readonly baseUrl?: string
  /** Present where a route of the framework called the handler. */
  readonly route?: unknown
}

/**
 * Handles a request for the routes of the app, and passes on any other: to `next` where there is one, otherwise to the app, which
 * responds 404.
 */
export type NodeHandler = (
  incoming: NodeRequest,
  outgoing: ServerResponse,
  next?: () => unknown,
) => Promise<void>

/**
 * Makes completion routes a handler for `node:http`, and middleware for Express, NestJS and whatever else calls
 * `(request, response, next)`.
 *
 * It may stand behind body parsers: a body that one has read is taken from `rawBody` or `body`. Where a parser keeps nothing,
 * the response is 500 with `body_consumed`, a buyer who returns is led to the page `pending`, and a warning names the cure.
 * Mounted below a path, or called in a controller, it finds the routes behind any prefix.
 *
 * @param app What `completion()` of `@quayside/hono` returns.
 * @param options Where a warning goes.
 * @returns The handler. It rejects only where `next` does.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import { createClient } from '@quayside/client'
 * import { createMemoryStore } from '@quayside/core'
 * import { completion } from '@quayside/hono'
 * import { nodeHandler } from '@quayside/node'
 *
 * const page = (name: string) => `https://shop.example/result/${name}`
 * const payments = completion({
 *   store: createMemoryStore(),
 *   client: createClient({ key: 'key', secret: 'secret' }),
 *   mode: 'live',
 *   origins: ['https://shop.example'],
 *   pages: {
 *     success: page('success'), vbankIssued: page('vbank'), failed: page('failed'),
 *     cancelled: page('cancelled'), pending: page('pending'),
 *   },
 * })
 * const server = createServer(nodeHandler(payments)) // in Express: app.use(nodeHandler(payments))
 * console.log(server.listening) // false
 * ```
 */
export function nodeHandler(app: App, options: HandlerOptions = {}): NodeHandler {
  const findUrl = createFindUrl(app)
  const respond = createRespond(app, options)
  return async (incoming, outgoing, next) => {
    const { originalUrl, url = '', baseUrl = '', route } = incoming
    const isMounted = next === undefined || baseUrl !== '' || route !== undefined
    const found = findUrl({ urls: [originalUrl, url], isMounted })
    if (found !== null || next === undefined) {
      await respond(incoming, outgoing, found ?? url, incoming)
    } else {
      await next()
    }
  }
}
