import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import { type Contract, inRaces } from '../runner.ts'
import { allEvents, merchantUid } from '../samples.ts'
import { create, expecting, ids, races, record, refused, untouched, verified } from './samples.ts'

export function resultsContract({ test }: Contract): void {
  test('are created once, with what they require, and found by their whole id', async ({
    store,
    clock,
  }) => {
    const { identityVerifications } = store
    const expected = { name: 'a1', birthday: null, phone: 'b2', personKey: 'ci:c3' }
    const flags = { isOncePerPerson: true, keepsPersonKey: true, deletesRecord: true }
    const wanted = expecting(1, { ...flags, expected, customerId: '고객 1/🙂', minimumAge: null })
    const created = { ...wanted, ...untouched }
    assert.deepEqual(await identityVerifications.create(wanted), ok(created))
    clock.advance(1_000)
    assert.deepEqual(await identityVerifications.create(expecting(1)), ok(created))
    assert.deepEqual(await identityVerifications.find(wanted.id), ok(created))
    assert.deepEqual(await identityVerifications.find(ids(2)), ok(null))
    const other = merchantUid(wanted.id.toUpperCase())
    assert.deepEqual(await identityVerifications.find(other), ok(null))
  })

  test('get one result, with one event, and keep nothing of what was expected', async ({
    store,
    clock,
    enqueued,
  }) => {
    const expected = { name: 'a1', birthday: null, phone: null, personKey: null }
    const verification = await create(store, 1, { expected })
    clock.advance(1_000)
    const result = verified('imp_1')
    const after = { ...verification, ...result, expected: null, sequence: 1 }
    for (let calls = 0; calls < 2; calls++) {
      assert.deepEqual(await store.identityVerifications.record(verification, result), ok(after))
    }
    assert.deepEqual(
      await store.identityVerifications.record(verification, refused('imp_2')),
      ok(after),
    )
    assert.deepEqual(await store.identityVerifications.record(after, refused('imp_2')), ok(after))
    const id = `${verification.id}:1`
    const [event, ...others] = await allEvents(store)
    assert.deepEqual(others, [])
    assert.ok(event)
    const { payload, ...columns } = event
    assert.deepEqual(columns, {
      id,
      merchantUid: verification.id,
      sequence: 1,
      kind: 'identity_verification.verified',
      createdAt: clock.now(),
      dueAt: clock.now(),
      tries: 0,
      failure: null,
      deliveredAt: null,
    })
    assert.deepEqual(JSON.parse(payload), {
      identity_verification: {
        id: verification.id,
        customer_id: 'customer/1',
        purpose: '성인 인증',
        status: 'verified',
        reason: null,
        detail: null,
        minimum_age: 19,
        is_age_reached: true,
        once_per_person: false,
        person_key: null,
        imp_uid: 'imp_1',
        certified_at: '2026-11-22T03:01:00.000Z',
        use: null,
        provider_record: 'kept',
        sequence: 1,
        created_at: '2026-11-22T03:00:00.123Z',
        kept_until: '2026-11-23T03:00:00.123Z',
      },
    })
    assert.deepEqual(enqueued, [id])
  })

  test('are refused with a reason, once', async ({ store }) => {
    const verification = await create(store, 1)
    const result = refused('imp_1')
    const after = { ...verification, ...result, sequence: 1 }
    assert.deepEqual(await store.identityVerifications.record(verification, result), ok(after))
    assert.deepEqual(
      await store.identityVerifications.record(verification, verified('imp_1')),
      ok(after),
    )
    const events = await allEvents(store)
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['identity_verification.refused'],
    )
  })

  test('are the result of one record each', async ({ store }) => {
    const [first, second] = [await create(store, 1), await create(store, 2)]
    await record(store, first, verified('imp_1'))
    assert.deepEqual(await record(store, second, verified('imp_1')), second)
    assert.equal((await record(store, second, verified('IMP_1'))).status, 'verified')
    assert.equal((await allEvents(store)).length, 2)
  })

  test('of two results at once one counts, with its event', async (context) => {
    await inRaces(
      context,
      async (race, first, second) => {
        const verification = await create(first, race)
        const [one, other] = await Promise.all([
          record(first, verification, verified(`imp_v${race}`)),
          record(second, verification, refused(`imp_r${race}`)),
        ])
        assert.equal(one.sequence, 1)
        assert.deepEqual(one, other)
      },
      races,
    )
    const { store } = context
    const events = await allEvents(store)
    assert.equal(new Set(events.map(({ merchantUid: id }) => id)).size, events.length)
  })
}
