//  a call of a port ─► waits ─► the seed chooses it ─► its outcome ─► effect, response
// Nothing in a schedule runs unless the seed chooses it, so a schedule is its choices.

/** The outcomes of one call. `hang`: the caller gives up, and the effect may still take place later. */
export const callOutcomes = ['ok', 'before', 'after', 'hang', 'slow', 'twice'] as const
export type CallOutcome = (typeof callOutcomes)[number]
/** An outcome, or a crash of the process before or after the call's effect. */
export type OutcomeOrCrash = CallOutcome | 'crash before' | 'crash after'

/** The calls that leave the process. */
export const callNames = [
  'find',
  'record',
  'record_attempt',
  'fetch',
  'search',
  'list',
  'expire',
  'claim',
  'send',
  'mark_delivered',
] as const
export type CallName = (typeof callNames)[number]

/** A running isolate: what it holds in memory is lost when it crashes. */
export interface Process {
  readonly id: number
  /** Set once it has crashed: nothing that waits in it resumes. */
  hasCrashed?: true
}

/** One piece of work in a process: the handling of a notice, a sweep. */
export interface Task {
  readonly process: Process
  readonly name: string
  /** How many of its calls had another outcome than `ok`. */
  faults: number
  /** How many lookups it made. */
  lookups: number
}

/** Where the faults of a schedule come from. */
export interface FaultPlan<Name extends string = CallName> {
  outcomeOf(name: Name, task: Task): CallOutcome
  /** Whether the process crashes at this call, and on which side of its effect. */
  crashAt(name: Name, task: Task): 'no' | 'before' | 'after'
}

interface PendingCall<Name> {
  readonly task: Task
  readonly name: Name
  readonly resume: () => void
}

/** Holds the calls of a schedule until each is resumed, and the effects whose caller gave up. */
export interface Scheduler<Name extends string = CallName> {
  /** Waits until it is resumed, then has its outcome. `failWith` is what the caller gets from a failure. */
  call<T>(
    task: Task,
    name: Name,
    effect: () => T,
    failWith: (outcome: CallOutcome) => T,
  ): Promise<T>
  readonly waiting: number
  /** Resumes one call. */
  resume(at: number): void
  /** Resumes every call that waits now. */
  resumeAll(): void
  readonly lateEffects: number
  /** Applies an effect whose caller gave up. */
  applyLateEffect(at: number): void
}

/** Called with each completed call and each crash. */
export interface SchedulerObserver<Name extends string = CallName> {
  onCall(name: Name, task: Task, outcome: OutcomeOrCrash): void
  onCrash(process: Process): void
}

/** Makes a scheduler whose calls have the outcomes of a fault plan. */
export function createScheduler<Name extends string = CallName>(
  faultPlan: FaultPlan<Name>,
  observer: SchedulerObserver<Name>,
): Scheduler<Name> {
  let pending: PendingCall<Name>[] = []
  const lateEffects: (() => unknown)[] = []

  function crash(task: Task): void {
    task.process.hasCrashed = true
    pending = pending.filter((each) => each.task.process !== task.process)
    observer.onCrash(task.process)
  }

  function complete<T>(
    task: Task,
    name: Name,
    effect: () => T,
    failWith: (outcome: CallOutcome) => T,
    resolve: (value: T) => void,
  ): void {
    const crashSide = faultPlan.crashAt(name, task)
    if (crashSide !== 'no') {
      observer.onCall(name, task, crashSide === 'before' ? 'crash before' : 'crash after')
      if (crashSide === 'after') effect()
      crash(task)
      return
    }
    const outcome = faultPlan.outcomeOf(name, task)
    observer.onCall(name, task, outcome)
    if (outcome !== 'ok') task.faults++
    switch (outcome) {
      case 'ok':
        resolve(effect())
        return
      case 'before':
        resolve(failWith(outcome))
        return
      case 'after':
        effect()
        resolve(failWith(outcome))
        return
      case 'hang':
        lateEffects.push(effect)
        resolve(failWith(outcome))
        return
      case 'slow': {
        const value = effect()
        pending.push({ task, name, resume: () => resolve(value) })
        return
      }
      case 'twice':
        effect()
        resolve(effect())
    }
  }

  return {
    call(task, name, effect, failWith) {
      return new Promise((resolve) => {
        pending.push({ task, name, resume: () => complete(task, name, effect, failWith, resolve) })
      })
    },
    get waiting() {
      return pending.length
    },
    resume(at) {
      pending.splice(at, 1)[0]?.resume()
    },
    resumeAll() {
      for (const each of pending.splice(0)) each.resume()
    },
    get lateEffects() {
      return lateEffects.length
    },
    applyLateEffect(at) {
      lateEffects.splice(at, 1)[0]?.()
    },
  }
}
