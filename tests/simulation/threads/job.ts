import { type Outcome, runSeeds, type Tally } from '../engine/run-schedules.ts'
import { exhaust, type Field } from '../exhaustive/exhaustive.ts'
import { serveMenu } from '../exhaustive/fault-matrix.ts'
import { fuzz, type Parser } from '../fuzz/fuzz.ts'
import { runModel } from '../model/run-model.ts'
import { createDoors } from '../systems/http-app.ts'
import { quayside } from '../systems/system.ts'
import { runWorkers } from '../worker/run-workers.ts'
import { asItIs } from '../worker/sql-mutants.ts'

/** What runs by seeds: the core, the doors before it, the whole worker. */
export type SeedKind = 'core' | 'app' | 'worker'

/** A piece of work that one thread can do alone. */
export type Job =
  | { readonly kind: SeedKind; readonly from: number; readonly to: number }
  | { readonly kind: 'fuzz'; readonly parser: Parser; readonly from: number; readonly to: number }
  | {
      readonly kind: 'exhaust'
      readonly field: Field
      readonly part: number
      readonly parts: number
    }
  | {
      readonly kind: 'model'
      readonly runs: number
      readonly seed: number
      readonly maxDeeds: number
    }
  | { readonly kind: 'menu'; readonly seed: number; readonly courses: 'singles' | 'pairs' }

/** What came of a job: how much was really run, and what went wrong. */
export interface Done {
  readonly cases: number
  readonly wrong: readonly string[]
  /** Seeds that can be replayed. */
  readonly failures: readonly Outcome[]
  readonly hash: number
  readonly reach: Readonly<Record<string, number>>
}

const nothing: Omit<Done, 'cases' | 'wrong'> = { failures: [], hash: 0, reach: {} }

/** Does a job. */
export async function work(job: Job, onProgress: (cases: number) => void): Promise<Done> {
  switch (job.kind) {
    case 'core':
    case 'app':
    case 'worker': {
      const { schedules, failures, hash, reach } = await runKind(job.kind, job, onProgress)
      const wrong = failures.map(({ seed, broken }) => `seed ${seed}: ${broken.join('; ')}`)
      return { cases: schedules, wrong, failures, hash, reach }
    }
    case 'fuzz': {
      const { inputs, wrong } = fuzz(job.parser, job.from, job.to)
      return { ...nothing, cases: inputs, wrong }
    }
    case 'exhaust': {
      const { races, wrong } = await exhaust(job.field, job.part, job.parts, onProgress)
      return { ...nothing, cases: races, wrong }
    }
    case 'model': {
      const { runs, wrong, reach } = await runModel(job.runs, job.seed, createDoors, job.maxDeeds)
      return { ...nothing, cases: runs, wrong: wrong === null ? [] : [wrong], reach }
    }
    case 'menu': {
      const { schedules, wrong } = await serveMenu(job.seed, job.courses)
      return { ...nothing, cases: schedules, wrong }
    }
  }
}

function runKind(
  kind: SeedKind,
  { from, to }: { readonly from: number; readonly to: number },
  onProgress: (cases: number) => void,
): Promise<Tally> {
  switch (kind) {
    case 'core':
      return runSeeds(quayside, from, to, onProgress)
    case 'app':
      return runSeeds(createDoors(), from, to, onProgress)
    case 'worker':
      return runWorkers(from, to, asItIs, onProgress)
  }
}
