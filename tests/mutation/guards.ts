/** One guard of the source removed, and the tests of which at least one has to fail. */
export interface Mutant {
  readonly threat: string
  /** What the source no longer does. */
  readonly without: string
  readonly file: string
  readonly from: string
  readonly to: string
  readonly tests: readonly string[]
  /** Whether the tests run in workerd, on D1. */
  readonly inWorkerd?: true
}

const core = 'packages/core/src'
const hono = 'packages/hono/src'
const worker = 'apps/worker/src'
const completeTests = 'packages/hono/test/complete.test.ts'
const webhookTests = 'packages/hono/test/webhook.test.ts'
const d1: Pick<Mutant, 'tests' | 'inWorkerd'> = {
  tests: ['tests/simulation/d1-parity/d1-parity.workerd.test.ts', `${worker}/store/orders.test.ts`],
  inWorkerd: true,
}

export const mutants: readonly Mutant[] = [
  {
    threat: 'T1',
    without: 'comparing the amount with the order',
    file: `${core}/verify.ts`,
    from: '!isSameMoney(actual, expected) &&',
    to: 'false &&',
    tests: [`${core}/verify.test.ts`],
  },
  {
    threat: 'T1',
    without: 'exactness of amounts',
    file: `${core}/money.ts`,
    from: 'a.minor === b.minor &&',
    to: 'Math.abs(a.minor - b.minor) <= 1 &&',
    tests: [`${core}/money.test.ts`, `${core}/verify.test.ts`],
  },
  {
    threat: 'T2',
    without: 'comparing the order that the payment names',
    file: `${core}/verify.ts`,
    from: 'payment.merchantUid !== order.merchantUid',
    to: 'false',
    tests: [`${core}/verify.test.ts`, `${core}/sync.test.ts`],
  },
  {
    threat: 'T2',
    without: 'one order for each payment, in memory',
    file: `${core}/memory.ts`,
    from: 'if (isTaken ||',
    to: 'if (',
    tests: [`${core}/memory.test.ts`, `${core}/sync.race.test.ts`],
  },
  {
    threat: 'T2',
    without: 'one order for each payment, in the statement',
    file: `${worker}/store/orders-sql.ts`,
    from: 'AND NOT EXISTS (SELECT 1 FROM orders AS other WHERE other.imp_uid = ?4 AND other.merchant_uid <> ?1)',
    to: '',
    ...d1,
  },
  {
    threat: 'T3',
    without: 'refusing a record without a test flag',
    file: `${core}/verify.ts`,
    from: 'payment.sandbox !== false',
    to: 'payment.sandbox === true',
    tests: [`${core}/verify.test.ts`],
  },
  {
    threat: 'T3',
    without: 'refusing test channels',
    file: `${core}/verify.ts`,
    from: "mode === 'live' && payment.sandbox !== false",
    to: 'false',
    tests: [`${core}/verify.test.ts`],
  },
  {
    threat: 'T3',
    without: 'never looking up test payments in live mode',
    file: `${hono}/lookup/lookup.ts`,
    from: "mode === 'test' ?",
    to: 'mode ?',
    tests: [completeTests],
  },
  {
    threat: 'T4',
    without: 'the grammar of ids',
    file: `${core}/ids.ts`,
    from: '/^[A-Za-z0-9_-]{1,64}$/',
    to: '/^.{1,64}$/',
    tests: [`${core}/ids.test.ts`],
  },
  {
    threat: 'T4',
    without: 'requiring the record to be the one requested',
    file: `${core}/sync.ts`,
    from: 'payment.value.impUid === impUid',
    to: 'true',
    tests: [`${core}/sync.test.ts`],
  },
  {
    threat: 'T4',
    without: 'comparing the final address with the intended one',
    file: 'packages/client/src/request.ts',
    from: 'encodeURIComponent(',
    to: 'String(',
    tests: ['packages/client/src/request.test.ts'],
  },
  {
    threat: 'T5',
    without: 'the currency of an amount',
    file: `${core}/money.ts`,
    from: '&& a.currency === b.currency',
    to: '',
    tests: [`${core}/money.test.ts`],
  },
  {
    threat: 'T5',
    without: 'comparing the currency with the order',
    file: `${core}/verify.ts`,
    from: 'actual.currency !== expected.currency',
    to: 'false',
    tests: [`${core}/verify.test.ts`],
  },
  {
    threat: 'T6',
    without: 'reading the refunded amount before the status',
    file: `${core}/status.ts`,
    from: 'cancelledMinor > 0',
    to: "fields.status === 'cancelled' && cancelledMinor > 0",
    tests: [`${core}/status.test.ts`, `${core}/payment.test.ts`],
  },
  {
    threat: 'T6',
    without: 'treating a cancel as final',
    file: `${core}/decide.ts`,
    from: '  cancelled: closed,',
    to: '  cancelled: open,',
    tests: [`${core}/decide.test.ts`],
  },
  {
    threat: 'T7',
    without: 'deciding by the record, not by the notice',
    file: `${core}/sync.ts`,
    from: 'payment.ok ? verifyAndRecord(found.value, payment.value, deps)',
    to: "payment.ok ? verifyAndRecord(found.value, notice.claim === 'success' ? { ...payment.value, status: 'paid' } : payment.value, deps)",
    tests: [`${core}/sync.test.ts`],
  },
  {
    threat: 'T8',
    without: 'the type of an id',
    file: `${core}/ids.ts`,
    from: "typeof value === 'string' && grammar.test(value)",
    to: 'grammar.test(String(value))',
    tests: [`${core}/ids.test.ts`],
  },
  {
    threat: 'T8',
    without: 'the type of an amount',
    file: `${core}/money.ts`,
    from: "typeof amount === 'number' && ",
    to: '',
    tests: [`${core}/payment.test.ts`, `${core}/money.test.ts`],
  },
  {
    threat: 'T13',
    without: 'the sequence of a commit, in memory',
    file: `${core}/memory.ts`,
    from: ' || found.value.sequence !== sequence',
    to: '',
    tests: [webhookTests],
  },
  {
    threat: 'T13',
    without: 'the event that belongs to the commit only',
    file: `${worker}/store/orders-sql.ts`,
    from: 'SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?6, 0 WHERE changes() = 1',
    to: 'VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 0)',
    ...d1,
  },
  {
    threat: 'T14',
    without: 'the sequence of a commit, in the statement',
    file: `${worker}/store/orders-sql.ts`,
    from: `fail_reason = ?13, receipt_url = ?14, paid_amount = ?15, sequence = ?2 + 1, updated_at = ?16
  WHERE merchant_uid = ?1 AND sequence = ?2`,
    to: `fail_reason = ?13, receipt_url = ?14, paid_amount = ?15, sequence = ?2 + 1, updated_at = ?16
  WHERE merchant_uid = ?1 AND ?2 >= 0`,
    ...d1,
  },
  {
    threat: 'T15',
    without: 'repeating a batch whose acknowledgement was lost',
    file: `${worker}/store/batch.ts`,
    from: 'return first.ok ? first : runOnce<Row>(db, statements)',
    to: 'return first',
    ...d1,
  },
  {
    threat: 'T16',
    without: 'the sweep for events that were not queued',
    file: 'packages/server/src/delivery/deliver.ts',
    from: 'while (now().getTime() < until) {',
    to: 'while (now().getTime() < 0) {',
    tests: ['apps/worker/test/delivery/deliver.test.ts'],
    inWorkerd: true,
  },
  {
    threat: 'T17',
    without: 'the lease on an event that is being sent',
    file: `${worker}/store/outbox.ts`,
    from: 'bind(at, at + deliveryLeaseMs, last)',
    to: 'bind(at, at, last)',
    tests: [`${worker}/queue.test.ts`],
    inWorkerd: true,
  },
  {
    threat: 'T22',
    without: 'leaving the order as it is at a refusal',
    file: `${core}/memory.ts`,
    from: "outcome === 'duplicate_paid' || outcome === 'late_paid'",
    to: 'true',
    tests: [`${core}/memory.test.ts`, `${core}/sync.test.ts`],
  },
  {
    threat: 'T22',
    without: 'recording a refusal as refused',
    file: `${core}/sync.ts`,
    from: "outcome: 'refused',",
    to: "outcome: 'late_paid',",
    tests: [`${core}/sync.test.ts`],
  },
]
