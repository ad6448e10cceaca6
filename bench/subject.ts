import type { BenchOrder, OrderState } from './order.ts'
import { launch } from './program.ts'
import type { SampleMessage } from './serve-sample.ts'
import { impKey, impSecret } from './upstream.ts'

/** A payment server that is measured. */
export interface Subject {
  readonly name: 'ours' | 'sample'
  readonly url: string
  /** Creates the orders, unpaid. */
  open(orders: readonly BenchOrder[]): Promise<void>
  /** Every order it stores. */
  readOrderStates(): Promise<readonly OrderState[]>
  stop(): Promise<void>
}

/** Starts the sample in its own process. */
export async function startSample(providerUrl: string): Promise<Subject> {
  const program = await launch('serve-sample', [providerUrl, impKey, impSecret])
  const send = <Reply>(message: SampleMessage) => program.send<Reply>(message)
  return {
    name: 'sample',
    url: program.url,
    async open(orders) {
      await send({ kind: 'open', orders })
    },
    readOrderStates: () => send<readonly OrderState[]>({ kind: 'states' }),
    stop: () => program.stop(),
  }
}
