import type { BenchOrder, Standing } from './order.ts'
import { launch } from './program.ts'
import type { SampleMessage } from './serve-sample.ts'
import { impKey, impSecret } from './upstream.ts'

/** A payment server that is measured. */
export interface Subject {
  readonly name: 'ours' | 'sample'
  readonly url: string
  /** Creates the orders, unpaid. */
  open(orders: readonly BenchOrder[]): Promise<void>
  /** Every order it keeps, as it stands. */
  readStandings(): Promise<readonly Standing[]>
  stop(): Promise<void>
}

/** Starts the sample in its own process. */
export async function startSample(providerUrl: string): Promise<Subject> {
  const program = await launch('serve-sample', [providerUrl, impKey, impSecret])
  const tell = <Answer>(message: SampleMessage) => program.tell<Answer>(message)
  return {
    name: 'sample',
    url: program.url,
    async open(orders) {
      await tell({ kind: 'open', orders })
    },
    readStandings: () => tell<readonly Standing[]>({ kind: 'standings' }),
    stop: () => program.stop(),
  }
}
