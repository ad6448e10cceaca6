import { type RunSummary, runSeeds, type ScheduleResult } from '../engine/run-schedules.ts'
import { type RaceSpace, runEveryOrdering } from '../exhaustive/exhaustive.ts'
import { runFaultMatrix } from '../exhaustive/fault-matrix.ts'
import { fuzz, type Parser } from '../fuzz/fuzz.ts'
import { runModel } from '../model/run-model.ts'
import { onNode } from '../node/composition.ts'
import { createHttpSystem } from '../systems/http-app.ts'
import { quayside } from '../systems/system.ts'
import { onCloudflare } from '../worker/compositions/cloudflare.ts'
import { runWorkers } from '../worker/run-workers.ts'
import { unmodified } from '../worker/sql-mutants.ts'

/** The systems whose schedules have seeds: the core, the app around it, the whole worker, the whole server on Node. */
export type SeededSystem = 'core' | 'app' | 'worker' | 'node'

/** A piece of work for one thread. */
export type Job =
  | { readonly kind: SeededSystem; readonly from: number; readonly to: number }
  | { readonly kind: 'fuzz'; readonly parser: Parser; readonly from: number; readonly to: number }
  | {
      readonly kind: 'exhaustive'
      readonly space: RaceSpace
      readonly part: number
      readonly parts: number
    }
  | {
      readonly kind: 'model'
      readonly runs: number
      readonly seed: number
      readonly maxCommands: number
    }
  | {
      readonly kind: 'fault_matrix'
      readonly seed: number
      readonly combination: 'singles' | 'pairs'
    }

/** The result of a job: how many cases really ran, and their violations. */
export interface JobResult {
  readonly cases: number
  readonly violations: readonly string[]
  /** Seeds that can be replayed. */
  readonly failures: readonly ScheduleResult[]
  readonly hash: number
  readonly coverage: Readonly<Record<string, number>>
}

const emptyResult: Omit<JobResult, 'cases' | 'violations'> = { failures: [], hash: 0, coverage: {} }

/** Runs a job. */
export async function runJob(job: Job, onProgress: (cases: number) => void): Promise<JobResult> {
  switch (job.kind) {
    case 'core':
    case 'app':
    case 'worker':
    case 'node': {
      const { schedules, failures, hash, coverage } = await runSeededSystem(
        job.kind,
        job,
        onProgress,
      )
      const violations = failures.map(
        ({ seed, violations: found }) => `seed ${seed}: ${found.join('; ')}`,
      )
      return { cases: schedules, violations, failures, hash, coverage }
    }
    case 'fuzz': {
      const { inputs, violations } = fuzz(job.parser, job.from, job.to)
      return { ...emptyResult, cases: inputs, violations }
    }
    case 'exhaustive': {
      const { races, violations } = await runEveryOrdering(
        job.space,
        job.part,
        job.parts,
        onProgress,
      )
      return { ...emptyResult, cases: races, violations }
    }
    case 'model': {
      const {
        runs,
        violation: violations,
        coverage,
      } = await runModel(job.runs, job.seed, createHttpSystem, job.maxCommands)
      return {
        ...emptyResult,
        cases: runs,
        violations: violations === null ? [] : [violations],
        coverage,
      }
    }
    case 'fault_matrix': {
      const { schedules, violations } = await runFaultMatrix(job.seed, job.combination)
      return { ...emptyResult, cases: schedules, violations }
    }
  }
}

function runSeededSystem(
  kind: SeededSystem,
  { from, to }: { readonly from: number; readonly to: number },
  onProgress: (cases: number) => void,
): Promise<RunSummary> {
  switch (kind) {
    case 'core':
      return runSeeds(quayside, from, to, onProgress)
    case 'app':
      return runSeeds(createHttpSystem(), from, to, onProgress)
    case 'worker':
      return runWorkers(from, to, onCloudflare(unmodified), onProgress)
    case 'node':
      return runWorkers(from, to, onNode(unmodified), onProgress)
  }
}
