import type { SubjectName } from '../node/node-subject.ts'
import type { Interval } from '../statistics.ts'

/** One line of the result. */
export interface Figure {
  readonly name: string
  readonly unit: string
  readonly digits: number
  /** Null for a figure that is informative only. */
  readonly target: Target | null
  readonly ours: number | null
  readonly floor: number | null
  readonly sample: number | null
  /** Ours divided by the floor's, in the same round. */
  readonly ofFloor: Interval | null
}

/** A limit of ours, or of ours divided by the floor's. */
export interface Target {
  readonly of: 'ours' | 'ofFloor'
  readonly bound: 'atLeast' | 'atMost'
  readonly limit: number
}

/** A figure with nothing measured. */
export const nothing = { unit: '', digits: 0, ours: null, floor: null, sample: null, ofFloor: null }
/** A limit of ours that it must not exceed. */
export const atMost = (limit: number): Target => ({ of: 'ours', bound: 'atMost', limit })

/** Whether a figure keeps its target; null when it has none, or was not measured. */
export function isKept({ target, ours, ofFloor }: Figure): boolean | null {
  if (target === null) return null
  const value = target.of === 'ours' ? ours : (ofFloor?.median ?? null)
  if (value === null || Number.isNaN(value)) return null
  return target.bound === 'atLeast' ? value >= target.limit : value <= target.limit
}

/** Reads one value of each subject. */
export function columns<Named extends { readonly name: SubjectName }>(
  all: readonly Named[],
  of: (each: Named) => number | null,
): Pick<Figure, 'ours' | 'floor' | 'sample'> {
  const read = (name: SubjectName) => {
    const found = all.find((each) => each.name === name)
    return found === undefined ? null : of(found)
  }
  return { ours: read('ours'), floor: read('floor'), sample: read('sample') }
}
