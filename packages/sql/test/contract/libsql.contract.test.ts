import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { storeContract } from '@quayside/server/contract'
import { createLibsqlStore, migrateLibsql } from '@quayside/sql/libsql'
import { describe, it } from 'vitest'

describe('createLibsqlStore() on a file that eight clients open', () => {
  storeContract({ describe, test: it }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quayside-'))
    const open = () =>
      createClient({ url: `file:${join(folder, 'quayside.db')}`, timeout: 60_000, concurrency: 1 })
    const clients = [open()]
    for (const client of clients) {
      await client.execute('PRAGMA journal_mode = WAL')
      await migrateLibsql(client)
    }
    return {
      async connect(settings) {
        const client = open()
        clients.push(client)
        // No test here ends the machine, so that none needs its disk.
        await client.execute('PRAGMA synchronous = OFF')
        return createLibsqlStore(client, settings)
      },
      close() {
        for (const client of clients) client.close()
        rmSync(folder, { recursive: true })
      },
    }
  })
})

describe('createLibsqlStore() in memory, on a client that eight instances share', () => {
  storeContract({ describe, test: it }, async () => {
    const client = createClient({ url: ':memory:' })
    await migrateLibsql(client)
    return {
      connect: (settings) => createLibsqlStore(client, settings),
      close: () => client.close(),
    }
  })
})
