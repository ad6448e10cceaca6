import { strict as assert } from 'node:assert'
import type { Store, StoredSubscription } from '../../index.ts'
import { type Context, type Contract, inRaces, onInstances } from '../runner.ts'
import { claimAll, paying, take } from '../samples.ts'
import { charging, create, readOne } from './samples.ts'

const raceCount = 96

export function racesContract({ describe, test }: Contract): void {
  describe(`subscriptions: ${raceCount} races on eight connections`, () => {
    test('one is claimed by one of eight', async ({ instances, clock }) => {
      await onInstances(instances, raceCount, (i, store) => create(store, `s${i}`, clock))
      const claims = await Promise.all(
        instances.map((store) => claimAll((count) => store.subscriptions.claim(count))),
      )
      assert.equal(claims.flat().length, raceCount)
      assert.equal(new Set(claims.flat()).size, raceCount)
    })

    test('T160: of two that charge one period one may call the provider', async (context) => {
      await inRaces(
        context,
        async (race, first, second) => {
          const created = await create(first, `s${race}`, context.clock)
          const write = charging(created, context.clock.now())
          const written = await Promise.all(
            [first, second].map((store) => store.subscriptions.write(created, write)),
          )
          assert.equal(written.map(take).filter((each) => each !== null).length, 1)
          assert.equal((await readOne(second, `s${race}`)).attempts.length, 1)
        },
        raceCount,
      )
    })

    test('T161: a payment that is recorded beside a step is not slept through', async (context) => {
      await inRaces(
        context,
        async (race, first, second) => {
          const charged = await charge(first, `s${race}`, context)
          const [attempt] = charged.attempts
          assert.ok(attempt)
          const order = take(await first.orders.find(attempt.merchantUid))
          const wait = {
            subscription: { ...charged.subscription, dueAt: null },
            attempts: [],
            events: [],
          }
          await Promise.all([
            first.orders.record(paying(order, `imp_${race}`)),
            second.subscriptions.write(charged, wait),
          ])
          const { dueAt, attempts } = await readOne(second, `s${race}`)
          assert.deepEqual(dueAt, context.clock.now())
          assert.equal(attempts[0]?.orderStatus, 'paid')
        },
        raceCount,
      )
    })
  })
}

/** Creates a subscription and writes its first attempt. */
async function charge(store: Store, text: string, { clock }: Context): Promise<StoredSubscription> {
  const created = await create(store, text, clock)
  const charged = take(await store.subscriptions.write(created, charging(created, clock.now())))
  assert.ok(charged)
  return charged
}
