import { strict as assert } from 'node:assert'
import type { Store } from '../../index.ts'
import type { Contract } from '../runner.ts'
import { take } from '../samples.ts'
import { create, customerId } from './samples.ts'

export function listContract({ describe, test }: Contract): void {
  describe('subscriptions: list()', () => {
    test('pages by id, of all, of a customer, of a status', async ({ store, clock }) => {
      for (const [text, status] of [
        ['a', 'active'],
        ['B', 'active'],
        ['c', 'past_due'],
        ['d', 'active'],
      ] as const) {
        await create(store, text, clock, { status })
      }
      const page = async (
        filter: Parameters<Store['subscriptions']['list']>[0],
        after = '',
        count = 10,
      ) =>
        take(await store.subscriptions.list(filter, after, count)).map(
          ({ subscription }) => subscription.id,
        )
      assert.deepEqual(await page({}), ['B', 'a', 'c', 'd'])
      assert.deepEqual(await page({}, '', 2), ['B', 'a'])
      assert.deepEqual(await page({}, 'a', 2), ['c', 'd'])
      assert.deepEqual(await page({ status: 'active' }, 'B'), ['a', 'd'])
      assert.deepEqual(await page({ customerId }, 'B', 2), ['a', 'c'])
      assert.deepEqual(await page({ customerId, status: 'past_due' }), ['c'])
      assert.deepEqual(await page({ customerId: '고객/42' }), [])
      assert.deepEqual(await page({ customerId: '\0' }), [])
    })
  })
}
