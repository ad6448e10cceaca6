import type { Worker } from '../../../../apps/worker/src/worker.ts'
import type { Process } from '../../engine/scheduler.ts'
import type { ScheduleCall } from '../isolate-bindings.ts'
import type { IsolateEnvironment } from '../isolate-environment.ts'

/** A running server, for the clients and the clock of its schedule to call. */
export type Instance = Worker

/** What an instance is started with. */
export interface InstanceOptions {
  /** What crashes with it. */
  readonly process: Process
  readonly environment: IsolateEnvironment
  readonly call: ScheduleCall
  readonly fetch: (request: Request) => Promise<Response>
}

/** How the server of a schedule is put together, and the database that its instances share. */
export interface Composition {
  start(options: InstanceOptions): Instance
  /** Reads rows for the checkers. */
  read(text: string): readonly Readonly<Record<string, unknown>>[]
}

/** Makes the composition of one schedule, on an empty database. */
export type OpenComposition = () => {
  readonly composition: Composition
  /** To be called after the last step. */
  readonly close: () => void
}
