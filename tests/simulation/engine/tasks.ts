import type { NoticeResponse } from '../systems/system.ts'
import type { InboundNotice } from '../workload/notices.ts'
import type { SchedulerObserver, Task } from './scheduler.ts'
import { addToHash, type RunningTask, type SimulationState } from './simulation-state.ts'

/** Makes the observer that traces each call, and replaces a process that crashed. */
export function createObserver(getState: () => SimulationState): SchedulerObserver {
  return {
    onCall(name, task, outcome) {
      const state = getState()
      state.coverage.call(name, outcome)
      addToHash(state, name.length * 31 + outcome.length + task.process.id * 1000)
      state.log?.(`${task.name} | ${name} | ${outcome}`)
    },
    onCrash(process) {
      const state = getState()
      state.processes = state.processes.map((each) =>
        each === process ? { id: each.id + 2 } : each,
      )
      const lost = state.running.filter((each) => each.task.process === process)
      state.running = state.running.filter((each) => each.task.process !== process)
      for (const each of lost) if (each.notice !== null) resend(state, each.notice)
      state.log?.(`process ${process.id} | crashes | `)
    },
  }
}

/** Starts work in one of the two processes; its response is recorded when it ends. */
export function startTask(
  state: SimulationState,
  name: string,
  notice: InboundNotice | null,
  work: (task: Task) => Promise<NoticeResponse | void>,
): void {
  const process = state.processes[state.prng.below(2)] ?? { id: 0 }
  // Only a trace needs to distinguish two tasks of one kind.
  const label = state.log === undefined ? name : `${name} #${++state.tasksStarted}`
  const task: Task = { process, name: label, faults: 0, lookups: 0 }
  const entry: RunningTask = { task, notice, from: state.clock.step }
  state.running.push(entry)
  const end = (response: NoticeResponse | undefined): void => {
    state.running = state.running.filter((each) => each !== entry)
    if (response !== undefined && notice !== null) recordResponse(state, entry, notice, response)
  }
  work(task).then(
    (response) => end(response ?? undefined),
    (cause: unknown) => {
      state.log?.(`${label} | throws | ${String(cause)}`)
      end({ code: 500, status: null })
    },
  )
}

function recordResponse(
  state: SimulationState,
  { task, from }: RunningTask,
  notice: InboundNotice,
  response: NoticeResponse,
): void {
  const { coverage, responses, clock, log } = state
  coverage.response(notice.channel, response.code)
  addToHash(state, response.code + (response.status?.length ?? 0))
  log?.(`${task.name} | responds | ${response.code} ${response.status ?? ''}`)
  responses.push({
    channel: notice.channel,
    imp_uid: notice.impUid,
    merchant_uid: notice.merchantUid,
    claimed: notice.claimedStatus,
    from,
    to: clock.step,
    ...response,
    faults: task.faults,
    lookups: task.lookups,
  })
  if (response.code >= 500) resend(state, notice)
}

/** The provider sends a webhook again after a 5xx or a broken connection, and stops once the faults are over. */
function resend(state: SimulationState, notice: InboundNotice): void {
  if (notice.channel !== 'webhook' || notice.sent > state.resends || state.isRecovering) return
  state.inbound.push({ ...notice, sent: notice.sent + 1 })
}
