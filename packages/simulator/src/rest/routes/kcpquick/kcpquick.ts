import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { pickChannel, usableChannels } from '../../../domain/channel/channel-selection.ts'
import type { QuickMember } from '../../../domain/payment/quickpay.ts'
import { ownRefusals, unknownCustomer } from '../../../domain/refusals.ts'
import { type Params, readBody, readQuery, textOf } from '../../../runtime/params.ts'
import { envelope, refuse, succeed } from '../../../wire/envelope.ts'
import { idsAt } from '../../../wire/path-params.ts'
import { quickPayments } from './kcpquick-payment.ts'
import { quickPrepare } from './kcpquick-prepare.ts'

/** KCP QuickPay: members, prepaid money and auto-pay keys. */
export function kcpquick(context: SimulatorContext): Hono {
  const { state, channels } = context
  const app = new Hono({ strict: false })
  app.route('/', quickPrepare(context))
  app.route('/', quickPayments(context))

  app.delete('/kcpquick/members/:memberId', (c) => {
    const query = readQuery(c.req.url)
    const missing = missingParameter(query, ['site_code', 'partner_type', 'partner_subtype'])
    if (missing !== null) return missing
    const member = state.quickMembers.get(c.req.param('memberId'))
    if (member === undefined) return refuse({ ...ownRefusals.memberUnknown, status: 404 })
    state.quickMembers.delete(member.memberId)
    return succeed(serializeMember(member))
  })

  app.post('/kcpquick/members/:memberId/fido/release', async (c) => {
    const params = await readBody(c.req.raw)
    const missing = missingParameter(params, ['channel_key'])
    if (missing !== null) return missing
    if (pickChannel(usableChannels(channels, ['kcp_quick']), params) === null) {
      return refuse({ ...ownRefusals.channelUnknown, status: 400 })
    }
    const member = state.quickMembers.get(c.req.param('memberId'))
    if (member === undefined || !member.hasFido) return refuseRelease(member)
    state.quickMembers.set(member.memberId, { ...member, hasFido: false })
    return succeed({ member_id: member.memberId })
  })

  app.delete('/kcpquick/autopay/:uid{.+}', (c) => {
    const uids = idsAt(c.req.url, '/kcpquick/autopay/')
    const key = uids.flatMap((uid) => state.billingKeys.get(uid) ?? [])[0]
    if (key?.issued[0].channel.pg_provider !== 'kcp_quick') {
      return refuse({ ...unknownCustomer(uids[0] ?? ''), status: 404 })
    }
    state.billingKeys.delete(key.customerUid)
    return succeed({ customer_uid: key.customerUid })
  })

  return app
}

/** The refusal of a request that lacks one of its parameters; null when none is missing. */
function missingParameter(params: Params, names: readonly string[]): Response | null {
  const missing = names.find((name) => textOf(params, name) === null)
  if (missing === undefined) return null
  return refuse({ status: 400, code: 1, message: `${missing} 파라메터가 누락되었습니다.` })
}

// Only here the envelope also contains KCP's own code and text.
function refuseRelease(member: QuickMember | undefined): Response {
  const error =
    member === undefined
      ? { code: 'S004', message: '등록되지 않은 회원입니다.' }
      : { code: 'S005', message: '등록된 생체인증이 없습니다.' }
  return envelope({ code: -1, message: error.message, response: null, error }, 200)
}

function serializeMember({ memberId, channel, insertedAt, updatedAt }: QuickMember) {
  return {
    member_id: memberId,
    pg_provider: channel.pg_provider,
    pg_id: channel.pg_id,
    inserted: insertedAt,
    updated: updatedAt,
  }
}
