import type { EventDelivery, HttpHistory, OrderSpec } from './http-history.ts'

/** An order after one of its events; step 0 is the unpaid order. */
export interface OrderStep {
  readonly step: number
  readonly type: string
  readonly id: string
  readonly status: string
  readonly imp_uid: string | null
  readonly cancelled: number
  /** When its event first arrived. */
  readonly at: number
  /** All fields of the order, to be compared between events and reads. */
  readonly facts: string
}

/** One order by its events and reads, and where these contradict each other. */
export interface OrderHistory {
  readonly order: OrderSpec
  readonly steps: readonly OrderStep[]
  /** The order as it was read last. */
  readonly final: Pick<OrderStep, 'step' | 'status' | 'imp_uid' | 'cancelled' | 'facts'> | null
  readonly violations: readonly string[]
}

interface OrderBody {
  readonly merchant_uid: string
  readonly amount: number
  readonly currency: string
  readonly status: string
  readonly imp_uid: string | null
  readonly cancelled_amount: number
  readonly sequence: number
  readonly unmatched_payment?: { readonly imp_uid: string }
  readonly [name: string]: unknown
}

/** The documented transitions of an order; events of unmatched money leave its status as it is. */
const allowedTransitions: Readonly<Record<string, readonly string[]>> = {
  pending: ['vbank_issued', 'paid', 'failed', 'partially_cancelled', 'cancelled', 'expired'],
  vbank_issued: ['vbank_issued', 'paid', 'failed', 'partially_cancelled', 'cancelled', 'expired'],
  paid: ['partially_cancelled', 'cancelled'],
  partially_cancelled: ['partially_cancelled', 'cancelled'],
  cancelled: [],
  failed: ['vbank_issued', 'paid', 'partially_cancelled', 'cancelled'],
  expired: ['paid', 'partially_cancelled', 'cancelled'],
}
const unmatchedEvents = ['order.duplicate_paid', 'order.late_paid']
const factNames = [
  'merchant_uid',
  'amount',
  'currency',
  'status',
  'imp_uid',
  'cancelled_amount',
  'paid_at',
  'virtual_account',
  'fail_reason',
  'receipt_url',
  'policy',
  'sequence',
  'mode',
]

/** Collects the events and reads of an order, and finds contradictions. */
export function readOrderHistory(order: OrderSpec, history: HttpHistory): OrderHistory {
  const deliveries = history.deliveries
    .map((each) => ({ ...each, event: readEvent(each) }))
    .filter(({ event }) => event.type.startsWith('order.'))
    .filter(({ event }) => event.data.merchant_uid === order.merchant_uid)
  const reads = history.operations.flatMap((each) => {
    const showsOrder =
      ['create', 'read', 'cancel'].includes(each.action) && (each.code ?? 500) < 300
    if (!showsOrder || each.merchant_uid !== order.merchant_uid) return []
    const body: OrderBody = JSON.parse(each.text)
    return [{ body, at: each.to, isRead: each.action === 'read' }]
  })
  const last = reads.filter(({ isRead }) => isRead).at(-1)?.body ?? null
  const steps = toSteps(deliveries)
  const final = last && {
    step: last.sequence,
    status: last.status,
    imp_uid: last.imp_uid,
    cancelled: last.cancelled_amount,
    facts: toFacts(last),
  }
  const violations = [
    ...checkTransitions(steps, last?.sequence ?? 0, deliveries),
    ...reads.flatMap(({ body }) => {
      const step = steps.find((each) => each.step === body.sequence)
      return step === undefined || step.facts === '' || step.facts === toFacts(body)
        ? []
        : [`read at ${body.sequence} differs from its event: ${toFacts(body)} ≠ ${step.facts}`]
    }),
  ]
  return {
    order,
    steps,
    final,
    violations: violations.map((each) => `${order.merchant_uid} ${each}`),
  }
}

function toSteps(
  deliveries: readonly (EventDelivery & { readonly event: ReturnType<typeof readEvent> })[],
): readonly OrderStep[] {
  const first: OrderStep = {
    step: 0,
    type: '',
    id: '',
    status: 'pending',
    imp_uid: null,
    cancelled: 0,
    at: -Infinity,
    facts: '',
  }
  const steps = new Map<string, OrderStep>()
  for (const { id, at, event } of deliveries) {
    const { data, type } = event
    const known = steps.get(id)
    steps.set(id, {
      step: data.sequence,
      type,
      id,
      status: data.status,
      imp_uid: data.imp_uid,
      cancelled: data.cancelled_amount,
      at: Math.min(at, known?.at ?? at),
      facts: toFacts(data),
    })
  }
  return [first, ...[...steps.values()].toSorted((a, b) => a.step - b.step)]
}

/** I9: every try of an event has the same body, and one of them was accepted. */
export function checkDeliveries(deliveries: readonly EventDelivery[]): readonly string[] {
  const ids = new Set(deliveries.map(({ id }) => id))
  return [...ids].flatMap((id) => {
    const tries = deliveries.filter((each) => each.id === id)
    const isSame = tries.every(({ text }) => text === tries[0]?.text)
    const isAccepted = tries.some(({ status }) => status < 300)
    return [
      ...(isSame ? [] : [`event ${id} came with two bodies`]),
      ...(isAccepted ? [] : [`event ${id} was never accepted`]),
    ]
  })
}

/** I1, I14: one event a change, by documented transitions, and at most one `order.paid`. */
function checkTransitions(
  steps: readonly OrderStep[],
  sequence: number,
  deliveries: readonly EventDelivery[],
): readonly string[] {
  const violations: string[] = []
  const paid = steps.filter(({ type }) => type === 'order.paid')
  if (paid.length > 1)
    violations.push(`has several paid events: ${paid.map(({ id }) => id).join(' and ')}`)
  if (steps.some(({ step }, at) => step !== at) || steps.length !== sequence + 1) {
    const list = steps.map(({ step }) => step).join(',')
    violations.push(`reads ${sequence}, its ${deliveries.length} events have sequences ${list}`)
  }
  for (const [at, step] of steps.entries()) {
    const before = steps[at - 1]
    if (before === undefined) continue
    const isUnmatched = unmatchedEvents.includes(step.type)
    const isAllowed = isUnmatched
      ? step.status === before.status && step.imp_uid === before.imp_uid
      : allowedTransitions[before.status]?.includes(step.status) === true &&
        step.type === `order.${step.status}`
    if (!isAllowed) violations.push(`went from ${before.status} to ${step.status} by ${step.type}`)
    const isLess = step.imp_uid === before.imp_uid && step.cancelled < before.cancelled
    if (isLess) violations.push(`had ${before.cancelled} refunded, then ${step.cancelled}`)
  }
  return violations
}

function readEvent({ text }: EventDelivery): { readonly type: string; readonly data: OrderBody } {
  return JSON.parse(text)
}

function toFacts(body: OrderBody): string {
  return JSON.stringify(factNames.map((name) => body[name]))
}
