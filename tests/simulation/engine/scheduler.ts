//  a call of a port ─► gate ─► the seed picks it ─► fate ─► effect, answer
// Nothing in a schedule runs but by a pick, so a schedule is its picks.

/** What becomes of one call. `hang`: the caller gives up, and the effect may still take place later. */
export const fates = ['ok', 'before', 'after', 'hang', 'slow', 'twice'] as const
export type Fate = (typeof fates)[number]

/** The calls that leave the process. */
export const callNames = [
  'find',
  'record',
  'note',
  'fetch',
  'search',
  'list',
  'expire',
  'claim',
  'send',
  'mark',
] as const
export type CallName = (typeof callNames)[number]

/** A running isolate: what it holds in memory is lost when it crashes. */
export interface Process {
  readonly id: number
  /** Set once it has died: nothing that waits in it will ever go on. */
  isGone?: true
}

/** One piece of work in a process: the handling of a notice, a sweep. */
export interface Task {
  readonly process: Process
  readonly name: string
  /** How many of its calls did not go well. */
  faults: number
  /** How many lookups it made. */
  lookups: number
}

/** Where the faults of a schedule come from. */
export interface Weather<Name extends string = CallName> {
  fateOf(name: Name, task: Task): Fate
  /** Whether the process dies at this call, and on which side of its effect. */
  crashAt(name: Name, task: Task): 'no' | 'before' | 'after'
}

interface Gate<Name> {
  readonly task: Task
  readonly name: Name
  readonly open: () => void
}

/** The gates at which a schedule's calls wait, and the reckoning of what happened at them. */
export interface Scheduler<Name extends string = CallName> {
  /** Waits for its turn, then meets its fate. `trouble` is what the caller sees of a failure. */
  call<T>(task: Task, name: Name, effect: () => T, trouble: (fate: Fate) => T): Promise<T>
  readonly waiting: number
  /** Opens one gate. */
  open(at: number): void
  /** Opens every gate that waits now. */
  openAll(): void
  readonly stragglers: number
  /** Lets an effect take place whose caller gave up. */
  straggle(at: number): void
}

/** What a scheduler tells of each pick. */
export interface Witness<Name extends string = CallName> {
  picked(name: Name, task: Task, fate: Fate | 'crash before' | 'crash after'): void
  crashed(process: Process): void
}

/** Makes a scheduler whose calls meet the given weather. */
export function createScheduler<Name extends string = CallName>(
  weather: Weather<Name>,
  witness: Witness<Name>,
): Scheduler<Name> {
  let gates: Gate<Name>[] = []
  const stragglers: (() => unknown)[] = []

  function crash(task: Task): void {
    task.process.isGone = true
    gates = gates.filter((each) => each.task.process !== task.process)
    witness.crashed(task.process)
  }

  function meet<T>(
    task: Task,
    name: Name,
    effect: () => T,
    trouble: (fate: Fate) => T,
    resolve: (value: T) => void,
  ): void {
    const death = weather.crashAt(name, task)
    if (death !== 'no') {
      witness.picked(name, task, death === 'before' ? 'crash before' : 'crash after')
      if (death === 'after') effect()
      crash(task)
      return
    }
    const fate = weather.fateOf(name, task)
    witness.picked(name, task, fate)
    if (fate !== 'ok') task.faults++
    switch (fate) {
      case 'ok':
        resolve(effect())
        return
      case 'before':
        resolve(trouble(fate))
        return
      case 'after':
        effect()
        resolve(trouble(fate))
        return
      case 'hang':
        stragglers.push(effect)
        resolve(trouble(fate))
        return
      case 'slow': {
        const answer = effect()
        gates.push({ task, name, open: () => resolve(answer) })
        return
      }
      case 'twice':
        effect()
        resolve(effect())
    }
  }

  return {
    call(task, name, effect, trouble) {
      return new Promise((resolve) => {
        gates.push({ task, name, open: () => meet(task, name, effect, trouble, resolve) })
      })
    },
    get waiting() {
      return gates.length
    },
    open(at) {
      gates.splice(at, 1)[0]?.open()
    },
    openAll() {
      for (const gate of gates.splice(0)) gate.open()
    },
    get stragglers() {
      return stragglers.length
    },
    straggle(at) {
      stragglers.splice(at, 1)[0]?.()
    },
  }
}
