import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { sqliteMigrations } from '../../../packages/sql/src/sqlite/migrations.ts'
import type { SqlPatch } from '../worker/bindings/sqlite.ts'

/** The error of a commit that the disk refused. */
export class CommitRefused extends Error {
  constructor() {
    super('disk I/O error')
  }
}

/** A real SQLite database in memory, with the tables of the Node program, whose commits can be refused. */
export class NodeDatabase extends DatabaseSync {
  readonly #patch: SqlPatch
  #refusesCommits = false

  constructor(patch: SqlPatch) {
    super(':memory:')
    this.#patch = patch
    for (const text of Object.values(sqliteMigrations).flat()) this.exec(text)
  }

  /** Runs work whose commits are refused. */
  refuseCommits(work: () => void): void {
    this.#refusesCommits = true
    work()
    this.#refusesCommits = false
  }

  override prepare(text: string): StatementSync {
    const statement = super.prepare(this.#patch(text))
    if (text !== 'COMMIT') return statement
    const run = statement.run.bind(statement)
    statement.run = () => {
      if (this.#refusesCommits) throw new CommitRefused()
      return run()
    }
    return statement
  }
}
