import type { Store } from '@quayside/server'
import { afterAll, describe, expect, it } from 'vitest'
import { createSqliteStore } from '../../src/index.ts'
import { createSqliteFile } from '../databases.ts'
import { createMerchant } from './merchant.ts'

const file = await createSqliteFile()
afterAll(file.remove)

const plan = { amount: 9_900, currency: 'KRW', period: { unit: 'month', count: 1 } }

/** A merchant, who does something when a charge was decided and is about to be written. */
function createInterrupted() {
  const database = file.connect()
  let interrupt: (() => Promise<unknown>) | null = null
  const merchant = createMerchant((now): Store => {
    const store = createSqliteStore(database, { now })
    const { subscriptions } = store
    return {
      ...store,
      subscriptions: {
        ...subscriptions,
        async write(before, change) {
          const work = change.attempts.length > 0 ? interrupt : null
          if (work !== null) interrupt = null
          await work?.()
          return subscriptions.write(before, change)
        },
      },
    }
  })
  return {
    ...merchant,
    beforeNextCharge(work: () => Promise<unknown>) {
      interrupt = work
    },
  }
}

describe('a key that its owner gives up when its charge is about to be written', () => {
  it('T244: is not charged: the next one is', async () => {
    const merchant = createInterrupted()
    const other = await merchant.register('two')
    const given = await merchant.register('two')
    await merchant.fault('unavailable_json', '/subscribe/customers/{customer_uid}', 1)
    merchant.beforeNextCharge(() =>
      merchant.api(`/billing-keys/${given}?requester=customer`, undefined, 'DELETE'),
    )
    const request = { id: 'two', customer_id: 'two', name: '구독', plan }
    await merchant.api('/subscriptions', request)
    expect(merchant.charges.map(({ customer_uid }) => customer_uid)).toEqual([other])
    expect(await merchant.ledger('two')).toEqual(['sub-two-1-1 paid'])
  })

  it('T244: is not charged, and without another one the subscription waits for a key', async () => {
    const merchant = createInterrupted()
    const given = await merchant.register('one')
    merchant.beforeNextCharge(() =>
      merchant.api(`/billing-keys/${given}?requester=customer`, undefined, 'DELETE'),
    )
    const request = { id: 'one', customer_id: 'one', name: '구독', plan }
    expect(await merchant.api('/subscriptions', request)).toMatchObject({
      status: 201,
      body: { status: 'past_due', reason: 'no_billing_key' },
    })
    expect(merchant.charges).toEqual([])
  })
})
