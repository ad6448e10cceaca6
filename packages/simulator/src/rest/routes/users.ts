import { Hono } from 'hono'
import type { SimulatorContext } from '../../context.ts'
import { succeed } from '../../wire/envelope.ts'

/** GET /users/pg: the channels of the merchant's console. */
export function users({ channels }: SimulatorContext): Hono {
  const app = new Hono()
  app.get('/users/pg', () =>
    succeed(
      channels.map(({ pg_provider, pg_id, sandbox, type, channel_key }) => ({
        pg_provider,
        pg_id,
        sandbox,
        type,
        channel_name: `${pg_provider} ${sandbox ? '테스트' : '실연동'}`,
        channel_key,
      })),
    ),
  )
  return app
}
