import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { wrongPassword } from '../../../domain/billing/test-values.ts'
import type { Channel } from '../../../domain/channel/channel.ts'
import { pickChannel, usableChannels } from '../../../domain/channel/channel-selection.ts'
import { ownRefusals, type Refusal } from '../../../domain/refusals.ts'
import { type Params, readBody, textOf } from '../../../runtime/params.ts'
import { finishPayment, startPayment } from '../../../services/billing/charge.ts'
import { readOrder } from '../../../services/payment/read-order.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { serializePayment } from '../../../wire/serialize-payment.ts'

/** The balance of a login that no test has set. */
const initialPoints = 100_000

/** Benepia welfare points, through KCP: balance and payment. */
export function benepia(context: SimulatorContext): Hono {
  const { state } = context
  const app = new Hono({ strict: false })

  app.post('/benepia/point', async (c) => {
    const login = logIn(context, await readBody(c.req.raw))
    return 'code' in login ? refuse(login) : succeed({ point: login.points })
  })

  app.post('/benepia/payment', async (c) => {
    const params = await readBody(c.req.raw)
    const login = logIn(context, params)
    if ('code' in login) return refuse(login)
    const read = readOrder(context, params)
    if (!read.ok) return refuse(read.refusal)
    const { amountMinor } = read.order
    if (amountMinor > login.points) return refuse(ownRefusals.pointsShort)

    state.benepiaPoints.set(login.user, login.points - amountMinor)
    const started = startPayment(context, read.order, {
      channel: { ...login.channel, sandbox: textOf(params, 'benepia_member_code') === null },
      payMethod: 'point',
    })
    const paid = finishPayment(context, started, null, null)
    return succeed(serializePayment(paid, context.origin))
  })

  return app
}

interface Login {
  readonly user: string
  readonly points: number
  readonly channel: Channel
}

function logIn({ state, channels }: SimulatorContext, params: Params): Login | Refusal {
  const user = textOf(params, 'benepia_user')
  const password = textOf(params, 'benepia_password')
  if (user === null || password === null) return ownRefusals.benepiaLoginMissing
  const channel = pickChannel(usableChannels(channels, ['kcp']), params)
  if (channel === null) return ownRefusals.channelUnknown
  if (password === wrongPassword) return ownRefusals.benepiaLoginFailed
  return { user, channel, points: state.benepiaPoints.get(user) ?? initialPoints }
}
