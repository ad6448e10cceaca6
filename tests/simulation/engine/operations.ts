import { createNotices } from '../workload/notices.ts'
import { reachVersion, type WorkloadPayment } from '../workload/payments.ts'
import { FaultyPorts } from './faulty-ports.ts'
import type { SimulationState } from './simulation-state.ts'
import { startTask } from './tasks.ts'

// What merchant, provider, channels and jobs can do, during the faults and after them.

export function createOrder({ uncreatedOrders, workload, database, clock, log }: SimulationState) {
  const expected = uncreatedOrders.shift()
  const spec = workload.orderSpecs.find((each) => each.merchant_uid === expected?.merchantUid)
  if (expected === undefined || spec === undefined) return
  database.open({ ...expected, createdAt: new Date(clock.ms) })
  spec.at = clock.step
  spec.createdAt = clock.ms
  log?.(`merchant | creates ${expected.merchantUid} | `)
}

export function deliverNotice(state: SimulationState, at: number): void {
  const notice = state.inbound.splice(at, 1)[0]
  if (notice === undefined) return
  startTask(state, `${notice.channel} ${notice.impUid}→${notice.merchantUid}`, notice, (task) =>
    state.system.handle(notice, new FaultyPorts(task, state)),
  )
}

/** Whether a payment has a state left to reach. */
export function hasUpcoming({ workload }: SimulationState): boolean {
  return workload.payments.some(isUpcoming)
}

export function advancePayment(state: SimulationState): void {
  const { workload, prng, clock, coverage, inbound } = state
  const candidates = workload.payments.filter(isUpcoming)
  const payment = candidates[prng.below(candidates.length)]
  const version = payment?.versions[payment.versionsReached]
  if (payment === undefined || version === undefined) return
  reachVersion(payment, clock)
  coverage.upstream(version.status)
  state.log?.(`provider | ${payment.imp_uid} is ${version.status} | `)
  inbound.push(...createNotices(payment, version, workload, prng, state.losesNotices))
}

function isUpcoming({ versions, versionsReached }: WorkloadPayment): boolean {
  return versionsReached < versions.length
}

export function runJob(state: SimulationState, kind: 'sweep' | 'audit'): void {
  startTask(state, kind, null, (task) => state.system[kind](new FaultyPorts(task, state)))
}

/** Sends one event, or all that are due. */
export function deliverEvents(state: SimulationState, id: string | null): void {
  startTask(state, 'deliver', null, (task) =>
    state.system.deliver(new FaultyPorts(task, state), id),
  )
}
