import { storeContract } from '@quayside/server/contract'
import { describe, it } from 'vitest'
import { createSqliteStore } from '../../src/index.ts'
import { createSqliteFile } from '../databases.ts'

describe('createSqliteStore()', () => {
  storeContract({ describe, test: it }, async () => {
    const file = await createSqliteFile()
    return {
      connect: (settings) => createSqliteStore(file.connect(), settings),
      close: file.remove,
    }
  })
})
