import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import { type Contract, onInstances } from '../runner.ts'
import { take } from '../samples.ts'
import { create, ids, record, verified } from './samples.ts'

export function usesContract({ test }: Contract): void {
  test('T141: a verified one is used for one thing', async ({ store, clock }) => {
    const { identityVerifications } = store
    const pending = await create(store, 1)
    assert.deepEqual(await identityVerifications.use(pending.id, 'ORD-1'), ok(pending))
    const verification = await record(store, pending, verified('imp_1'))
    clock.advance(1_000)
    const used = { ...verification, use: { reference: 'ORD-1', at: clock.now() } }
    assert.deepEqual(await identityVerifications.use(pending.id, 'ORD-1'), ok(used))
    clock.advance(1_000)
    assert.deepEqual(await identityVerifications.use(pending.id, 'ORD-2'), ok(used))
    assert.deepEqual(await identityVerifications.use(pending.id, 'ORD-1'), ok(used))
    assert.deepEqual(await identityVerifications.use(ids(2), 'ORD-1'), ok(null))
  })

  test('T141: of eight uses at once one counts', async ({ store, instances }) => {
    const verification = await record(store, await create(store, 1), verified('imp_1'))
    const references: (string | undefined)[] = []
    await onInstances(instances, 8, async (index, instance) => {
      const used = take(await instance.identityVerifications.use(verification.id, `ORD-${index}`))
      references.push(used?.use?.reference)
    })
    assert.equal(new Set(references).size, 1)
    assert.match(String(references[0]), /^ORD-\d$/)
  })
}
