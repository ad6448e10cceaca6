import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import type { Contract } from '../runner.ts'

export function healthContract({ describe, test }: Contract): void {
  describe('health', () => {
    test('a database with the tables of this version can be used', async ({ store }) => {
      assert.deepEqual(await store.health.check(), ok(null))
    })
  })
}
