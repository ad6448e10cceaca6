import { storeContract } from '@quayside/server/contract'
import { afterAll, describe, it } from 'vitest'
import { createPostgresStore } from '../../src/index.ts'
import { createPostgresDatabase } from '../databases.ts'

const { pool, note, isMissing, clear, drop } = await createPostgresDatabase()
afterAll(drop)

describe.skipIf(isMissing)(`createPostgresStore()${note}`, () => {
  storeContract({ describe, test: it }, async () => {
    await clear()
    return { connect: (settings) => createPostgresStore(pool, settings), close: () => undefined }
  })
})
