import {
  type ExpectedOrder,
  type MerchantUid,
  type Policy,
  parseImpUid,
  parseMerchantUid,
} from '@quayside/core'
import type { OrderSpec } from '../../checkers/history.ts'
import type { Prng } from '../../engine/prng.ts'
import {
  generateWorkload,
  unwrap,
  type Workload,
  type WorkloadPayment,
} from '../../workload/payments.ts'

/** An order as the merchant's server creates it. */
export type NewOrder = ExpectedOrder & { readonly policy: Policy }

/** A workload whose orders the worker's own API would create, and whose policies it would apply. */
export interface WorkerWorkload extends Workload {
  readonly orders: readonly NewOrder[]
  readonly orderSpecs: readonly OrderSpec[]
  readonly payments: readonly WorkloadPayment[]
}

const latePolicies = ['deliver', 'report', 'refund'] as const
const unmatchedPolicies = ['report', 'refund'] as const

/** Generates a workload; `suffix` keeps the ids of workloads apart that share a database. */
export function generateWorkerWorkload(prng: Prng, suffix = ''): WorkerWorkload {
  const workload = generateWorkload(prng, [1, 1, 1, 2])
  // The API creates no order whose id has two spellings. The full stop tests how ids of events are encoded.
  const named = new Map(
    workload.orders.map(({ merchantUid }, at) => [
      merchantUid,
      toMerchantUid(`ORD.${at + 1}${suffix}`),
    ]),
  )
  const nameOf = (id: MerchantUid): MerchantUid => named.get(id) ?? toMerchantUid(`ORD.0${suffix}`)
  const impUidOf = (id: string): string => `${id}${suffix}`
  const orders = workload.orders.map((order) => ({
    ...order,
    merchantUid: nameOf(order.merchantUid),
    policy: {
      late: latePolicies[prng.below(latePolicies.length)] ?? 'report',
      unmatched: unmatchedPolicies[prng.below(unmatchedPolicies.length)] ?? 'report',
    },
  }))
  return {
    orders,
    orderSpecs: workload.orderSpecs.map((order, at) => ({
      ...order,
      merchant_uid: `ORD.${at + 1}${suffix}`,
      acceptsLate: orders[at]?.policy.late === 'deliver',
    })),
    payments: workload.payments.map((payment) => {
      const merchantUid = nameOf(payment.merchantUid)
      const imp_uid = impUidOf(payment.imp_uid)
      return {
        ...payment,
        imp_uid,
        impUid: unwrap(parseImpUid(imp_uid)),
        merchantUid,
        merchant_uid: merchantUid,
        // The lists of the last minutes show no later deposit; its order is polled, only later than this checks.
        plan: { ...payment.plan, delaySeconds: Math.min(payment.plan.delaySeconds, 150) },
      }
    }),
  }
}

/** Workloads that share one database, as one. */
export function mergeWorkloads(workloads: readonly WorkerWorkload[]): WorkerWorkload {
  return {
    orders: workloads.flatMap(({ orders }) => orders),
    orderSpecs: workloads.flatMap(({ orderSpecs }) => orderSpecs),
    payments: workloads.flatMap(({ payments }) => payments),
  }
}

function toMerchantUid(text: string): MerchantUid {
  return unwrap(parseMerchantUid(text))
}
