import type { BenchOrder, OrderState } from '../../order.ts'
import { launch, type Program } from '../../program.ts'
import { impKey, impSecret } from '../../upstream.ts'
import type { SubjectMessage } from './serve-subject.ts'

export const subjectNames = [
  'sample',
  'iamport',
  'hono-fetch',
  'hono-pool',
  'ours-memory-fetch',
  'ours-memory-pool',
  'ours-sqlite-fetch',
  'ours-sqlite-pool',
] as const

/**
 * What is measured: the vendor's sample, its deprecated npm client, a bare handler, and our server, by where the orders are and how the
 * provider is called.
 */
export type SubjectName = (typeof subjectNames)[number]

/** A subject in a process of its own. */
export interface ScenarioSubject {
  readonly name: SubjectName
  readonly url: string
  /** Whether it has a route of its own for webhooks and one for buyers who return by redirect. */
  readonly isOurs: boolean
  /** Whether it sends an event of each payment to the merchant. */
  readonly hasEvents: boolean
  /** Creates the orders, unpaid. */
  open(orders: readonly BenchOrder[]): Promise<void>
  /** Every order it stores. */
  readOrderStates(): Promise<readonly OrderState[]>
  /** The processor time that its process has used, in microseconds. */
  readCpuTime(): Promise<number>
  /** The heap in use after a collection, in bytes. */
  readHeap(): Promise<number>
  /** Removes its database and ends its process. */
  stop(): Promise<void>
}

const ordersPerMessage = 5_000

/** Starts a subject, on one core if it is given. */
export async function startScenarioSubject(
  name: SubjectName,
  providerUrl: string,
  core: number | null,
): Promise<ScenarioSubject> {
  const program = await startProgram(name, providerUrl, core)
  const send = <Reply>(message: SubjectMessage) => program.send<Reply>(message)
  const isSample = name === 'sample'
  return {
    name,
    url: program.url,
    isOurs: name.startsWith('ours'),
    hasEvents: name.includes('sqlite'),
    readCpuTime: () => program.readCpuTime(),
    readOrderStates: () => send<readonly OrderState[]>({ kind: 'states' }),
    readHeap: () => send<number>({ kind: 'heap' }),
    async open(orders) {
      for (let from = 0; from < orders.length; from += ordersPerMessage) {
        await send({ kind: 'open', orders: orders.slice(from, from + ordersPerMessage) })
      }
    },
    async stop() {
      // The sample stores nothing that would have to be removed.
      if (!isSample) await send({ kind: 'drop' })
      await program.stop()
    },
  }
}

function startProgram(
  name: SubjectName,
  providerUrl: string,
  core: number | null,
): Promise<Program> {
  if (name === 'sample') return launch('serve-sample', [providerUrl, impKey, impSecret], core)
  if (name === 'iamport') return launch('scenarios/subjects/serve-iamport', [providerUrl], core)
  const [code, ...kinds] = name.split('-')
  const [store, transport] = code === 'ours' ? kinds : ['memory', ...kinds]
  const options = [code === 'ours' ? 'ours' : 'bare', String(transport), String(store)]
  return launch('scenarios/subjects/serve-subject', [...options, providerUrl], core)
}
