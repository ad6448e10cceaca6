import type { IncomingMessage, ServerResponse } from 'node:http'
import { type App, createRespond, type HandlerOptions } from './respond.ts'
import { createFindUrl, withoutSlash } from './routes.ts'

/** What the plugin uses of Fastify's request. */
export interface FastifyRequest {
  /** Node's own request. */
  readonly raw: IncomingMessage
  /** What a parser left; absent where none ran. */
  readonly body?: unknown
}

/** What the plugin uses of Fastify's reply. */
export interface FastifyReply {
  /** Node's own response. */
  readonly raw: ServerResponse
  /** The headers that hooks have set. */
  readonly getHeaders: () => Readonly<Record<string, number | string | string[] | undefined>>
  /** Tells Fastify that the response is written by somebody else. */
  readonly hijack: () => unknown
}

/** What the plugin uses of Fastify. */
export interface FastifyInstance {
  /** Removes the parsers in this plugin's scope only. */
  readonly removeAllContentTypeParsers: () => unknown
  /** Adds a parser, here one that reads nothing. */
  readonly addContentTypeParser: (
    type: string,
    options: object,
    parser: () => Promise<null>,
  ) => unknown
  /** Adds a route for every method. */
  readonly all: (
    path: string,
    handle: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
  ) => unknown
}

/** A plugin of Fastify. */
export type FastifyPlugin = (instance: FastifyInstance) => Promise<void>

/**
 * Makes completion routes a plugin for Fastify: `app.register(fastifyPlugin(payments))`, with a `prefix` or without.
 * Body parsers of the shop do not see the requests of these routes.
 *
 * @param app What `completion()` of `@quayside/hono` returns.
 * @param options Where a warning goes.
 * @returns The plugin.
 *
 * @example
 * ```ts
 * import { createClient } from '@quayside/client'
 * import { createMemoryStore } from '@quayside/core'
 * import { completion } from '@quayside/hono'
 * import { fastifyPlugin } from '@quayside/node'
 *
 * const page = (name: string) => `https://shop.example/result/${name}`
 * const plugin = fastifyPlugin(
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
 * console.log(plugin.length) // 1: await fastify().register(plugin)
 * ```
 */
export function fastifyPlugin(app: App, options: HandlerOptions = {}): FastifyPlugin {
  const findUrl = createFindUrl(app)
  const respond = createRespond(app, options)

  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { raw } = request
    // What hooks have set, such as the headers of CORS, is the reply's until it is sent.
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value)
    }
    reply.hijack()
    const url = findUrl({ urls: [raw.url], isMounted: true }) ?? raw.url ?? ''
    await respond(raw, reply.raw, url, request)
  }

  return async (instance) => {
    instance.removeAllContentTypeParsers()
    instance.addContentTypeParser('*', {}, async () => null)
    const routes = app.routes.filter(({ method }) => method !== 'ALL')
    const paths = routes.map(({ path }) => withoutSlash(path))
    for (const path of new Set(paths)) {
      instance.all(path, handle)
      instance.all(`${path}/`, handle)
    }
  }
}
