import type { WorkerContext } from '../context.ts'
import type { IsolateEnvironment } from '../isolate-environment.ts'
import { createMerchantClient, type MerchantClient } from '../peers/merchant-client.ts'
import { createNoticeInbox, type NoticeInbox } from '../peers/notice-inbox.ts'
import { everyMinute } from '../settings.ts'
import { logInternalError, type WorkerState } from './worker-state.ts'

/** What clients and the platform can do to the workers, during the faults and after them. */
export interface WorkerOperations {
  readonly inbox: NoticeInbox
  readonly merchantClient: MerchantClient
  /** A worker consumes a batch of the queue. */
  readonly consume: () => void
  /** Fires the cron trigger so many times at once. */
  readonly cron: (times: number) => void
  readonly advanceClock: (ms: number) => void
}

export function createWorkerOperations(
  state: WorkerState,
  { queue, timers }: IsolateEnvironment,
  context: WorkerContext,
): WorkerOperations {
  const { prng, clock } = state
  return {
    inbox: createNoticeInbox(context),
    merchantClient: createMerchantClient(context, (message) => logInternalError(state, message)),
    consume() {
      const taken = queue.take(prng, state.isRecovering)
      context.startTask(
        'queue',
        async ({ worker }) => {
          await worker.consume(taken.batch)
          taken.finish(true)
        },
        () => taken.finish(false),
      )
    },
    cron(times) {
      for (let each = 0; each < times; each++) {
        context.startTask('cron', ({ worker }) => worker.runCron(everyMinute))
      }
    },
    advanceClock(ms) {
      clock.ms += ms
      timers.fireDue()
    },
  }
}
