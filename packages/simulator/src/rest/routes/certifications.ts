import { Hono } from 'hono'
import type { SimulatorContext } from '../../context.ts'
import { type Certification, confirmOtp } from '../../domain/certification.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import { isSupported } from '../../domain/channel/pg-providers.ts'
import { contractRefusal } from '../../domain/contract.ts'
import { readPerson } from '../../domain/person.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { type Params, readBody, textOf } from '../../runtime/params.ts'
import { refuse, succeed } from '../../wire/envelope.ts'
import { serializeCertification } from '../../wire/serialize-certification.ts'

const certificationRefusals = {
  unknown: { status: 404, code: 1, message: '인증결과가 존재하지 않습니다.' },
  personInvalid: { status: 400, code: 1, message: '본인인증 요청정보가 올바르지 않습니다.' },
  channelUnknown: { status: 400, code: 1, message: '본인인증 채널을 찾을 수 없습니다.' },
  pgRefused: { status: 500, code: -1, message: 'PG사 본인인증 요청에 실패하였습니다.' },
  already_confirmed: { status: 400, code: 1, message: '이미 완료된 본인인증입니다.' },
  otp_missing: { status: 400, code: 1, message: 'otp 파라메터가 누락되었습니다.' },
  otp_wrong: { status: 500, code: -1, message: '인증번호가 일치하지 않습니다.' },
} as const satisfies Record<string, Refusal>

/** The phone number for which the PG refuses. */
const refusedPhone = '01000000000'

/** Identity verifications: reading, deleting, and verifying by OTP without a window. */
export function certifications(context: SimulatorContext): Hono {
  const { state, clock, ids, contracts } = context
  const app = new Hono()

  app.get('/certifications/:impUid', (c) => {
    const existing = state.certifications.get(c.req.param('impUid'))
    return existing === undefined
      ? refuse(certificationRefusals.unknown)
      : succeed(serializeCertification(existing, contracts))
  })

  app.delete('/certifications/:impUid', (c) => {
    const existing = state.certifications.get(c.req.param('impUid'))
    if (existing === undefined) return refuse(certificationRefusals.unknown)
    state.certifications.delete(existing.impUid)
    return succeed(serializeCertification(existing, contracts))
  })

  app.post('/certifications/otp/request', async (c) => {
    const noContract = contractRefusal(contracts, 'certification_otp')
    if (noContract !== null) return refuse(noContract)
    const params = await readBody(c.req.raw)
    const channel = channelFor(context, params)
    if (channel === undefined) return refuse(certificationRefusals.channelUnknown)
    const person = readPerson(params)
    if (person === null) return refuse(certificationRefusals.personInvalid)
    if (person.phone === refusedPhone) return refuse(certificationRefusals.pgRefused)
    const certification: Certification = {
      impUid: ids.impUid(),
      merchantUid: textOf(params, 'merchant_uid'),
      channel,
      pgTid: `${channel.pg_id}${ids.digits(16)}`,
      origin: '',
      method: textOf(params, 'verification_method') === 'APP' ? 'APP' : 'SMS',
      status: 'requested',
      person,
      certifiedAt: null,
      minAge: null,
    }
    state.certifications.set(certification.impUid, certification)
    return succeed({ imp_uid: certification.impUid })
  })

  app.post('/certifications/otp/confirm/:impUid', async (c) => {
    const existing = state.certifications.get(c.req.param('impUid'))
    if (existing === undefined) return refuse(certificationRefusals.unknown)
    const otp = textOf(await readBody(c.req.raw), 'otp')
    const transition = confirmOtp(existing, otp, clock.seconds())
    if (!transition.ok) return refuse(certificationRefusals[transition.reason])
    state.certifications.set(existing.impUid, transition.certification)
    return succeed(serializeCertification(transition.certification, contracts))
  })

  return app
}

// `channel_key` is documented as required, but `pg` alone still works.
function channelFor({ channels }: SimulatorContext, params: Params): Channel | undefined {
  const key = textOf(params, 'channel_key')
  const [provider, mid] = (textOf(params, 'pg') ?? '').split('.')
  return channels.find(
    ({ type, channel_key, pg_provider, pg_id }) =>
      type === 'certification' &&
      isSupported(pg_provider, 'otp request') &&
      (key === null
        ? pg_provider === provider && (mid === undefined || mid === pg_id)
        : channel_key === key),
  )
}
