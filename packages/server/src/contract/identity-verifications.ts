import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import type {
  IdentityResult,
  IdentityVerification,
  NewIdentityVerification,
  Store,
} from '../index.ts'
import { type Contract, inRaces, onInstances } from './runner.ts'
import { allEvents, impUid, merchantUid, take } from './samples.ts'

const leaseMs = 50_000
/** Each race has two rows that nothing else writes: fewer are enough than for orders. */
const races = 96
const dayMs = 24 * 60 * 60_000
const createdAt = new Date('2026-11-22T03:00:00.123Z')
const ids = (number: number) => merchantUid(`identity${String(number).padStart(24, '0')}`)

function expecting(
  number: number,
  changes: Partial<NewIdentityVerification> = {},
): NewIdentityVerification {
  return {
    id: ids(number),
    customerId: 'customer/1',
    purpose: '성인 인증',
    minimumAge: 19,
    pgProvider: 'danal',
    isOncePerPerson: false,
    keepsPersonKey: false,
    deletesRecord: false,
    expected: null,
    keptUntil: new Date(createdAt.getTime() + dayMs),
    ...changes,
  }
}

const create = async (
  store: Store,
  number: number,
  changes: Partial<NewIdentityVerification> = {},
): Promise<IdentityVerification> =>
  take(await store.identityVerifications.create(expecting(number, changes)))

function verified(uid: string, personKey: string | null = null): IdentityResult {
  return {
    status: 'verified',
    reason: null,
    detail: null,
    impUid: impUid(uid),
    certifiedAt: new Date('2026-11-22T03:01:00.000Z'),
    personKey,
  }
}

const refused = (uid: string): IdentityResult => ({
  ...verified(uid),
  status: 'refused',
  reason: 'person_mismatch',
  detail: 'name',
})

const untouched = {
  status: 'pending',
  reason: null,
  detail: null,
  impUid: null,
  certifiedAt: null,
  personKey: null,
  use: null,
  providerRecord: 'kept',
  sequence: 0,
  createdAt,
} as const

const record = async (
  store: Store,
  verification: IdentityVerification,
  result: IdentityResult,
): Promise<IdentityVerification> => {
  const recorded = take(await store.identityVerifications.record(verification, result))
  assert.ok(recorded)
  return recorded
}

export function identityVerificationsContract(contract: Contract): void {
  const { describe } = contract
  describe('identity verifications', () => {
    resultsContract(contract)
    personsContract(contract)
    usesContract(contract)
    deletionsContract(contract)
  })
}

function resultsContract({ test }: Contract): void {
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

function personsContract({ test }: Contract): void {
  const once = { isOncePerPerson: true, keepsPersonKey: false }

  test('a person is verified for a purpose once, and for another purpose as well', async ({
    store,
  }) => {
    const [first, second, other, any] = [
      await create(store, 1, once),
      await create(store, 2, once),
      await create(store, 3, { ...once, purpose: '성인 인증 ' }),
      await create(store, 4),
    ]
    const person = 'ci:person'
    assert.equal((await record(store, first, verified('imp_1', person))).status, 'verified')
    assert.deepEqual(await record(store, second, verified('imp_2', person)), second)
    assert.equal((await record(store, other, verified('imp_3', person))).status, 'verified')
    assert.equal((await record(store, any, verified('imp_4', person))).personKey, person)
    assert.equal((await record(store, second, verified('imp_2', 'ci:Person'))).status, 'verified')
  })

  test('whoever was refused may be verified later, and without a key nobody is a person', async ({
    store,
  }) => {
    const [first, second, third, fourth] = [
      await create(store, 1, once),
      await create(store, 2, once),
      await create(store, 3, once),
      await create(store, 4, once),
    ]
    await record(store, first, { ...refused('imp_1'), personKey: 'ci:person' })
    assert.equal((await record(store, second, verified('imp_2', 'ci:person'))).status, 'verified')
    assert.equal((await record(store, third, verified('imp_3'))).status, 'verified')
    assert.equal((await record(store, fourth, verified('imp_4'))).status, 'verified')
  })

  test('T143: of two verifications of one person at once one counts', async (context) => {
    await inRaces(
      context,
      async (race, first, second) => {
        const [one, other] = [
          await create(first, 2 * race, once),
          await create(second, 2 * race + 1, once),
        ]
        const person = `ci:${race}`
        const results = await Promise.all([
          record(first, one, verified(`imp_a${race}`, person)),
          record(second, other, verified(`imp_b${race}`, person)),
        ])
        assert.deepEqual(results.map(({ status }) => status).toSorted(), ['pending', 'verified'])
      },
      races,
    )
  })
}

function usesContract({ test }: Contract): void {
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

function deletionsContract({ test }: Contract): void {
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
    await record(store, deleting, verified('imp_3'))
    clock.advance(dayMs)
    assert.deepEqual(await identityVerifications.deleteExpired(10), ok(0))
    clock.advance(dayMs + 1)
    assert.deepEqual(await identityVerifications.deleteExpired(1), ok(1))
    assert.deepEqual(await identityVerifications.find(early.id), ok(null))
    assert.deepEqual(await identityVerifications.deleteExpired(10), ok(1))
    assert.deepEqual(await identityVerifications.find(soon.id), ok(null))
    await identityVerifications.settleDeletion(deleting.id, true)
    assert.deepEqual(await identityVerifications.deleteExpired(10), ok(1))
    assert.deepEqual(await identityVerifications.find(late.id), ok(late))
    assert.deepEqual(await identityVerifications.record(early, verified('imp_2')), ok(null))
  })
}
