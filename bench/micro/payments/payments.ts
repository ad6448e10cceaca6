import {
  type Decision,
  decide,
  type Order,
  type Payment,
  parsePayment,
  type VerifyFailure,
  verifyPayment,
} from '@quayside/core'
import type { Contestant, Work } from '../contestant.ts'
import { defineGroup } from '../group.ts'
import { type Answer, cases, createTimedAnswers } from './cases.ts'

type Parse = (record: unknown) => Payment | null

const parseByCore: Parse = (record) => {
  const payment = parsePayment(record)
  return payment.ok ? payment.value : null
}

const contestants: readonly Contestant<Answer>[] = [
  { name: 'JSON.parse only', load: () => ({ run: readRecord, toOutcome: null }) },
  { name: 'ours', load: () => toWork(parseByCore) },
  {
    name: 'zod',
    load: async () => toWork((await import('./zod-schema.ts')).parseByZod),
  },
  {
    name: 'valibot',
    load: async () => toWork((await import('./valibot-schema.ts')).parseByValibot),
  },
  {
    name: 'zod, every member',
    load: async () => toWork((await import('./zod-schema.ts')).parseWholeByZod),
  },
  {
    name: 'valibot, every member',
    load: async () => toWork((await import('./valibot-schema.ts')).parseWholeByValibot),
  },
  {
    name: 'typia',
    load: async () => toWork((await import('./typia-schema.ts')).parseByTypia),
  },
]

/** The answer to a look-up, from its text to the decision about the order. */
export const payments = defineGroup({
  name: 'payment',
  batch: 8,
  inputs: createTimedAnswers(64),
  cases,
  contestants,
  toKind: (outcome) => String(outcome === null ? 'malformed' : Object(outcome).result),
})

function readRecord({ text }: Answer): unknown {
  const { response }: { readonly response: unknown } = JSON.parse(text)
  return response
}

function toWork(parse: Parse): Work<Answer> {
  const judge = (answer: Answer) => {
    const payment = parse(readRecord(answer))
    return payment === null ? null : follow(payment, answer.order)
  }
  return {
    run: judge,
    toOutcome(answer) {
      const payment = parse(readRecord(answer))
      if (payment === null) return null
      const { status, amount, cancelled } = payment
      const result = follow(payment, answer.order)
      return {
        status,
        amount,
        cancelled,
        result: 'kind' in result ? toText(result) : result.reason,
      }
    },
  }
}

function follow(payment: Payment, order: Order): Decision | VerifyFailure {
  const verified = verifyPayment(payment, order, 'live')
  return verified.ok ? decide(verified.value, order) : verified.failure
}

function toText(decision: Decision): string {
  return decision.kind === 'become' ? `become ${decision.to}` : decision.kind
}
