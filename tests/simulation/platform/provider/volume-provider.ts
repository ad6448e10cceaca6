import type { SimulatedClock } from '../../engine/clock.ts'
import type { Peer, Reply } from '../environment/network.ts'
import { type NewPayment, openRecord, type ProviderRecord, toJson } from './record.ts'
import { notFound, refuse, serverError, succeed } from './responses.ts'
import { TimeIndex } from './time-index.ts'

/** A provider with as many payments as a busy shop has, and the part of its API that a server needs. */
export interface VolumeProvider extends Peer {
  open(payment: NewPayment): ProviderRecord
  /** Money arrives; by default now. */
  pay(record: ProviderRecord, paidAt?: number): void
  fail(record: ProviderRecord, reason: string): void
  refund(record: ProviderRecord, amount: number): void
  /** The provider no longer has the payment. */
  lose(record: ProviderRecord): void
  /** Forgets payments from before a time, so that a long run fits into memory. */
  forget(before: number): void
  /** Whether every call fails. */
  isDown: boolean
  readonly calls: () => number
}

interface State {
  readonly clock: SimulatedClock
  readonly records: Map<string, ProviderRecord>
  readonly byOrder: Map<string, ProviderRecord[]>
  readonly paid: TimeIndex
  readonly cancelled: TimeIndex
  readonly started: TimeIndex
  readonly prepared: Map<string, unknown>
}

const maxIds = 100
const maxWindowSeconds = 90 * 24 * 3_600

/** Makes a provider without payments. */
export function createVolumeProvider(clock: SimulatedClock, latencyMs = 0): VolumeProvider {
  const state: State = {
    clock,
    records: new Map(),
    byOrder: new Map(),
    paid: new TimeIndex((record) => record.paid_at),
    cancelled: new TimeIndex((record) => record.cancelled_at),
    started: new TimeIndex((record) => record.started_at),
    prepared: new Map(),
  }
  let calls = 0
  const provider: VolumeProvider = {
    isDown: false,
    calls: () => calls,
    latencyMs: () => latencyMs,
    respond(request, body) {
      calls += 1
      return provider.isDown ? serverError() : handle(state, request, body)
    },
    open: (payment) => open(state, payment),
    pay(record, paidAt = toSeconds(clock)) {
      record.status = 'paid'
      record.paid_at = paidAt
      state.paid.add(record)
    },
    fail(record, reason) {
      record.status = 'failed'
      record.failed_at = toSeconds(clock)
      record.fail_reason = reason
    },
    refund: (record, amount) => refund(state, record, amount),
    lose: (record) => lose(state, record),
    forget(before) {
      state.paid.forget(before)
      state.cancelled.forget(before)
      for (const each of state.started.forget(before)) drop(state, each)
    },
  }
  return provider
}

export function toSeconds({ ms }: SimulatedClock): number {
  return Math.floor(ms / 1000)
}

function open(state: State, payment: NewPayment): ProviderRecord {
  const record = openRecord(payment, toSeconds(state.clock))
  state.records.set(record.imp_uid, record)
  const ofOrder = state.byOrder.get(record.merchant_uid)
  if (ofOrder === undefined) state.byOrder.set(record.merchant_uid, [record])
  else ofOrder.push(record)
  state.started.add(record)
  return record
}

function refund(state: State, record: ProviderRecord, amount: number): void {
  if (record.status === 'cancelled') state.cancelled.remove(record)
  else state.paid.remove(record)
  record.status = 'cancelled'
  record.cancelled_at = toSeconds(state.clock)
  record.cancel_amount += amount
  record.cancel_history.push({ cancelled_at: record.cancelled_at, amount })
  state.cancelled.add(record)
}

function lose(state: State, record: ProviderRecord): void {
  for (const index of [state.paid, state.cancelled, state.started]) index.remove(record)
  drop(state, record)
}

function drop({ records, byOrder, prepared }: State, { imp_uid, merchant_uid }: ProviderRecord) {
  records.delete(imp_uid)
  byOrder.delete(merchant_uid)
  prepared.delete(merchant_uid)
}

function handle(state: State, request: Request, body: string): Reply {
  const url = new URL(request.url)
  const [resource = '', first = '', second = ''] = url.pathname
    .split('/')
    .slice(1)
    .map(decodeURIComponent)
  if (resource === 'users') return issueToken(state)
  if (resource === 'vbanks') return revokeAccount(state, first)
  switch (first) {
    case '':
      return findSeveral(state, url)
    case 'status':
      return listByStatus(state, url, second)
    case 'find':
      return toOne(state.byOrder.get(second)?.at(-1))
    case 'findAll':
      return toPage(state.byOrder.get(second) ?? [], url)
    case 'cancel':
      return cancel(state, JSON.parse(body))
    case 'prepare':
      return prepare(state, request.method, second, body)
    default:
      return findOne(state, first, url)
  }
}

/** A payment of a test channel is shown to those who ask for it. */
function findOne({ records }: State, impUid: string, { searchParams }: URL): Reply {
  const record = records.get(impUid)
  const isHidden = record?.sandbox === true && searchParams.get('include_sandbox') !== 'true'
  return toOne(isHidden ? undefined : record)
}

function issueToken({ clock }: State): Reply {
  const now = toSeconds(clock)
  return succeed(JSON.stringify({ access_token: 'token', now, expired_at: now + 1_800 }))
}

function toOne(record: ProviderRecord | undefined): Reply {
  return record === undefined ? notFound() : succeed(toJson(record))
}

function findSeveral({ records, byOrder }: State, { searchParams }: URL): Reply {
  const impUids = searchParams.getAll('imp_uid[]')
  const merchantUids = searchParams.getAll('merchant_uid[]')
  const asked = impUids.length + merchantUids.length
  if (asked > maxIds) return refuse('조회 건수를 초과했습니다.', 400)
  const found = [
    ...impUids.flatMap((id) => records.get(id) ?? []),
    ...merchantUids.flatMap((id) => byOrder.get(id) ?? []),
  ]
  if (found.length === 0) return notFound()
  return succeed(`[${found.map(toJson).join()}]`, found.length < asked ? 207 : 200)
}

function listByStatus(state: State, url: URL, status: string): Reply {
  const now = toSeconds(state.clock)
  const to = Number(url.searchParams.get('to') ?? now)
  const from = Number(url.searchParams.get('from') ?? to - maxWindowSeconds)
  if (to - from > maxWindowSeconds) return refuse('조회기간은 90일을 초과할 수 없습니다.', 400)
  switch (status) {
    case 'paid':
      return toPage(state.paid.between(from, to), url)
    case 'cancelled':
      return toPage(state.cancelled.between(from, to), url)
    case 'all':
      return toPage(state.started.between(from, to), url)
    default:
      return refuse('지원되지 않는 상태값입니다.', 400)
  }
}

/** A page past the end is HTTP 400, except the first one. */
function toPage(records: readonly ProviderRecord[], { searchParams }: URL): Reply {
  const limit = Number(searchParams.get('limit') ?? 20)
  const page = Number(searchParams.get('page') ?? 1)
  const descending = (searchParams.get('sorting') ?? '-started').startsWith('-')
  const sorted = records.toSorted((a, b) => a.started_at - b.started_at)
  if (descending) sorted.reverse()
  const first = (page - 1) * limit
  if (page > 1 && first >= sorted.length) return refuse('페이지 범위를 벗어났습니다.', 400)
  const next = first + limit < sorted.length ? page + 1 : 0
  const list = sorted.slice(first, first + limit).map(toJson)
  return succeed(
    `{"total":${sorted.length},"previous":${page - 1},"next":${next},"list":[${list.join()}]}`,
  )
}

interface CancelBody {
  readonly imp_uid?: string
  readonly amount?: number
  readonly checksum?: number
  readonly refund_account?: string
}

function cancel(state: State, body: CancelBody): Reply {
  const record = state.records.get(body.imp_uid ?? '')
  if (record === undefined) return refuse('취소할 결제건이 존재하지 않습니다.')
  const remaining = record.amount - record.cancel_amount
  if (record.paid_at === 0 || remaining === 0) return refuse('이미 전액취소된 주문입니다.')
  if (body.checksum !== undefined && body.checksum !== remaining)
    return refuse('취소 가능 금액이 일치하지 않습니다.')
  const amount = body.amount ?? remaining
  if (amount > remaining) return refuse('취소 금액이 잔액을 초과합니다.')
  if (record.pay_method === 'vbank' && body.refund_account === undefined)
    return refuse('환불 계좌가 필요합니다.')
  refund(state, record, amount)
  return succeed(toJson(record))
}

function prepare({ prepared }: State, method: string, order: string, body: string): Reply {
  if (method === 'GET') {
    const known = prepared.get(order)
    return known === undefined ? notFound() : succeed(JSON.stringify(known))
  }
  const registered: { readonly merchant_uid: string } = JSON.parse(body)
  if (method === 'POST' && prepared.has(registered.merchant_uid))
    return refuse('결제정보 사전등록에 실패하였습니다(이미 등록된 merchant_uid입니다).')
  prepared.set(registered.merchant_uid, registered)
  return succeed(JSON.stringify(registered))
}

function revokeAccount({ records, clock }: State, impUid: string): Reply {
  const record = records.get(impUid)
  if (record === undefined) return notFound()
  if (record.status !== 'ready') return refuse('말소할 수 없는 계좌입니다.')
  record.status = 'failed'
  record.failed_at = toSeconds(clock)
  return succeed(toJson(record))
}
