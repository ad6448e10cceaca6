import type { ExpectedOrder } from '@quayside/core'
import type { ResponseRow } from '../checkers/history.ts'
import type { InboundNotice } from '../workload/notices.ts'
import type { Coverage } from './coverage.ts'
import type { SeededFaultPlan } from './fault-plan.ts'
import type { PortContext } from './faulty-ports.ts'
import type { Process, Scheduler, Task } from './scheduler.ts'

/** A task that has neither ended nor crashed. */
export interface RunningTask {
  readonly task: Task
  /** The notice that it handles; null for a sweep or a delivery. */
  readonly notice: InboundNotice | null
  readonly from: number
}

/** Everything that one schedule reads and changes while it runs. */
export interface SimulationState extends PortContext {
  readonly scheduler: Scheduler
  readonly faultPlan: SeededFaultPlan
  readonly coverage: Coverage
  readonly log: ((line: string) => void) | undefined
  /** How often the provider sends a webhook again. */
  readonly resends: number
  /** Whether no channel delivers a notice. */
  readonly losesNotices: boolean
  /** How many deliveries, sweeps and clock jumps are still to come. */
  readonly remaining: { deliver: number; sweep: number; jump: number }
  readonly responses: ResponseRow[]
  readonly inbound: InboundNotice[]
  readonly uncreatedOrders: ExpectedOrder[]
  /** The ids of the events that the queue holds. */
  readonly queue: string[]
  /** How many events were put on the queue so far. */
  queuedEvents: number
  processes: readonly Process[]
  running: RunningTask[]
  tasksStarted: number
  /** Whether the faults are over. */
  isRecovering: boolean
  hash: number
}

/** Makes a number part of the schedule's hash. */
export function addToHash(state: { hash: number }, value: number): void {
  state.hash = Math.imul(state.hash ^ value, 0x01000193)
}
