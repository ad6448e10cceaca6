import type { BenchOrder, OrderState } from '../order.ts'
import { launch, type Program } from '../program.ts'
import type { SampleMessage } from '../serve-sample.ts'
import { impKey, impSecret } from '../upstream.ts'
import type { DatabaseKind } from './databases.ts'
import type { NodeCode, NodeMessage } from './serve-node.ts'

/** What is measured: our server, the same once more in another process, the bare handler, the vendor's sample. */
export type SubjectName = 'ours' | 'control' | 'floor' | 'sample'

/** A subject in a process of its own. */
export interface NodeSubject {
  readonly name: SubjectName
  readonly url: string
  /** Creates the orders, unpaid. */
  open(orders: readonly BenchOrder[]): Promise<void>
  /** Every order it stores. */
  readOrderStates(): Promise<readonly OrderState[]>
  /** The processor time that its process has used, in microseconds. */
  readCpuTime(): Promise<number>
  /** Removes its database and ends its process. */
  stop(): Promise<void>
}

/** Starts our server or the bare handler on a new database. */
export async function startSubject(
  name: Exclude<SubjectName, 'sample'>,
  kind: DatabaseKind,
  providerUrl: string,
  core: number | null,
): Promise<NodeSubject> {
  const code: NodeCode = name === 'floor' ? 'floor' : 'ours'
  const program = await launch('node/serve-node', [code, kind, providerUrl], core)
  const send = <Reply>(message: NodeMessage) => program.send<Reply>(message)
  return toSubject(name, program, {
    open: (orders) => send({ kind: 'open', orders }),
    readOrderStates: () => send<readonly OrderState[]>({ kind: 'states' }),
    drop: () => send({ kind: 'drop' }),
  })
}

/** Starts the sample, which stores nothing. */
export async function startNodeSample(
  providerUrl: string,
  core: number | null,
): Promise<NodeSubject> {
  const program = await launch('serve-sample', [providerUrl, impKey, impSecret], core)
  const send = <Reply>(message: SampleMessage) => program.send<Reply>(message)
  return toSubject('sample', program, {
    open: (orders) => send({ kind: 'open', orders }),
    readOrderStates: () => send<readonly OrderState[]>({ kind: 'states' }),
    drop: async () => undefined,
  })
}

interface Calls {
  readonly open: (orders: readonly BenchOrder[]) => Promise<unknown>
  readonly readOrderStates: () => Promise<readonly OrderState[]>
  readonly drop: () => Promise<unknown>
}

function toSubject(name: SubjectName, program: Program, calls: Calls): NodeSubject {
  return {
    name,
    url: program.url,
    readCpuTime: () => program.readCpuTime(),
    readOrderStates: calls.readOrderStates,
    async open(orders) {
      await calls.open(orders)
    },
    async stop() {
      await calls.drop()
      await program.stop()
    },
  }
}
