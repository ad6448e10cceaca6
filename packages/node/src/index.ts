export {
  type FastifyInstance,
  type FastifyPlugin,
  type FastifyReply,
  type FastifyRequest,
  fastifyPlugin,
} from './fastify.ts'
export { type NodeHandler, type NodeRequest, nodeHandler } from './handler.ts'
export { type KoaContext, type KoaMiddleware, koaMiddleware } from './koa.ts'
export type { App, HandlerOptions } from './respond.ts'
export type { ParsedBody } from './restore-body.ts'
export type { Routed } from './routes.ts'
