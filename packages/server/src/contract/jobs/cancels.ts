import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import { type Cancel, type CancelIntent, noShares } from '../../index.ts'
import type { Clock, Contract } from '../runner.ts'
import { impUid, merchantUid, money, take } from '../samples.ts'

const leaseMs = 50_000

export function cancelsContract({ describe, test }: Contract): void {
  const intent: CancelIntent = {
    impUid: impUid('imp_1'),
    merchantUid: merchantUid('ORD-1'),
    balance: money(64_900),
    amount: money(900),
    askedBy: 'merchant',
  }
  const requested = (clock: Clock): Cancel => ({
    ...intent,
    shares: noShares,
    state: 'requested',
    detail: null,
    requestedAt: clock.now(),
    settledAt: null,
  })

  describe('cancels', () => {
    test('one intent of a balance is open; another balance is another cancel', async ({
      store,
      clock,
    }) => {
      assert.deepEqual(await store.cancels.open(intent), ok(true))
      assert.deepEqual(await store.cancels.open({ ...intent, askedBy: 'policy' }), ok(false))
      assert.deepEqual(await store.cancels.ofOrder(intent.merchantUid), ok([requested(clock)]))
      const rest = { ...intent, balance: money(64_000), amount: money(64_000) }
      assert.deepEqual(await store.cancels.open(rest), ok(true))
      const all = take(await store.cancels.ofOrder(intent.merchantUid))
      assert.deepEqual(
        all.map(({ balance }) => balance.minor),
        [64_900, 64_000],
      )
      assert.deepEqual(await store.cancels.ofOrder(merchantUid('ord-1')), ok([]))
    })

    test('the tax shares of an intent are those of its last writer', async ({ store, clock }) => {
      const { cancels } = store
      const shares = { taxFree: money(900), vat: money(0) }
      await cancels.open({ ...intent, shares })
      assert.deepEqual(take(await cancels.ofOrder(intent.merchantUid)), [
        { ...requested(clock), shares },
      ])
      await cancels.settle(intent, 'refused', null)
      await cancels.open({ ...intent, shares: { taxFree: money(0), vat: null } })
      assert.deepEqual(take(await cancels.ofOrder(intent.merchantUid)), [
        { ...requested(clock), shares: { taxFree: money(0), vat: null } },
      ])
    })

    test('a refused intent is replaced, a confirmed one stays', async ({ store, clock }) => {
      const { cancels } = store
      await cancels.open(intent)
      assert.deepEqual(await cancels.settle(intent, 'refused', '잔액 부족'), ok(null))
      const settledAt = clock.now()
      const refused = { ...requested(clock), state: 'refused', detail: '잔액 부족', settledAt }
      assert.deepEqual(await cancels.ofOrder(intent.merchantUid), ok([refused]))
      clock.advance(1_000)
      const next: CancelIntent = { ...intent, amount: money(800), askedBy: 'policy' }
      assert.deepEqual(await cancels.open(next), ok(true))
      const opened = { ...requested(clock), amount: money(800), askedBy: 'policy' }
      assert.deepEqual(await cancels.ofOrder(intent.merchantUid), ok([opened]))
      for (const state of ['confirmed', 'refused', 'unknown', 'confirmed'] as const) {
        assert.deepEqual(await cancels.settle(intent, state, null), ok(null))
      }
      const confirmed = { ...opened, state: 'confirmed', settledAt: clock.now() }
      assert.deepEqual(await cancels.ofOrder(intent.merchantUid), ok([confirmed]))
      assert.deepEqual(await cancels.open(intent), ok(false))
      clock.advance(leaseMs)
      assert.deepEqual(await cancels.claim(10), ok([]))
    })

    test('an open cancel is due after the lease, and later the older it is', async ({
      store,
      clock,
    }) => {
      await store.cancels.open(intent)
      const cancel = requested(clock)
      assert.deepEqual(await store.cancels.claim(10), ok([]))
      clock.advance(leaseMs)
      assert.deepEqual(await store.cancels.claim(10), ok([cancel]))
      assert.deepEqual(await store.cancels.claim(10), ok([]))
      clock.advance(350_000)
      await store.cancels.settle(intent, 'unknown', 'accepted')
      // It is 400 seconds old: due again after 100.
      clock.advance(99_999)
      assert.deepEqual(await store.cancels.claim(10), ok([]))
      clock.advance(1)
      const unknown = { ...cancel, state: 'unknown', detail: 'accepted' }
      assert.deepEqual(await store.cancels.claim(10), ok([unknown]))
    })
  })
}
