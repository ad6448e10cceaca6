import { strict as assert } from 'node:assert'
import { applyChange, type Change, ok } from '@quayside/core'
import type { Contract } from '../runner.ts'
import {
  accountFields,
  eventsOf,
  expecting,
  impUid,
  merchantUid,
  open,
  paying,
  payment,
  take,
} from '../samples.ts'

/** Text that databases, encoders and collations have trouble with. */
const hostileTexts: readonly string[] = [
  'NUL \0 in the middle',
  'a lone surrogate \u{d800}',
  'the other one \u{dfff}',
  '4 bytes 💳🏦 𠮷野家',
  '가'.repeat(3_334),
  `"'\`\\"; DROP TABLE orders; -- %_$1 ?1 \${x} {{y}}`,
  'line\nbreak\r\ntab\t\u{7f}\u{85}\u{2028}',
  ' spaces at both ends ',
  '\u{feff}mark \u{202e}direction \u{fffe}\u{fffd}',
  '',
]

/** Asserts that a text is as it was, or has replacement characters where the database cannot store it. */
function assertFaithful(actual: string | null, text: string): void {
  const stored = text.toWellFormed().replaceAll('\0', '\u{fffd}')
  const read = actual?.replaceAll(/\u{fffd}+/gu, '\u{fffd}')
  assert.ok(
    actual === text || read === stored.replaceAll(/\u{fffd}+/gu, '\u{fffd}'),
    `${JSON.stringify(text)} became ${JSON.stringify(actual)}`,
  )
}

export function valuesContract({ describe, test }: Contract): void {
  describe('values', () => {
    for (const [index, text] of hostileTexts.entries()) {
      test(`text of the provider and of the merchant is stored: ${JSON.stringify(text.slice(0, 24))}`, async ({
        store,
        clock,
      }) => {
        const created = take(await store.orders.create(expecting('ORD-1'), text))
        assertFaithful(created.name, text)
        const { order } = created
        const issued = payment(order, 'imp_1', accountFields)
        assert.ok(issued.status === 'vbank_issued')
        const virtualAccount = { ...issued.virtualAccount, bank: text, holder: text, number: text }
        const account: Change = {
          order,
          payment: { ...issued, virtualAccount, receiptUrl: text },
          to: 'vbank_issued',
        }
        const withAccount = take(await store.orders.record(account))
        assert.ok(withAccount.virtualAccount)
        assertFaithful(withAccount.virtualAccount.bank, text)
        assertFaithful(withAccount.virtualAccount.holder, text)
        assertFaithful(withAccount.virtualAccount.number, text)
        assertFaithful(withAccount.receiptUrl, text)
        const failed = payment(withAccount, 'imp_1', { status: 'failed', paid_at: 0 })
        assert.ok(failed.status === 'failed')
        const failing = { ...failed, failReason: text, payMethod: text, pgProvider: text }
        const withReason = take(
          await store.orders.record({ order: withAccount, payment: failing, to: 'failed' }),
        )
        assertFaithful(withReason.failReason, text)
        assertFaithful(take(await store.orders.read(order.merchantUid)).payMethod, text)
        // The body of an event must be the same at every try, so its payload is what was written, or clean.
        const [, event] = await eventsOf(store, 'ORD-1')
        assert.ok(event)
        const data: unknown = JSON.parse(event.payload)
        assert.ok(data instanceof Object && 'fail_reason' in data)
        assertFaithful(String(data.fail_reason), text)
        const claimed = take(await store.outbox.claimOne(event.id))
        assert.ok(claimed)
        const result = { kind: 'failed', failure: text, dueAt: null } as const
        take(await store.outbox.settle([{ event: claimed, result }]))
        const [dead] = take(await store.outbox.list('failed_permanently', '', 10))
        assertFaithful(dead?.failure ?? null, text)
        const { merchantUid: id, amount } = order
        const fields = { merchantUid: id, balance: amount, amount, askedBy: 'policy' } as const
        const intent = { impUid: impUid(`imp_${index}`), ...fields }
        take(await store.cancels.open(intent))
        take(await store.cancels.settle(intent, 'refused', text))
        const [cancel] = take(await store.cancels.ofOrder(id))
        assertFaithful(cancel?.detail ?? null, text)
        take(await store.reconciliationIssues.add([{ kind: 'payment_missing', payment: failing }]))
        const closed = await store.reconciliationIssues.closeById('payment_missing:imp_1', text)
        assertFaithful(take(closed)?.outcome ?? null, text)
        assertFaithful(take(closed)?.snapshot.payMethod ?? null, text)
        assert.deepEqual(take(closed)?.closedAt, clock.now())
      })
    }

    test('ids that differ by case, width, composition or a space are different orders', async ({
      store,
    }) => {
      const ids = [
        'ORD-A',
        'ORD-a',
        'ＯＲＤ-A',
        'ORD-A ',
        ' ORD-A',
        'ORD-Á',
        'ORD-A\u{301}',
        'ORD-ß',
        'ORD-ss',

        '가',
        '\u{1100}\u{1161}',
        'ｶﾞ',
        'ガ',
        'カ\u{3099}',
        'ı',
        'i',
        'İ',
        'I',
        '①',
        '1',
        'ﬁ',
        'fi',

        '𠮷',
        '吉',
        'Ω',
        '\u{2126}',
        'a_c',
        'a%c',
        'abc',
        "x'); DROP TABLE orders;--",
        '\\',
        '\\\\',
      ]
      for (const [index, id] of ids.entries()) {
        const { order, isNew } = take(await store.orders.create(expecting(id), String(index)))
        assert.deepEqual([isNew, order.merchantUid], [true, id])
      }
      for (const [index, id] of ids.entries()) {
        assert.equal(take(await store.orders.read(merchantUid(id))).name, String(index))
      }
      const all = take(await store.orderQueries.orders(ids.map(merchantUid)))
      assert.deepEqual(new Set<string>(all.map(({ order }) => order.merchantUid)), new Set(ids))
    })

    test('ids of payments that differ by case are different payments', async ({ store }) => {
      const [one, two] = [await open(store, 'ORD-1'), await open(store, 'ORD-2')]
      const uids = ['imp_aB', 'imp_Ab'] as const
      const paid = [
        await store.orders.record(paying(one, uids[0])),
        await store.orders.record(paying(two, uids[1])),
      ]
      assert.deepEqual(
        paid.map((result) => take(result).impUid),
        uids,
      )
    })

    test('ids of 40 characters and of 64 are stored whole', async ({ store }) => {
      const longest = ['가'.repeat(40), '😀'.repeat(40), `${'.'.repeat(39)}x`, `${'.'.repeat(39)}y`]
      for (const [index, id] of longest.entries()) {
        const change = paying(await open(store, id), `${index}${'i'.repeat(63)}`)
        assert.deepEqual(await store.orders.record(change), ok(applyChange(change)))
        const [event] = await eventsOf(store, id)
        assert.equal(take(await store.outbox.claimOne(event?.id ?? ''))?.merchantUid, id)
      }
    })

    test('amounts of 2^53 − 1 minor units are exact', async ({ store }) => {
      const amount = { minor: Number.MAX_SAFE_INTEGER, currency: 'KRW' } as const
      const order = await open(store, 'ORD-1', { amount })
      assert.deepEqual(order.amount, amount)
      const cancelled = { status: 'cancelled', cancel_amount: amount.minor - 1, cancelled_at: 1 }
      const change: Change = {
        order,
        payment: payment(order, 'imp_1', cancelled),
        to: 'partially_cancelled',
      }
      assert.deepEqual(await store.orders.record(change), ok(applyChange(change)))
      assert.equal(applyChange(change).cancelled.minor, 2 ** 53 - 2)
      const { merchantUid: id } = order
      const lower = { minor: amount.minor - 1, currency: 'KRW' } as const
      for (const balance of [amount, lower]) {
        const intent = { impUid: impUid('imp_1'), merchantUid: id, balance, amount: lower }
        assert.deepEqual(await store.cancels.open({ ...intent, askedBy: 'merchant' }), ok(true))
      }
      const cancels = take(await store.cancels.ofOrder(id))
      assert.deepEqual(
        cancels.map((cancel) => [cancel.balance, cancel.amount]),
        [
          [amount, lower],
          [lower, lower],
        ],
      )
    })
  })
}
