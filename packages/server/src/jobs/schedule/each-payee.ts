import type { Payee } from '@quayside/core'
import type { JobDeps } from '../../deps.ts'
import type { LogFields } from '../../log.ts'
import { allPayees } from '../../payees.ts'

const minuteMs = 60_000
/** Steps of this part of a circle come near every place of it, whatever multiple of a minute lies between two runs. */
const step = (Math.sqrt(5) - 1) / 2

/**
 * Runs a job for each payee, one after another. Where the budget ends before the last, another one is first in the next run, so that
 * each gets its turn. A failure of one keeps no other from its turn.
 *
 * @param run Does the work of one payee, and returns the fields of its log line.
 * @returns The fields of the only payee; of several how many there are and the first failure: each has a line of its own.
 */
export async function eachPayee(
  job: string,
  deps: JobDeps,
  run: (payee: Payee | undefined) => Promise<LogFields>,
): Promise<LogFields> {
  const payees = allPayees(deps)
  if (payees.length === 1) return run(undefined)
  const minute = Math.floor(deps.now().getTime() / minuteMs)
  const first = Math.floor(((minute * step) % 1) * payees.length)
  let done = 0
  let failure: LogFields[string] = null
  for (const payee of [...payees.slice(first), ...payees.slice(0, first)]) {
    const fields = await run(payee)
    deps.log('payee_done', { job, payee: payee ?? null, ...fields })
    const failed = fields['failure'] ?? null
    failure ??= failed
    if (failed === 'budget_spent') break
    done += 1
  }
  return { payees: payees.length, done, ...(failure === null ? {} : { failure }) }
}
