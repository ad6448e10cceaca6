import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import type { Contract } from '../runner.ts'
import { create, createdAt, dayMs, ids, record, verified } from './samples.ts'

const leaseMs = 50_000

export function deletionsContract({ test }: Contract): void {
  test('T147: the deletion of a record is due with the result, and until it is known', async ({
    store,
    clock,
  }) => {
    const { identityVerifications } = store
    const pending = await create(store, 1, { deletesRecord: true })
    assert.deepEqual(await identityVerifications.claimDeletions(10), ok([]))
    const verification = await record(store, pending, verified('imp_1'))
    assert.equal(verification.providerRecord, 'deleting')
    const { id } = verification
    const due = ok([{ id, impUid: 'imp_1' }])
    assert.deepEqual(await identityVerifications.claimDeletions(10), due)
    assert.deepEqual(await identityVerifications.claimDeletions(10), ok([]))
    clock.advance(leaseMs)
    assert.deepEqual(await identityVerifications.claimDeletions(10), due)
    clock.advance(350_000)
    await identityVerifications.settleDeletion(id, false)
    // It is 400 seconds old: due again after 100.
    clock.advance(99_999)
    assert.deepEqual(await identityVerifications.claimDeletions(10), ok([]))
    clock.advance(1)
    assert.deepEqual(await identityVerifications.claimDeletions(10), due)
    for (const isDeleted of [true, false, true]) {
      assert.deepEqual(await identityVerifications.settleDeletion(id, isDeleted), ok(null))
    }
    clock.advance(10 * leaseMs)
    assert.deepEqual(await identityVerifications.claimDeletions(10), ok([]))
    const deleted = { ...verification, providerRecord: 'deleted' }
    assert.deepEqual(await identityVerifications.find(id), ok(deleted))
    assert.deepEqual(await identityVerifications.requestDeletion(id), ok(deleted))
  })

  test('a deletion that is requested is due after the lease, and not before there is a result', async ({
    store,
    clock,
  }) => {
    const { identityVerifications } = store
    const pending = await create(store, 1)
    assert.deepEqual(await identityVerifications.requestDeletion(pending.id), ok(pending))
    const verification = await record(store, pending, verified('imp_1'))
    const deleting = { ...verification, providerRecord: 'deleting' }
    for (let calls = 0; calls < 2; calls++) {
      assert.deepEqual(await identityVerifications.requestDeletion(pending.id), ok(deleting))
    }
    assert.deepEqual(await identityVerifications.requestDeletion(ids(2)), ok(null))
    assert.deepEqual(await identityVerifications.claimDeletions(10), ok([]))
    clock.advance(leaseMs)
    const due = [{ id: pending.id, impUid: 'imp_1' }]
    assert.deepEqual(await identityVerifications.claimDeletions(10), ok(due))
  })

  test('T145: a verification is deleted when its time is over, the oldest first, with its record', async ({
    store,
    clock,
  }) => {
    const { identityVerifications } = store
    const until = (days: number) => ({ keptUntil: new Date(createdAt.getTime() + days * dayMs) })
    const [late, early, deleting, soon] = [
      await create(store, 1, until(3)),
      await create(store, 2, until(1)),
      await create(store, 3, { ...until(1), deletesRecord: true }),
      await create(store, 4, until(2)),
    ]
    const known = await record(store, deleting, verified('imp_3', 'ci:3'))
    clock.advance(dayMs)
    assert.deepEqual(await identityVerifications.deleteExpired(10), ok(0))
    clock.advance(dayMs + 1)
    assert.deepEqual(await identityVerifications.deleteExpired(1), ok(2))
    assert.deepEqual(await identityVerifications.find(early.id), ok(null))
    // Its record is still to be deleted: only the ids for that are left of it.
    assert.deepEqual(await identityVerifications.find(deleting.id), ok(null))
    assert.deepEqual(await identityVerifications.use(deleting.id, 'ORD-1'), ok(null))
    assert.deepEqual(await identityVerifications.requestDeletion(deleting.id), ok(null))
    assert.deepEqual(await identityVerifications.record(known, verified('imp_3')), ok(null))
    const due = ok([{ id: deleting.id, impUid: 'imp_3' }])
    assert.deepEqual(await identityVerifications.claimDeletions(10), due)
    assert.deepEqual(await identityVerifications.deleteExpired(10), ok(1))
    assert.deepEqual(await identityVerifications.find(soon.id), ok(null))
    assert.deepEqual(await identityVerifications.deleteExpired(10), ok(0))
    await identityVerifications.settleDeletion(deleting.id, true)
    assert.deepEqual(await identityVerifications.deleteExpired(10), ok(1))
    assert.deepEqual(await identityVerifications.find(late.id), ok(late))
    assert.deepEqual(await identityVerifications.record(early, verified('imp_2')), ok(null))
  })
}
