import {
  applyChange,
  decide,
  type Order,
  type Payment,
  parsePayment,
  verifyPayment,
} from '@quayside/core'
import { defineGroup } from './group.ts'
import { createTimedAnswers } from './payments/cases.ts'

interface Pair {
  readonly payment: Payment
  readonly order: Order
}

const pairs = createTimedAnswers(64).map(({ text, order }): Pair => {
  const { response }: { readonly response: unknown } = JSON.parse(text)
  const payment = parsePayment(response)
  if (!payment.ok) throw new TypeError(`Cannot parse payment: ${payment.failure.field}`)
  return { payment: payment.value, order }
})

/** The decision about an order whose payment is parsed already. */
export const decisions = defineGroup<Pair>({
  name: 'decision',
  batch: 512,
  inputs: pairs,
  cases: null,
  toKind: String,
  contestants: [
    { name: 'verify, decide', load: () => ({ run: judge, toOutcome: null }) },
    { name: 'verify, decide, apply', load: () => ({ run: change, toOutcome: null }) },
  ],
})

function judge({ payment, order }: Pair): unknown {
  const verified = verifyPayment(payment, order, 'live')
  return verified.ok ? decide(verified.value, order) : verified.failure
}

function change({ payment, order }: Pair): unknown {
  const verified = verifyPayment(payment, order, 'live')
  if (!verified.ok) return verified.failure
  const decision = decide(verified.value, order)
  return decision.kind === 'become'
    ? applyChange({ order, payment: verified.value, to: decision.to })
    : decision
}
