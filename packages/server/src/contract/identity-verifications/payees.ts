import { strict as assert } from 'node:assert'
import { ok, toPaymentOf } from '@quayside/core'
import { presentIdentityVerification } from '../../index.ts'
import { payees, to } from '../payees.ts'
import type { Contract } from '../runner.ts'
import { eventsOf, impUid } from '../samples.ts'
import { create, dayMs, ids, record, verified } from './samples.ts'

export function verificationsOfPayeesContract({ test }: Contract): void {
  test('T236: each payee may have a record with the same id, which is the result of one verification', async ({
    store,
  }) => {
    const { identityVerifications } = store
    for (const [index, payee] of payees.entries()) {
      const created = await create(store, index, to(payee))
      assert.equal(created.payee, payee)
      const result = { ...verified('imp_1'), impUid: toPaymentOf(impUid('imp_1'), payee) }
      const recorded = await record(store, created, result)
      assert.deepEqual([recorded.status, recorded.impUid], ['verified', result.impUid])
      assert.deepEqual(await identityVerifications.find(ids(index)), ok(recorded))
      const [event] = await eventsOf(store, recorded.id)
      assert.ok(event)
      const { identity_verification: shown } = JSON.parse(event.payload)
      assert.deepEqual(shown, presentIdentityVerification(recorded))
      assert.equal(shown.imp_uid, 'imp_1')
      const other = await create(store, index + payees.length, to(payee))
      assert.equal((await record(store, other, result)).status, 'pending')
    }
  })

  test('the record of each payee is deleted with its own id', async ({ store, clock }) => {
    const uids = payees.map((payee) => toPaymentOf(impUid('imp_1'), payee))
    for (const [index, payee] of payees.entries()) {
      const created = await create(store, index, { ...to(payee), deletesRecord: true })
      const result = { ...verified('imp_1'), impUid: toPaymentOf(impUid('imp_1'), payee) }
      await record(store, created, result)
    }
    clock.advance(dayMs)
    const claimed = await store.identityVerifications.claimDeletions(10)
    assert.deepEqual(
      claimed.ok && claimed.value.map((each) => each.impUid).toSorted(),
      uids.toSorted(),
    )
  })
}
