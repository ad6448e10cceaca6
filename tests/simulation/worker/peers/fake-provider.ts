import { canary, isPaid, type PaymentVersion } from '../../checkers/history.ts'
import type { SimulatedClock } from '../../engine/clock.ts'
import type { WorkloadPayment } from '../../workload/payments.ts'
import {
  advance,
  createState,
  isVirtualAccount,
  latestVersion,
  type PaymentState,
  type ProviderPayment,
  refund,
  toRecord,
  toSeconds,
  transition,
  wireStatus,
} from './provider-payments.ts'
import { notFound, refuse, succeed } from './provider-responses.ts'

/** A request to the provider, read. */
export interface ProviderRequest {
  readonly method: string
  readonly url: URL
  readonly body: Readonly<Record<string, unknown>>
}

/** The provider: its payments, and the part of its API that the worker uses. */
export interface FakeProvider {
  readonly payments: readonly ProviderPayment[]
  /** Payments that have planned states left. */
  upcoming(): readonly ProviderPayment[]
  /** The payment reaches its next planned state; null when none is left. */
  advance(payment: ProviderPayment): PaymentVersion | null
  handle(request: ProviderRequest): Response
}

interface ProviderState {
  readonly clock: SimulatedClock
  readonly payments: readonly PaymentState[]
  /** Amounts that were registered before their payment, by order. */
  readonly prepared: Map<string, unknown>
}

/** Makes the provider of the payments of a workload. */
export function createFakeProvider(
  plannedPayments: readonly WorkloadPayment[],
  clock: SimulatedClock,
): FakeProvider {
  const states = plannedPayments.map(createState)
  const provider: ProviderState = { clock, payments: states, prepared: new Map() }
  return {
    payments: states.map(({ payment }) => payment),
    upcoming: () =>
      states
        .filter(({ remainingStatuses }) => remainingStatuses.length > 0)
        .map(({ payment }) => payment),
    advance(payment) {
      const state = states.find((each) => each.payment === payment)
      return state === undefined ? null : advance(state, clock)
    },
    handle: (request) => handle(provider, request),
  }
}

export function readProviderRequest(
  { method, url }: Pick<Request, 'method' | 'url'>,
  body: string,
): ProviderRequest {
  return { method, url: new URL(url), body: body === '' ? {} : JSON.parse(body) }
}

function handle(provider: ProviderState, request: ProviderRequest): Response {
  const [resource = '', first = '', second = '', third = ''] = request.url.pathname
    .split('/')
    .slice(1)
    .map(decodeURIComponent)
  if (resource === 'users') return issueToken(provider)
  if (resource === 'vbanks') return revokeAccount(provider, first)
  switch (first) {
    case '':
      return findMany(provider, request)
    case 'status':
      return listByStatus(provider, request, second)
    case 'cancel':
      return cancel(provider, request)
    case 'prepare':
      return prepare(provider, request, second)
    case 'find':
      return findByOrder(provider, second, third)
    case 'findAll':
      return findAllOfOrder(provider, request, second)
    default:
      return findOne(provider, request, first)
  }
}

function issueToken({ clock }: ProviderState): Response {
  const at = toSeconds(clock)
  return succeed({ access_token: `${canary}-token`, now: at, expired_at: at + 1800 })
}

/** Revokes an account into which no money was paid. */
function revokeAccount(provider: ProviderState, impUid: string): Response {
  const [state] = visible(provider, ({ imp_uid }) => imp_uid === impUid)
  if (state === undefined) return notFound()
  if (latestVersion(state.payment).status !== 'vbank_issued')
    return refuse('말소할 수 없는 계좌입니다.')
  state.remainingStatuses.length = 0
  transition(state, 'failed', 0, provider.clock)
  return succeed(toRecord(state))
}

function findMany(provider: ProviderState, { url: { searchParams } }: ProviderRequest): Response {
  const [ids, orders] = ['imp_uid[]', 'merchant_uid[]'].map((name) => searchParams.getAll(name))
  const found = visible(
    provider,
    ({ imp_uid, merchant_uid }) =>
      ids?.includes(imp_uid) === true || orders?.includes(merchant_uid) === true,
  )
  return found.length === 0 ? notFound() : succeed(found.map(toRecord))
}

function listByStatus(
  { payments }: ProviderState,
  { url }: ProviderRequest,
  status: string,
): Response {
  const from = Number(url.searchParams.get('from'))
  const to = Number(url.searchParams.get('to'))
  const found = payments.filter((state) => {
    const at = status === 'paid' ? state.paidAt : state.cancelledAt
    return wireStatus(state.payment) === status && at >= from && at <= to
  })
  return succeed({ total: found.length, previous: 0, next: 0, list: found.map(toRecord) })
}

function cancel(provider: ProviderState, { body }: ProviderRequest): Response {
  const [state] = visible(provider, ({ imp_uid }) => imp_uid === body['imp_uid'])
  if (state === undefined) return refuse('존재하지 않는 결제정보입니다.')
  const { payment, scale } = state
  const { status, cancelled } = latestVersion(payment)
  const left = payment.amount - cancelled
  const minor = body['amount'] === undefined ? left : Math.round(Number(body['amount']) * scale)
  if (!isPaid(status) || minor > left) return refuse('취소할 수 없는 결제입니다.')
  if (Math.round(Number(body['checksum']) * scale) !== left) return refuse('checksum mismatch')
  if (isVirtualAccount(state) && body['refund_account'] === undefined)
    return refuse('refund_account')
  if (body['amount'] !== undefined) payment.partialRefunds++
  refund(state, minor, provider.clock)
  return succeed(toRecord(state))
}

function prepare(
  { prepared }: ProviderState,
  { method, body }: ProviderRequest,
  order: string,
): Response {
  const id = String(method === 'GET' ? order : body['merchant_uid'])
  if (method === 'GET') return prepared.has(id) ? succeed(prepared.get(id)) : notFound()
  if (method === 'POST' && prepared.has(id)) return refuse('이미 등록된 주문번호입니다.')
  prepared.set(id, body)
  return succeed(body)
}

function findByOrder(provider: ProviderState, order: string, status: string): Response {
  const found = visible(
    provider,
    (payment) => payment.merchant_uid === order && wireStatus(payment) === status,
  ).at(-1)
  return found === undefined ? notFound() : succeed(toRecord(found))
}

/** The first page of an order's payments, those that were paid last first. */
function findAllOfOrder(
  provider: ProviderState,
  { url: { searchParams } }: ProviderRequest,
  order: string,
): Response {
  const found = visible(provider, ({ merchant_uid }) => merchant_uid === order)
  if (found.length === 0) return notFound()
  const list = found
    .toSorted((a, b) => b.paidAt - a.paidAt)
    .slice(0, Number(searchParams.get('limit')))
  return succeed({ total: found.length, previous: 0, next: 0, list: list.map(toRecord) })
}

function findOne(provider: ProviderState, { url }: ProviderRequest, impUid: string): Response {
  const showsTests = url.searchParams.get('include_sandbox') === 'true'
  const [found] = visible(
    provider,
    ({ imp_uid, sandbox }) => imp_uid === impUid && (!sandbox || showsTests),
  )
  return found === undefined ? notFound() : succeed(toRecord(found))
}

/** Payments that exist already, and match. */
function visible(
  { payments }: ProviderState,
  isMatch: (payment: ProviderPayment) => boolean,
): readonly PaymentState[] {
  return payments.filter(({ payment }) => payment.versions.length > 0 && isMatch(payment))
}
