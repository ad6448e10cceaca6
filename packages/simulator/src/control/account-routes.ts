// The part of the control API for the merchant's console: channels, contracts and sub-merchants.
import { Hono } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { readBody } from '../runtime/params.ts'
import {
  readChannel,
  readChannels,
  saveTier,
  updateContracts,
} from '../services/merchant-account.ts'

/** Reads and changes channels, contracts and sub-merchants. */
export function accountRoutes(context: SimulatorContext): Hono {
  const app = new Hono()
  app.route('/', channelRoutes(context))

  app.get('/contracts', (c) => c.json(context.contracts))
  app.put('/contracts', async (c) => {
    const failure = updateContracts(context, await readBody(c.req.raw))
    return failure === null ? c.json(context.contracts) : c.json(failure, 400)
  })

  app.get('/tiers', (c) =>
    c.json({
      tiers: [...context.tiers].map(([tier_code, { name }]) => ({ tier_code, tier_name: name })),
    }),
  )
  app.post('/tiers', async (c) => {
    const saved = saveTier(context, await readBody(c.req.raw))
    return saved.ok ? c.json(saved.value) : c.json(saved.failure, 400)
  })
  return app
}

function channelRoutes({ channels }: SimulatorContext): Hono {
  const app = new Hono()
  app.get('/channels', (c) => c.json({ channels }))
  app.put('/channels', async (c) => {
    const read = readChannels(await readBody(c.req.raw))
    if (!read.ok) return c.json(read.failure, 400)
    channels.splice(0, channels.length, ...read.value)
    return c.json({ channels })
  })
  app.post('/channels', async (c) => {
    const read = readChannel(await readBody(c.req.raw))
    if (!read.ok) return c.json(read.failure, 400)
    const { channel_key } = read.value
    const existing = channels.findIndex((channel) => channel.channel_key === channel_key)
    if (existing >= 0) channels[existing] = read.value
    else channels.push(read.value)
    return c.json(read.value)
  })
  app.delete('/channels/:channelKey', (c) => {
    const key = c.req.param('channelKey')
    const index = channels.findIndex(({ channel_key }) => channel_key === key)
    if (index < 0) return c.json({ reason: 'channel_unknown' }, 404)
    return c.json(channels.splice(index, 1)[0])
  })
  return app
}
