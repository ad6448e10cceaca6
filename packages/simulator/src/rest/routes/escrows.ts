import { Hono } from 'hono'
import type { SimulatorContext } from '../../context.ts'
import { couriers } from '../../domain/channel/couriers.ts'
import { isSupported } from '../../domain/channel/pg-providers.ts'
import { contractRefusal } from '../../domain/contract.ts'
import {
  changeParcel,
  type EscrowTransition,
  type Parcel,
  registerParcel,
} from '../../domain/escrow.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { ownRefusals, type Refusal, refusals } from '../../domain/refusals.ts'
import { integerOf, isRecord, type Params, readBody, textOf } from '../../runtime/params.ts'
import { scheduleEscrowWebhook } from '../../webhooks/escrow-event.ts'
import { refuse, succeed } from '../../wire/envelope.ts'
import { serializeParcel } from '../../wire/serialize-parcel.ts'

const escrowRefusals = {
  unsupported: { status: 400, code: 1, message: '에스크로 배송등록을 지원하지 않는 PG사입니다.' },
  changeUnsupported: {
    status: 400,
    code: 1,
    message: '에스크로 배송정보 수정을 지원하지 않는 PG사입니다.',
  },
  notEscrow: { status: 409, code: 1, message: '에스크로로 결제완료된 거래가 아닙니다.' },
  already_registered: { status: 409, code: 1, message: '이미 배송정보가 등록된 거래입니다.' },
  not_registered: { status: 409, code: 1, message: '배송정보가 등록되지 않은 거래입니다.' },
  not_changeable: { status: 409, code: 1, message: '배송정보를 수정할 수 없는 거래입니다.' },
} as const satisfies Record<string, Refusal>

/** Members of sender and receiver that a PG requires; every PG requires the parcel's own three. */
const requiredPersonFields: Readonly<Record<string, readonly string[]>> = {
  html5_inicis: ['name', 'tel', 'addr', 'postcode'],
  smartro_v2: ['name', 'tel', 'postcode', 'formed_address'],
}

/** Deliveries of escrow payments. */
export function escrow(context: SimulatorContext): Hono {
  const { state } = context
  const app = new Hono()

  app.get('/escrows/logis/:impUid', (c) => {
    const payment = state.payments.get(c.req.param('impUid'))
    if (payment === undefined) return refuse(refusals.unknownPayment)
    if (!isSupported(payment.channel.pg_provider, 'escrow read'))
      return refuse(escrowRefusals.unsupported)
    const existing = state.escrows.get(payment.impUid)
    return existing === undefined
      ? refuse(escrowRefusals.not_registered)
      : succeed(serializeParcel(existing.parcel))
  })

  app.post('/escrows/logis/:impUid', async (c) => {
    const payment = state.payments.get(c.req.param('impUid'))
    if (payment === undefined) return refuse(refusals.unknownPayment)
    if (!isSupported(payment.channel.pg_provider, 'escrow register'))
      return refuse(escrowRefusals.unsupported)
    const parcel = readParcel(context, payment, await readBody(c.req.raw))
    if ('code' in parcel) return refuse(parcel)
    return respond(payment, registerParcel(state.escrows.get(payment.impUid), parcel))
  })

  app.put('/escrows/logis/:impUid', async (c) => {
    const payment = state.payments.get(c.req.param('impUid'))
    if (payment === undefined) return refuse(refusals.unknownPayment)
    if (!isSupported(payment.channel.pg_provider, 'escrow change')) {
      return refuse(escrowRefusals.changeUnsupported)
    }
    const parcel = readParcel(context, payment, await readBody(c.req.raw))
    if ('code' in parcel) return refuse(parcel)
    return respond(payment, changeParcel(state.escrows.get(payment.impUid), parcel))
  })

  app.all('/escrows/logis/:impUid', () => refuse(ownRefusals.methodNotAllowed))

  function respond(payment: Payment, transition: EscrowTransition): Response {
    if (!transition.ok) return refuse(escrowRefusals[transition.reason])
    const isNew = !state.escrows.has(payment.impUid)
    state.escrows.set(payment.impUid, transition.escrow)
    if (isNew) scheduleEscrowWebhook(context, payment, transition.escrow.status, null)
    return succeed(serializeParcel(transition.escrow.parcel))
  }

  return app
}

function readParcel(
  { clock, contracts }: SimulatorContext,
  payment: Payment,
  params: Params,
): Parcel | Refusal {
  if (!payment.escrow || payment.status !== 'paid') return escrowRefusals.notEscrow
  const noContract = contractRefusal(contracts, 'escrow')
  if (payment.channel.pg_provider === 'smartro_v2' && noContract !== null) return noContract
  const logis = objectOf(params, 'logis')
  const company = textOf(logis, 'company')
  const invoice = textOf(logis, 'invoice')
  const sentAt = integerOf(logis, 'sent_at')
  if (company === null) return missing('logis.company')
  if (invoice === null) return missing('logis.invoice')
  if (sentAt === null) return missing('logis.sent_at')
  const missingField = missingFieldOf(payment.channel.pg_provider, params, logis)
  if (missingField !== null) return missing(missingField)
  const courier = couriers.find((each) => each === company) ?? 'ETC'
  return { company: courier, invoice, sentAt, appliedAt: clock.seconds() }
}

function missingFieldOf(pgProvider: string, params: Params, logis: Params): string | null {
  const required = requiredPersonFields[pgProvider] ?? []
  for (const person of ['sender', 'receiver']) {
    const members = objectOf(params, person)
    const missingField = required.find(
      (name) => members[name] === undefined || members[name] === '',
    )
    if (missingField !== undefined) return `${person}.${missingField}`
  }
  if (pgProvider === 'daou') {
    if (textOf(objectOf(params, 'sender'), 'relationship') === null) return 'sender.relationship'
    return ['receiving_at', 'address'].find((name) => textOf(logis, name) === null) ?? null
  }
  const lacksProducts = !Array.isArray(params['products']) || params['products'].length === 0
  return pgProvider === 'welcome' && lacksProducts ? 'products' : null
}

// The published description types these objects as text, so clients send either.
function objectOf(params: Params, name: string): Params {
  const value = params[name]
  if (isRecord(value)) return value
  if (typeof value !== 'string') return {}
  try {
    const parsed: unknown = JSON.parse(value)
    return isRecord(parsed) ? parsed : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

function missing(name: string): Refusal {
  return { status: 400, code: 1, message: `${name} 파라메터가 누락되었습니다.` }
}
