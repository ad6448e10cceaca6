import type { SimulatorContext } from '../../context.ts'
import type { Certification, Person } from '../../domain/certification.ts'
import type { Params } from '../../runtime/params.ts'
import { createFieldReader, type FieldReader, type ReadResult, resultOf } from '../field-reader.ts'

const personMembers = ['name', 'birthday', 'gender', 'foreigner', 'phone', 'carrier']
const carriers = ['SKT', 'KT', 'LGT', 'SKT_MVNO', 'KT_MVNO', 'LGT_MVNO'] as const

/** Stores an identity verification with any status, without a window or an OTP. */
export function seedCertification(
  context: SimulatorContext,
  params: Params,
): ReadResult<Certification> {
  const { channels, ids, clock } = context
  const fields = createFieldReader(params)
  fields.allowOnly([
    'imp_uid',
    'merchant_uid',
    'pg_provider',
    'channel_key',
    'status',
    'method',
    'origin',
    'certified_at',
    ...personMembers,
  ])
  const key = fields.optional('channel_key', 55)
  const provider = fields.optional('pg_provider', 16)
  const channel = channels.find(
    ({ type, channel_key, pg_provider }) =>
      type === 'certification' &&
      (key === null || channel_key === key) &&
      (provider === null || pg_provider === provider),
  )
  if (channel === undefined) {
    const named = key === null ? 'pg_provider' : 'channel_key'
    return fields.refuse(named, 'a channel of identity verification')
  }
  const status = fields.oneOf('status', ['certified', 'requested', 'failed'], 'certified')
  const method = fields.oneOf('method', ['window', 'SMS', 'APP'], 'window')
  // A window asks the buyer; an OTP is sent to a person the shop has named.
  const isKnown = status === 'certified' || method !== 'window'
  const stray = personMembers.find((name) => params[name] !== undefined)
  if (!isKnown && stray !== undefined) fields.fail(stray, `absent while ${status} in a window`)
  if (status !== 'certified' && params['certified_at'] !== undefined) {
    fields.fail('certified_at', `absent while ${status}`)
  }
  const certification: Certification = {
    impUid: fields.optional('imp_uid', 32) ?? ids.impUid(),
    merchantUid: fields.optional('merchant_uid', 40),
    channel,
    pgTid: `${channel.pg_id}${ids.digits(16)}`,
    origin: fields.optional('origin', 2000) ?? '',
    method,
    status,
    person: isKnown ? readPerson(fields) : null,
    certifiedAt: status === 'certified' ? fields.seconds('certified_at', clock.seconds()) : null,
    minAge: null,
  }
  const result = resultOf(fields, certification)
  if (result.ok) context.state.certifications.set(certification.impUid, certification)
  return result
}

function readPerson(fields: FieldReader): Person {
  const birthday = fields.text('birthday', { max: 10, fallback: '1990-01-31' })
  const isDay =
    !Number.isNaN(Date.parse(`${birthday}T00:00:00Z`)) &&
    new Date(`${birthday}T00:00:00Z`).toISOString().startsWith(birthday)
  if (!isDay) fields.fail('birthday', 'a day, YYYY-MM-DD')
  const phone = fields.text('phone', { max: 11, fallback: '01012345678' })
  if (!/^01\d{8,9}$/.test(phone)) fields.fail('phone', 'the digits of a mobile number')
  return {
    name: fields.text('name', { max: 40, fallback: '홍길동' }),
    birthday,
    gender: fields.oneOf('gender', ['male', 'female'], 'male'),
    foreigner: fields.flag('foreigner', false),
    phone,
    carrier: fields.oneOf('carrier', carriers, 'SKT'),
  }
}
