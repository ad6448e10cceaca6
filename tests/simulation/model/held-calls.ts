import type { CallName, CallOutcome, OutcomeOrCrash, Process, Task } from '../engine/scheduler.ts'

/** The fault of the next call of its kind. */
export type ArmedFault = Exclude<OutcomeOrCrash, 'ok' | 'slow'>

/** How far a task came: to its end, to a call at which it is held, or to a crash. */
export type Progress<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'held' }
  | { readonly kind: 'crashed' }

/** An effect that takes place after its caller gave up. */
export interface LateEffect {
  readonly task: Task
  readonly effect: () => unknown
}

const providerCalls: readonly CallName[] = ['fetch', 'search']

/** The scheduler of the model: each call succeeds at once, unless it is held or a fault is armed for its kind. */
export class HeldCalls {
  readonly armedFaults: { store: ArmedFault | null; upstream: ArmedFault | null } = {
    store: null,
    upstream: null,
  }
  readonly #onCall: () => void
  readonly #holds = new Map<Task, { left: number; go: () => void }>()
  readonly #signals = new Map<Task, (progress: Progress<never>) => void>()
  #lateEffects: LateEffect[] = []

  constructor(onCall: () => void) {
    this.#onCall = onCall
  }

  call<T>(
    task: Task,
    name: CallName,
    effect: () => T,
    failWith: (outcome: CallOutcome) => T,
  ): Promise<T> {
    this.#onCall()
    const hold = this.#holds.get(task)
    if (hold === undefined || hold.left-- > 0) return this.#complete(task, name, effect, failWith)
    return new Promise((resolve, reject) => {
      hold.go = () => {
        this.#holds.delete(task)
        this.#complete(task, name, effect, failWith).then(resolve, reject)
      }
      this.#signals.get(task)?.({ kind: 'held' })
    })
  }

  /** Holds a task at the call after so many others. */
  hold(task: Task, after: number): void {
    this.#holds.set(task, { left: after, go: () => undefined })
  }

  /** Lets a held task make its call. */
  release(task: Task): void {
    this.#holds.get(task)?.go()
  }

  /** Resolves when the task is held or crashes. To be called before its next call. */
  nextProgress(task: Task): Promise<Progress<never>> {
    return new Promise((resolve) => {
      this.#signals.set(task, resolve)
    })
  }

  /** Takes out the effects that are still to be applied; the caller applies them. */
  takeLateEffects(): readonly LateEffect[] {
    return this.#lateEffects.splice(0)
  }

  get lateEffects(): readonly LateEffect[] {
    return this.#lateEffects
  }

  async #complete<T>(
    task: Task,
    name: CallName,
    effect: () => T,
    failWith: (outcome: CallOutcome) => T,
  ): Promise<T> {
    const kind = providerCalls.includes(name) ? 'upstream' : 'store'
    const due = this.armedFaults[kind]
    this.armedFaults[kind] = null
    if (due === null) return effect()
    task.faults++
    switch (due) {
      case 'after':
        effect()
        return failWith(due)
      case 'before':
        return failWith(due)
      case 'hang':
        this.#lateEffects.push({ task, effect })
        return failWith(due)
      case 'twice':
        effect()
        return effect()
      case 'crash after':
        effect()
        return this.#crash(task)
      case 'crash before':
        return this.#crash(task)
    }
  }

  #crash(task: Task): Promise<never> {
    this.#signals.get(task)?.({ kind: 'crashed' })
    return new Promise(() => undefined)
  }
}

/** A task of a process, before it did anything. */
export function createTask(process: Process, name: string): Task {
  return { process, name, faults: 0, lookups: 0 }
}
