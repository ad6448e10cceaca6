import type { Driver, Outcome, Statement } from '../../../packages/sql/src/driver.ts'
import { createSqliteDriver } from '../../../packages/sql/src/sqlite/driver.ts'
import type { InstanceOptions } from '../worker/compositions/composition.ts'
import { nameBatch } from '../worker/isolate-bindings.ts'
import { CommitRefused, type NodeDatabase } from './database.ts'

class AnswerLost extends Error {}

//  a transaction is a call ─► it waits in the driver, with those that come meanwhile ─► their commit is a call

/**
 * Makes the driver of an instance. When a transaction begins, and when those that wait are committed, is up to the
 * scheduler; a commit may be refused, and a crash loses what waits.
 *
 * @param splits Whether each statement is a transaction of its own, which is wrong on purpose.
 */
export function createScheduledDriver(
  database: NodeDatabase,
  splits: boolean,
  { process, environment, call }: InstanceOptions,
): Driver {
  const { writeLog, logLines } = environment
  const commitLater = (commit: () => void): void => {
    const commitAlive = (): void => {
      if (process.hasCrashed !== true) commit()
    }
    void call('COMMIT', commitAlive, async (outcome) => {
      // After its effect there is nothing left to refuse.
      if (outcome !== 'after') database.refuseCommits(commitAlive)
    })
  }
  const driver = createSqliteDriver(database, undefined, commitLater)

  const runNow = async (statements: readonly Statement[]): Promise<readonly Outcome[]> => {
    if (process.hasCrashed === true) return never()
    try {
      const outcomes = await driver.run(statements)
      writeLog.record(statements.map(toSqlCall), outcomes)
      // The commit may have been the last thing that it did.
      return process.hasCrashed === true ? await never() : outcomes
    } catch (error) {
      if (!(error instanceof CommitRefused))
        logLines.push(JSON.stringify({ event: 'sql', message: String(error) }))
      throw error
    }
  }
  const run = (statements: readonly Statement[]): Promise<readonly Outcome[]> =>
    call(
      nameBatch(statements),
      () => {
        const done = runNow(statements)
        // The caller may have given up by now; the log line is what the checker reads.
        done.catch(() => undefined)
        return done
      },
      () => Promise.reject(new AnswerLost()),
    )
  const runSplit = async (statements: readonly Statement[]): Promise<readonly Outcome[]> => {
    const outcomes: Outcome[] = []
    for (const each of statements) outcomes.push(...(await run([each])))
    return outcomes
  }
  return {
    run: splits ? runSplit : run,
    classify: (error) => (error instanceof AnswerLost ? 'disconnected' : driver.classify(error)),
  }
}

function toSqlCall({ text, values }: Statement) {
  return { text, params: typeof values === 'function' ? values([]) : values }
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined)
}
