import type { IncomingMessage, ServerResponse } from 'node:http'
import { type App, createRespond, type HandlerOptions } from './respond.ts'
import { createFindUrl } from './routes.ts'

/** What the middleware uses of Koa's context. */
export interface KoaContext {
  /** Node's own request. */
  readonly req: IncomingMessage
  /** Node's own response. */
  readonly res: ServerResponse
  /** The URL before a mount removed its path. */
  readonly originalUrl: string
  /** The URL below the path of a mount. */
  readonly url: string
  /** The body and, of some parsers, its text. */
  readonly request: object
  /** Koa leaves the response alone when it is false. */
  respond?: boolean
}

/** Middleware of Koa. */
export type KoaMiddleware = (context: KoaContext, next: () => Promise<unknown>) => Promise<void>

/**
 * Makes completion routes middleware for Koa. It may stand behind a body parser, below `koa-mount`, and in a router.
 *
 * @param app What `completion()` of `@quayside/hono` returns.
 * @param options Where a warning goes.
 * @returns The middleware.
 *
 * @example
 * ```ts
 * import { createClient } from '@quayside/client'
 * import { createMemoryStore } from '@quayside/core'
 * import { completion } from '@quayside/hono'
 * import { koaMiddleware } from '@quayside/node'
 *
 * const page = (name: string) => `https://shop.example/result/${name}`
 * const middleware = koaMiddleware(
 *   completion({
 *     store: createMemoryStore(),
 *     client: createClient({ key: 'key', secret: 'secret' }),
 *     mode: 'live',
 *     origins: ['https://shop.example'],
 *     pages: {
 *       success: page('success'), vbankIssued: page('vbank'), failed: page('failed'),
 *       cancelled: page('cancelled'), pending: page('pending'),
 *     },
 *   }),
 * )
 * console.log(middleware.length) // 2: new Koa().use(middleware)
 * ```
 */
export function koaMiddleware(app: App, options: HandlerOptions = {}): KoaMiddleware {
  const findUrl = createFindUrl(app)
  const respond = createRespond(app, options)
  return async (context, next) => {
    const { originalUrl, url, request } = context
    const isMounted = 'mountPath' in context || '_matchedRoute' in context
    const found = findUrl({ urls: [originalUrl, url], isMounted })
    if (found === null) {
      await next()
      return
    }
    context.respond = false
    await respond(context.req, context.res, found, request)
  }
}
