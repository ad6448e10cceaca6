import { describe, inject, it } from 'vitest'
import { bundleServe } from './instances.ts'
import type { Storm } from './storm.ts'
import { useStormServers } from './storm-servers.ts'

const { stormHistories: histories } = inject('cases')
/** Apart from the seeds of the other storms. */
const seed = 500_000
const kinds = ['PostgreSQL', 'MariaDB'] as const
const strikes = ['instance killed', 'database killed', 'instance killed'] as const

const { isMissing, expectConsistent } = useStormServers()

// They take minutes: jobs run by the clock of the machine, and leases have to end.
describe.concurrent('T106: nothing is lost or happens twice by the clock of the machine', () => {
  for (const kind of kinds) {
    it.skipIf(isMissing[kind])(`quayside serve on ${kind}`, async () => {
      const storm: Storm = { kind, instances: 4, strikes, seed, histories }
      await expectConsistent(storm, await bundleServe())
    })
  }
})
