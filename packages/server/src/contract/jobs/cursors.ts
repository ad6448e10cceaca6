import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import type { Contract } from '../runner.ts'

const leaseMs = 50_000

export function cursorsContract({ describe, test }: Contract): void {
  describe('cursors', () => {
    test('begin where they are told, are leased, and move when they are released', async ({
      store,
      clock,
    }) => {
      const start = new Date('2026-11-01T00:00:00.000Z')
      const next = new Date('2026-11-02T00:00:00.123Z')
      const { cursors } = store
      assert.deepEqual(await cursors.position('paid'), ok(null))
      assert.deepEqual(await cursors.acquire('paid', start), ok(start))
      assert.deepEqual(await cursors.position('paid'), ok(start))
      assert.deepEqual(await cursors.acquire('paid', next), ok(null))
      assert.deepEqual(await cursors.acquire('Paid', next), ok(next))
      clock.advance(leaseMs - 1)
      assert.deepEqual(await cursors.acquire('paid', next), ok(null))
      clock.advance(1)
      assert.deepEqual(await cursors.acquire('paid', next), ok(start))
      assert.deepEqual(await cursors.release('paid', next), ok(null))
      assert.deepEqual(await cursors.release('paid', next), ok(null))
      assert.deepEqual(await cursors.position('paid'), ok(next))
      assert.deepEqual(await cursors.acquire('paid', start), ok(next))
    })

    test('no lease from before the clock was set back keeps a cursor', async ({ store, clock }) => {
      const start = new Date('2026-11-01T00:00:00.000Z')
      const { cursors } = store
      assert.deepEqual(await cursors.acquire('paid', start), ok(start))
      clock.advance(-leaseMs)
      assert.deepEqual(await cursors.acquire('paid', start), ok(null))
      clock.advance(-1)
      assert.deepEqual(await cursors.acquire('paid', start), ok(start))
      assert.deepEqual(await cursors.acquire('paid', start), ok(null))
    })
  })
}
