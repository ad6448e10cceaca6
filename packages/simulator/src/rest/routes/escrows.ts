import { Hono } from 'hono'
import type { World } from '../../context.ts'
import { serves } from '../../domain/channel/pg-providers.ts'
import { changeParcel, type EscrowStep, type Parcel, registerParcel } from '../../domain/escrow.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { refusals as common, ownRefusals, type Refusal } from '../../domain/refusals.ts'
import { isRecord, type Params, readBody, textOf, wholeOf } from '../../runtime/params.ts'
import { announceEscrow } from '../../webhooks/escrow-event.ts'
import { refuse, succeed } from '../../wire/envelope.ts'

const refusals = {
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

const couriers = new Set(
  'HYUNDAI HANARO SAGAWA KGB YELLOWCAP DONGBU EPOST CJGLS HANJIN DAESIN ETC REGISTPOST CHUNIL ILYANG CVSNET KDEXP HONAM HDEXP'.split(
    ' ',
  ),
)

/** Members of sender and receiver that a PG insists on; every PG insists on the parcel's own three. */
const neededOfPeople: Readonly<Record<string, readonly string[]>> = {
  html5_inicis: ['name', 'tel', 'addr', 'postcode'],
  smartro_v2: ['name', 'tel', 'postcode', 'formed_address'],
}

/** Deliveries of escrow payments. */
export function escrow(world: World): Hono {
  const { ledger } = world
  const app = new Hono()

  app.get('/escrows/logis/:impUid', (c) => {
    const payment = ledger.payments.get(c.req.param('impUid'))
    if (payment === undefined) return refuse(common.unknownPayment)
    if (!serves(payment.channel.pg_provider, 'escrow read')) return refuse(refusals.unsupported)
    const held = ledger.escrows.get(payment.impUid)
    return held === undefined ? refuse(refusals.not_registered) : succeed(present(held.parcel))
  })

  app.post('/escrows/logis/:impUid', async (c) => {
    const payment = ledger.payments.get(c.req.param('impUid'))
    if (payment === undefined) return refuse(common.unknownPayment)
    if (!serves(payment.channel.pg_provider, 'escrow register')) return refuse(refusals.unsupported)
    const parcel = readParcel(world, payment, await readBody(c.req.raw))
    if ('code' in parcel) return refuse(parcel)
    return settle(payment, registerParcel(ledger.escrows.get(payment.impUid), parcel))
  })

  app.put('/escrows/logis/:impUid', async (c) => {
    const payment = ledger.payments.get(c.req.param('impUid'))
    if (payment === undefined) return refuse(common.unknownPayment)
    if (!serves(payment.channel.pg_provider, 'escrow change')) {
      return refuse(refusals.changeUnsupported)
    }
    const parcel = readParcel(world, payment, await readBody(c.req.raw))
    if ('code' in parcel) return refuse(parcel)
    return settle(payment, changeParcel(ledger.escrows.get(payment.impUid), parcel))
  })

  app.all('/escrows/logis/:impUid', () => refuse(ownRefusals.methodNotAllowed))

  function settle(payment: Payment, step: EscrowStep): Response {
    if (!step.ok) return refuse(refusals[step.reason])
    const isNew = !ledger.escrows.has(payment.impUid)
    ledger.escrows.set(payment.impUid, step.escrow)
    if (isNew) announceEscrow(world, payment, step.escrow.status, null)
    return succeed(present(step.escrow.parcel))
  }

  return app
}

function readParcel({ clock }: World, payment: Payment, params: Params): Parcel | Refusal {
  if (!payment.escrow || payment.status !== 'paid') return refusals.notEscrow
  const logis = groupOf(params, 'logis')
  const company = textOf(logis, 'company')
  const invoice = textOf(logis, 'invoice')
  const sentAt = wholeOf(logis, 'sent_at')
  if (company === null) return missing('logis.company')
  if (invoice === null) return missing('logis.invoice')
  if (sentAt === null) return missing('logis.sent_at')
  const lacking = lackingOf(payment.channel.pg_provider, params, logis)
  if (lacking !== null) return missing(lacking)
  const known = couriers.has(company) ? company : 'ETC'
  return { company: known, invoice, sentAt, appliedAt: clock.seconds() }
}

function lackingOf(pgProvider: string, params: Params, logis: Params): string | null {
  const needed = neededOfPeople[pgProvider] ?? []
  for (const person of ['sender', 'receiver']) {
    const members = groupOf(params, person)
    const lacking = needed.find((name) => members[name] === undefined || members[name] === '')
    if (lacking !== undefined) return `${person}.${lacking}`
  }
  if (pgProvider === 'daou') {
    if (textOf(groupOf(params, 'sender'), 'relationship') === null) return 'sender.relationship'
    return ['receiving_at', 'address'].find((name) => textOf(logis, name) === null) ?? null
  }
  const lacksProducts = !Array.isArray(params['products']) || params['products'].length === 0
  return pgProvider === 'welcome' && lacksProducts ? 'products' : null
}

// The published description types these objects as text, so clients send either.
function groupOf(params: Params, name: string): Params {
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

function present({ company, invoice, sentAt, appliedAt }: Parcel) {
  return { company, invoice, sent_at: sentAt, applied_at: appliedAt }
}
