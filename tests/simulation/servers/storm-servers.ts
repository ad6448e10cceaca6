import { afterAll, beforeAll, expect } from 'vitest'
import { findMariadb, startMariadb } from '../../servers/mariadb-server.ts'
import { findInstalledPostgres, installPostgres } from '../../servers/postgres-binaries.ts'
import { startPostgres } from '../../servers/postgres-server.ts'
import type { PrivateServer } from '../../servers/server-process.ts'
import { drawHistory } from '../blackbox/history-table.ts'
import { printCount } from '../report/print-count.ts'
import type { InstanceProgram } from './instances.ts'
import { type DatabaseKind, runStorm, type Storm, type StormResult } from './storm.ts'

/** The database servers of a file of storms, which may be killed. */
export interface StormServers {
  readonly isMissing: Readonly<Record<DatabaseKind, boolean>>
  readonly serverOf: (kind: DatabaseKind) => PrivateServer
  /** Runs a storm and expects that the checker finds nothing. */
  readonly expectConsistent: (storm: Storm, program: InstanceProgram) => Promise<StormResult>
}

/** Starts a server of each kind before the tests of a file, and removes them after. */
export function useStormServers(): StormServers {
  const postgres = findInstalledPostgres() ?? installPostgres()
  const mariadb = findMariadb()
  const isMissing = { PostgreSQL: postgres === null, MariaDB: mariadb === null }
  if (process.env['CI'] === 'true' && (isMissing.PostgreSQL || isMissing.MariaDB)) {
    throw new Error('PostgreSQL or MariaDB is missing: see tests/servers/README.md')
  }
  const servers = new Map<DatabaseKind, PrivateServer>()
  beforeAll(async () => {
    if (postgres !== null) servers.set('PostgreSQL', await startPostgres(postgres))
    if (mariadb !== null) servers.set('MariaDB', await startMariadb(mariadb))
  })
  afterAll(async () => {
    for (const server of servers.values()) await server.remove()
  })
  const serverOf = (kind: DatabaseKind): PrivateServer => {
    const server = servers.get(kind)
    if (server === undefined) throw new TypeError(`Cannot find the server of ${kind}`)
    return server
  }
  return {
    isMissing,
    serverOf,
    async expectConsistent(storm, program) {
      const since = performance.now()
      const result = await runStorm(storm, { server: serverOf(storm.kind), program })
      const { orders, operations, conflicts } = result
      const figures = `${operations} operations, ${conflicts} conflicts, ${nameOf(storm)}`
      printCount(`orders in a storm, ${figures}`, orders, since)
      expect(explain(result)).toBe('')
      return result
    },
  }
}

/** What happens in a storm, as the title of its test. */
export function nameOf({ kind, instances, strikes }: Storm): string {
  return `${instances} instance${instances === 1 ? '' : 's'} on ${kind}: ${strikes.join(', ')}`
}

/** The first violation, with everything that happened; empty when there is none. */
function explain({ checked }: StormResult): string {
  const bad = checked.find(({ violations }) => violations.length > 0)
  return bad === undefined
    ? ''
    : `seed ${bad.seed}\n${bad.violations.join('\n')}\n${drawHistory(bad.history)}`
}
