import { strict as assert } from 'node:assert'
import { type Contract, inRaces } from '../runner.ts'
import { claimAll, take } from '../samples.ts'
import { create, firstPollMs, means, toNew } from './samples.ts'

const raceCount = 64

export function racesContract({ describe, test }: Contract): void {
  describe('billing keys: races', () => {
    test('of two customers whose registration of one key begins at once one has it, and both are told who', async (context) => {
      await inRaces(
        context,
        async (race, first, second) => {
          const { customerUid } = toNew(`${race}`)
          const [one, other] = await Promise.all([
            create(first, `a${race}`, { customerUid, customerId: 'member/1' }),
            create(second, `b${race}`, { customerUid, customerId: 'member/2' }),
          ])
          assert.equal(one.customerUid, customerUid)
          assert.deepEqual(one, other)
        },
        raceCount,
      )
    })

    test('two channels that register one key at once write it once, with one event', async (context) => {
      const { store } = context
      await inRaces(
        context,
        async (race, first, second) => {
          const key = await create(store, `r${race}`, { customerId: `member-${race}` })
          const at = key.createdAt
          const change = { state: 'registered', means, registeredAt: at, dueAt: null } as const
          const changed = await Promise.all(
            [first, second].map((each) =>
              each.billingKeys.change(key, change, 'billing_key.registered'),
            ),
          )
          const written = changed.filter((each) => take(each).isWritten)
          assert.equal(written.length, 1)
          assert.deepEqual(
            changed.map((each) => take(each).key.sequence),
            [1, 1],
          )
        },
        raceCount,
      )
      const events = take(await store.outbox.list('pending', '', 1_000))
      assert.equal(events.length, raceCount)
    })

    test('eight instances claim each due key once', async ({ store, instances, clock }) => {
      for (let index = 0; index < 40; index++) await create(store, String(index))
      clock.advance(firstPollMs)
      const claimed = await Promise.all(
        instances.map(({ billingKeys }) => claimAll((count) => billingKeys.claim(count))),
      )
      const uids = claimed.flat().map(({ customerUid }) => customerUid)
      assert.deepEqual([uids.length, new Set(uids).size], [40, 40])
    })
  })
}
