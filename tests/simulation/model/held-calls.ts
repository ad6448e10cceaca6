import type { CallName, Fate, Process, Task } from '../engine/scheduler.ts'

/** What an armed call meets. */
export type Trouble = Exclude<Fate, 'ok' | 'slow'> | 'crash before' | 'crash after'

/** How a task went on: to its end, to a call at which it is held, or nowhere. */
export type Turn<T> =
  | { readonly how: 'done'; readonly value: T }
  | { readonly how: 'held' }
  | { readonly how: 'died' }

/** An effect that takes place after its caller gave up. */
export interface Straggler {
  readonly task: Task
  readonly effect: () => unknown
}

const upstream: readonly CallName[] = ['fetch', 'search']

/** Where the calls of a task driven by hand pass: each goes well unless a trouble was armed for its kind. */
export class Gates {
  readonly armed: { store: Trouble | null; upstream: Trouble | null } = {
    store: null,
    upstream: null,
  }
  readonly #passing: () => void
  readonly #holdings = new Map<Task, { left: number; go: () => void }>()
  readonly #signals = new Map<Task, (turn: Turn<never>) => void>()
  #stragglers: Straggler[] = []

  constructor(passing: () => void) {
    this.#passing = passing
  }

  call<T>(task: Task, name: CallName, effect: () => T, trouble: (fate: Fate) => T): Promise<T> {
    this.#passing()
    const holding = this.#holdings.get(task)
    if (holding === undefined || holding.left-- > 0) return this.#meet(task, name, effect, trouble)
    return new Promise((resolve, reject) => {
      holding.go = () => {
        this.#holdings.delete(task)
        this.#meet(task, name, effect, trouble).then(resolve, reject)
      }
      this.#signals.get(task)?.({ how: 'held' })
    })
  }

  /** Holds a task at the call after so many others. */
  hold(task: Task, after: number): void {
    this.#holdings.set(task, { left: after, go: () => undefined })
  }

  /** Lets a held task make its call. */
  release(task: Task): void {
    this.#holdings.get(task)?.go()
  }

  /** Resolves when the task is held or dies. To be asked before its next call. */
  watch(task: Task): Promise<Turn<never>> {
    return new Promise((resolve) => {
      this.#signals.set(task, resolve)
    })
  }

  /** The effects that are still to take place; they are the caller's now. */
  takeStragglers(): readonly Straggler[] {
    return this.#stragglers.splice(0)
  }

  get stragglers(): readonly Straggler[] {
    return this.#stragglers
  }

  async #meet<T>(
    task: Task,
    name: CallName,
    effect: () => T,
    trouble: (fate: Fate) => T,
  ): Promise<T> {
    const kind = upstream.includes(name) ? 'upstream' : 'store'
    const due = this.armed[kind]
    this.armed[kind] = null
    if (due === null) return effect()
    task.faults++
    switch (due) {
      case 'after':
        effect()
        return trouble(due)
      case 'before':
        return trouble(due)
      case 'hang':
        this.#stragglers.push({ task, effect })
        return trouble(due)
      case 'twice':
        effect()
        return effect()
      case 'crash after':
        effect()
        return this.#die(task)
      case 'crash before':
        return this.#die(task)
    }
  }

  #die(task: Task): Promise<never> {
    this.#signals.get(task)?.({ how: 'died' })
    return new Promise(() => undefined)
  }
}

/** A task of a process, before it did anything. */
export function createTask(process: Process, name: string): Task {
  return { process, name, faults: 0, lookups: 0 }
}
