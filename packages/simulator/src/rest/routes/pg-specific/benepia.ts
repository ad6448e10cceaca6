import { Hono } from 'hono'
import type { World } from '../../../context.ts'
import { wrongPassword } from '../../../domain/billing/test-values.ts'
import type { Channel } from '../../../domain/channel/channel.ts'
import { ableChannels, pickChannel } from '../../../domain/channel/channel-selection.ts'
import { ownRefusals, type Refusal } from '../../../domain/refusals.ts'
import { type Params, readBody, textOf } from '../../../runtime/params.ts'
import { decide, startPayment } from '../../../services/billing/charge.ts'
import { readOrder } from '../../../services/payment/read-order.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { presentPayment } from '../../../wire/serialize-payment.ts'

/** What somebody has who was given nothing else. */
const firstPoints = 100_000

/** Benepia welfare points, through KCP: asked for, and paid with. */
export function benepia(world: World): Hono {
  const { ledger } = world
  const app = new Hono({ strict: false })

  app.post('/benepia/point', async (c) => {
    const login = logIn(world, await readBody(c.req.raw))
    return 'code' in login ? refuse(login) : succeed({ point: login.points })
  })

  app.post('/benepia/payment', async (c) => {
    const params = await readBody(c.req.raw)
    const login = logIn(world, params)
    if ('code' in login) return refuse(login)
    const read = readOrder(world, params)
    if (!read.ok) return refuse(read.refusal)
    const { amountMinor } = read.order
    if (amountMinor > login.points) return refuse(ownRefusals.pointsShort)

    ledger.benepiaPoints.set(login.user, login.points - amountMinor)
    const started = startPayment(world, read.order, {
      channel: { ...login.channel, sandbox: textOf(params, 'benepia_member_code') === null },
      payMethod: 'point',
    })
    return succeed(presentPayment(decide(world, started, null, null)))
  })

  return app
}

interface Login {
  readonly user: string
  readonly points: number
  readonly channel: Channel
}

function logIn({ ledger, channels }: World, params: Params): Login | Refusal {
  const user = textOf(params, 'benepia_user')
  const password = textOf(params, 'benepia_password')
  if (user === null || password === null) return ownRefusals.benepiaLoginMissing
  const channel = pickChannel(ableChannels(channels, ['kcp']), params)
  if (channel === null) return ownRefusals.channelUnknown
  if (password === wrongPassword) return ownRefusals.benepiaLoginFailed
  return { user, channel, points: ledger.benepiaPoints.get(user) ?? firstPoints }
}
