import { describe, expect, it } from 'vitest'
import { printCount } from '../report/print-count.ts'
import { runUntilBroken } from '../worker/run-workers.ts'
import { type SqlMutant, sqlMutants, unmodified } from '../worker/sql-mutants.ts'
import { onNode } from './composition.ts'

const sweep = 'SELECT id FROM outbox WHERE due_at <= ?1'
/** On Node a crash loses the events that wait in memory: only a sweep sends them. */
const withoutSweep: SqlMutant = {
  ...unmodified,
  name: 'the sweep of events',
  patch: (text) => text.replace(sweep, `${sweep} AND false`),
}
const mutants = [...sqlMutants, [withoutSweep, ['I4']] as const]

describe('the server on Node without one of its guards', () => {
  it.each(mutants.map(([mutant, breaks]) => [mutant.name, breaks, mutant] as const))(
    'breaks without %s',
    async (name, breaks, mutant) => {
      const since = performance.now()
      const { schedules: tried, broken } = await runUntilBroken(onNode(mutant), breaks, 1_000)
      printCount(`schedules until the server on Node broke without ${name}`, tried, since)
      expect(broken).toBeGreaterThan(0)
    },
  )
})
