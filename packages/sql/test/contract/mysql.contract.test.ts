import { storeContract } from '@quayside/server/contract'
import { afterAll, describe, it } from 'vitest'
import { createMysqlStore } from '../../src/index.ts'
import { createMysqlDatabase } from '../databases.ts'

const { pool, note, isMissing, clear, drop } = await createMysqlDatabase()
afterAll(drop)

describe.skipIf(isMissing)(`createMysqlStore()${note}`, () => {
  storeContract({ describe, test: it }, async () => {
    await clear()
    return { connect: (settings) => createMysqlStore(pool, settings), close: () => undefined }
  })
})
