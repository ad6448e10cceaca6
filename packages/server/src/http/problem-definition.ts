import type { Language } from '@quayside/core'

export type ProblemStatus = 400 | 401 | 404 | 405 | 409 | 413 | 415 | 422 | 500 | 502 | 503

/** The status of a problem, and its title. */
export interface ProblemDefinition extends Readonly<Record<Language, string>> {
  readonly status: ProblemStatus
}
