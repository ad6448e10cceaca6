import type { AsyncLocalStorage } from 'node:async_hooks'
import type { SimulatedClock } from '../engine/clock.ts'
import type { Prng } from '../engine/prng.ts'
import type { Process, Scheduler, Task } from '../engine/scheduler.ts'
import type { FakeQueue } from './bindings/queue.ts'
import type { Timers } from './bindings/timers.ts'
import type { WriteLog } from './history/write-log.ts'
import type { EventReceiver } from './peers/event-receiver.ts'
import type { FakeProvider } from './peers/fake-provider.ts'

/** What is around every worker of a schedule. */
export interface IsolateEnvironment {
  readonly writeLog: WriteLog
  readonly provider: FakeProvider
  readonly receiver: EventReceiver
  readonly queue: FakeQueue
  readonly timers: Timers
  readonly scheduler: Scheduler<string>
  readonly clock: SimulatedClock
  readonly prng: Prng
  /** The task in which the running code was called. */
  readonly taskStorage: AsyncLocalStorage<Task>
  readonly logLines: string[]
  /** Whether the merchant's server is down. */
  readonly isMerchantDown: () => boolean
  /** Called with work that goes on after the response. */
  track(isolate: Process, work: Promise<unknown>): void
}
