import {
  type ActualPayment,
  canary,
  type PaymentStatus,
  type PaymentVersion,
} from '../../checkers/history.ts'
import type { SimulatedClock } from '../../engine/fake-database.ts'
import type { Prng } from '../../engine/prng.ts'
import {
  accountLifetimeSeconds,
  toWireStatus,
  type WorkloadPayment,
} from '../../workload/payments.ts'
import { settings } from '../settings.ts'

/** A payment on the provider's books, which go on being written: a cancel may come through the API. */
export interface ProviderPayment extends ActualPayment {
  readonly versions: PaymentVersion[]
  readonly planned: WorkloadPayment
  /** How many parts were given back through the API. */
  partialRefunds: number
}

/** A request to the provider, read. */
export interface ProviderRequest {
  readonly method: string
  readonly url: URL
  readonly body: Readonly<Record<string, unknown>>
}

/** The provider: its books, and the part of its API that the worker uses. */
export interface FakeProvider {
  readonly payments: readonly ProviderPayment[]
  /** Payments whose lives are not over. */
  upcoming(): readonly ProviderPayment[]
  /** Lets the next thing of a payment's life happen; what it became, or null when it was over already. */
  advance(payment: ProviderPayment): PaymentVersion | null
  handle(request: ProviderRequest): Response
}

interface PaymentState {
  readonly payment: ProviderPayment
  readonly number: number
  readonly remainingStatuses: PaymentStatus[]
  readonly scale: number
  readonly refunds: { readonly cancelled_at: number; readonly amount: number }[]
  paidAt: number
  cancelledAt: number
}

const partialRefundMinor = 400

/** Opens the provider's books for the payments of a story. */
export function createFakeProvider(
  plannedPayments: readonly WorkloadPayment[],
  clock: SimulatedClock,
): FakeProvider {
  const prepared = new Map<string, unknown>()
  const states = plannedPayments.map(createState)
  const seconds = (): number => Math.floor(clock.ms / 1000)

  const transition = (
    state: PaymentState,
    status: PaymentStatus,
    cancelled: number,
  ): PaymentVersion => {
    const version: PaymentVersion = { status, cancelled, at: clock.step }
    state.payment.versions.push(version)
    if (status === 'paid') state.paidAt = seconds()
    return version
  }

  const refund = (state: PaymentState, minor: number): PaymentVersion => {
    const { payment, refunds, scale } = state
    const cancelled = latestVersion(payment).cancelled + minor
    const isWhole = cancelled === payment.amount
    if (isWhole) state.remainingStatuses.length = 0
    state.cancelledAt = seconds()
    refunds.push({ cancelled_at: seconds(), amount: minor / scale })
    return transition(state, isWhole ? 'cancelled' : 'partially_cancelled', cancelled)
  }

  const advance = (payment: ProviderPayment): PaymentVersion | null => {
    const state = states.find((each) => each.payment === payment)
    const next = state?.remainingStatuses.shift()
    if (state === undefined || next === undefined) return null
    const left = payment.amount - latestVersion(payment).cancelled
    if (next === 'cancelled') return refund(state, left)
    if (next === 'partially_cancelled') return refund(state, Math.min(partialRefundMinor, left))
    return transition(state, next, 0)
  }

  const recordOf = (state: PaymentState): Record<string, unknown> => toRecord(state)
  const visible = (isMatch: (payment: ProviderPayment) => boolean): readonly PaymentState[] =>
    states.filter(({ payment }) => payment.versions.length > 0 && isMatch(payment))

  const cancel = ({ body }: ProviderRequest): Response => {
    const [state] = visible(({ imp_uid }) => imp_uid === body['imp_uid'])
    if (state === undefined) return refuse('존재하지 않는 결제정보입니다.')
    const { payment, scale } = state
    const { status, cancelled } = latestVersion(payment)
    const left = payment.amount - cancelled
    const minor = body['amount'] === undefined ? left : Math.round(Number(body['amount']) * scale)
    const isPaid = status === 'paid' || status === 'partially_cancelled'
    if (!isPaid || minor > left) return refuse('취소할 수 없는 결제입니다.')
    if (Math.round(Number(body['checksum']) * scale) !== left) return refuse('checksum mismatch')
    if (isVirtualAccount(state) && body['refund_account'] === undefined)
      return refuse('refund_account')
    if (body['amount'] !== undefined) payment.partialRefunds++
    refund(state, minor)
    return succeed(recordOf(state))
  }

  /** Takes an account back into which nobody has paid. */
  const revoke = (impUid: string): Response => {
    const [state] = visible(({ imp_uid }) => imp_uid === impUid)
    if (state === undefined) return notFound()
    if (latestVersion(state.payment).status !== 'vbank_issued')
      return refuse('말소할 수 없는 계좌입니다.')
    state.remainingStatuses.length = 0
    transition(state, 'failed', 0)
    return succeed(recordOf(state))
  }

  const list = ({ url }: ProviderRequest, status: string): Response => {
    const from = Number(url.searchParams.get('from'))
    const to = Number(url.searchParams.get('to'))
    const found = states.filter((state) => {
      const at = status === 'paid' ? state.paidAt : state.cancelledAt
      return wireStatus(state.payment) === status && at >= from && at <= to
    })
    return succeed({ total: found.length, previous: 0, next: 0, list: found.map(recordOf) })
  }

  const handle = (request: ProviderRequest): Response => {
    const { method, url, body } = request
    const [resource = '', first = '', second = '', third = ''] = url.pathname
      .split('/')
      .slice(1)
      .map(decodeURIComponent)
    if (resource === 'users') {
      const at = seconds()
      return succeed({ access_token: `${canary}-token`, now: at, expired_at: at + 1800 })
    }
    if (resource === 'vbanks') return revoke(first)
    switch (first) {
      case '': {
        const { searchParams } = url
        const [ids, orders] = ['imp_uid[]', 'merchant_uid[]'].map((name) =>
          searchParams.getAll(name),
        )
        const found = visible(
          ({ imp_uid, merchant_uid }) =>
            ids?.includes(imp_uid) === true || orders?.includes(merchant_uid) === true,
        )
        return found.length === 0 ? notFound() : succeed(found.map(recordOf))
      }
      case 'status':
        return list(request, second)
      case 'cancel':
        return cancel(request)
      case 'prepare': {
        const id = String(method === 'GET' ? second : body['merchant_uid'])
        if (method === 'GET') return prepared.has(id) ? succeed(prepared.get(id)) : notFound()
        if (method === 'POST' && prepared.has(id)) return refuse('이미 등록된 주문번호입니다.')
        prepared.set(id, body)
        return succeed(body)
      }
      case 'find': {
        const found = visible(
          (payment) => payment.merchant_uid === second && wireStatus(payment) === third,
        ).at(-1)
        return found === undefined ? notFound() : succeed(recordOf(found))
      }
      default: {
        const [found] = visible(({ imp_uid, sandbox }) => imp_uid === first && !sandbox)
        return found === undefined ? notFound() : succeed(recordOf(found))
      }
    }
  }

  return {
    payments: states.map(({ payment }) => payment),
    upcoming: () =>
      states
        .filter(({ remainingStatuses }) => remainingStatuses.length > 0)
        .map(({ payment }) => payment),
    advance,
    handle,
  }
}

function createState(planned: WorkloadPayment, number: number): PaymentState {
  const { imp_uid, merchant_uid, amount, currency, sandbox } = planned
  const payment = {
    imp_uid,
    merchant_uid,
    amount,
    currency,
    sandbox,
    versions: [],
    planned,
    partialRefunds: 0,
  }
  return {
    payment,
    number,
    remainingStatuses: planned.versions.map(({ status }) => status),
    scale: currency === 'USD' ? 100 : 1,
    refunds: [],
    paidAt: 0,
    cancelledAt: 0,
  }
}

function isVirtualAccount({ payment }: PaymentState): boolean {
  return payment.planned.records[0]?.['pay_method'] === 'vbank'
}

function latestVersion({ versions }: ActualPayment): PaymentVersion {
  return versions.at(-1) ?? { status: 'pending', cancelled: 0, at: Number.POSITIVE_INFINITY }
}

function wireStatus(payment: ProviderPayment): string {
  return payment.versions.length === 0 ? '' : toWireStatus(latestVersion(payment).status)
}

function toRecord(state: PaymentState): Record<string, unknown> {
  const { payment, scale, refunds, paidAt, cancelledAt, number } = state
  const { status, cancelled } = latestVersion(payment)
  const issuedAt = Number(payment.planned.records[0]?.['vbank_issued_at'] ?? 0)
  return {
    imp_uid: payment.imp_uid,
    merchant_uid: payment.merchant_uid,
    amount: payment.amount / scale,
    cancel_amount: cancelled / scale,
    cancel_history: refunds,
    currency: payment.currency,
    status: toWireStatus(status),
    paid_at: paidAt,
    cancelled_at: cancelledAt,
    fail_reason: status === 'failed' ? '한도초과' : null,
    pay_method: isVirtualAccount(state) ? 'vbank' : 'card',
    pg_provider: 'kcp',
    sandbox: payment.sandbox,
    buyer_name: `${canary} 홍길동`,
    buyer_email: `${canary}@example.com`,
    card_number: `${canary}-4092`,
    ...(isVirtualAccount(state)
      ? {
          vbank_num: `9-${number}`,
          vbank_date: issuedAt + accountLifetimeSeconds,
          vbank_issued_at: issuedAt,
        }
      : {}),
  }
}

function succeed(response: unknown): Response {
  return Response.json({ code: 0, message: null, response })
}

function refuse(message: string): Response {
  return Response.json({ code: 1, message, response: null })
}

function notFound(): Response {
  const message = '존재하지 않는 결제정보입니다.'
  return Response.json({ code: 1, message, response: null }, { status: 404 })
}

/** The ways in which an answer can be no answer. `isDone`: what was asked took place all the same. */
export function createFaultyResponse(prng: Prng, isDone: boolean): Promise<Response> {
  const html = '<html>502 Bad Gateway</html>'
  switch (prng.below(isDone ? 5 : 7)) {
    case 1:
      return Promise.resolve(new Response(html, { status: 502 }))
    case 2:
      return Promise.resolve(Response.json({ code: 0, message: null, response: null }))
    case 3:
      return Promise.resolve(new Response('{"code":0,"message":null,"resp'))
    case 4:
      return Promise.resolve(
        // A provider that quotes a credential: nobody may pass it on.
        Response.json({ code: -1, message: `no ${settings['IMP_SECRET']}` }, { status: 500 }),
      )
    case 5:
      return Promise.resolve(
        Response.json({ code: -1, message: 'Unauthorized', response: null }, { status: 401 }),
      )
    case 6:
      return Promise.resolve(
        Response.json({ code: -1, message: 'slow down', response: null }, { status: 429 }),
      )
    default:
      return Promise.reject(new TypeError('fetch failed'))
  }
}

/** The ways in which a shop's server can fail to take an event in, or to say so. */
export function createRefusal(prng: Prng): Promise<Response> {
  const status = [500, 503, 404, 301][prng.below(5)]
  return status === undefined
    ? Promise.reject(new TypeError('fetch failed'))
    : Promise.resolve(new Response(null, { status }))
}
