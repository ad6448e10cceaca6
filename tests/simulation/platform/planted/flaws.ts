/** A change of the source. */
export interface Edit {
  readonly file: string
  readonly find: string
  readonly replace: string
}

/** A flaw put back into the source, and the invariant that it must break in one check. */
export interface PlantedFlaw {
  /** What the source no longer does. */
  readonly without: string
  readonly edits: readonly Edit[]
  /** A name in `checks.ts`. */
  readonly check: string
  readonly breaks: string
}

const core = 'packages/core/src'
const server = 'packages/server/src'
const store = 'packages/sql/src/store'
const buyers = 'a buyer whose payment is known or named'

const volumeFlaws: readonly PlantedFlaw[] = [
  {
    without: 'smaller pages for a list that is too large',
    edits: [
      {
        file: `${server}/jobs/payment-lists/list-payments.ts`,
        find: 'const isAfterLeftOut =',
        replace: 'if (isTooLarge(failure)) return fail(failure)\n      const isAfterLeftOut =',
      },
    ],
    check: 'five payments of old orders in a window of 1,200 payments (paid plan)',
    breaks: 'I4',
  },
  {
    without: 'halves of a batch of orders that is too large',
    edits: [
      {
        file: `${server}/payments/read-payments.ts`,
        find: 'if (!mayBeBoundToIds(failure)) {',
        replace: 'if (failure) {',
      },
    ],
    check: 'one order with 40 large attempts beside accounts that are due (paid plan)',
    breaks: 'I19',
  },
  {
    without: 'a budget that the jobs share',
    edits: [
      {
        file: `${server}/run-budget.ts`,
        find: 'if (isOver() || !covers(available(), price)) return false',
        replace: 'if (isOver()) return false',
      },
    ],
    check: '500 payments in one minute that no message reports (free plan)',
    breaks: 'I18',
  },
  {
    without:
      'lookups before delivery, connections left for them, and a short time for the receiver',
    edits: [
      {
        file: `${server}/run-budget.ts`,
        find: 'Math.max(1, Math.min(maxDeliveryConnections, Math.floor(connections / 2)))',
        replace: 'connections * maxDeliveryConnections',
      },
      {
        file: `${server}/server.ts`,
        find: 'receiverLimitMs = 10_000',
        replace: 'receiverLimitMs = 60_000',
      },
      {
        file: `${server}/jobs/schedule/cron.ts`,
        find: 'const othersDone = runConcurrently(others, reserveWaiting, concurrency, run)',
        replace: `const othersDone = new Promise((start) => setImmediate(() => setImmediate(start)))
    .then(() => runConcurrently(others, reserveWaiting, concurrency, run))`,
      },
    ],
    check: 'a receiver that never responds, while payments are lost (paid plan)',
    breaks: 'I19',
  },
  {
    without: 'telling a row at fault from a store that is away',
    edits: [
      {
        file: `${server}/jobs/payment-lists/match-payments.ts`,
        find: 'if (isSpent() || !(await isResponding(deps, budget)))',
        replace: 'if (true)',
      },
    ],
    check: 'one order that the database refuses to change (paid plan)',
    breaks: 'I19',
  },
]

const moneyFlaws: readonly PlantedFlaw[] = [
  {
    without: "refunds in the payment's own amount",
    edits: [
      {
        file: `${server}/orders/refund-order.ts`,
        find: 'const remaining = toRemaining(payment)\n  const { currency } = remaining',
        replace: `const { currency } = order.amount
  const remaining = { minor: order.amount.minor - order.cancelled.minor, currency }`,
      },
    ],
    check: 'refunds of a payment with a delivery fee (paid plan)',
    breaks: 'I20',
  },
  {
    without: 'issues of billing keys that were charged',
    edits: [
      {
        file: `${store}/orders/order-statements.ts`,
        find: 'if (!isOfOrder || ',
        replace: "if (reason === 'billing_key_issue' || !isOfOrder || ",
      },
    ],
    check: 'a billing key whose issue is charged, reported (paid plan)',
    breaks: 'I17',
  },
  {
    without: 'grace before an account expires, and the due date of the record',
    edits: [
      {
        file: `${server}/jobs/orders/poll-plan.ts`,
        find: 'return vbankGraceHours * hourMs',
        replace: 'return vbankGraceHours * 0',
      },
      {
        file: `${core}/order/decide.ts`,
        find: "order.policy.late === 'deliver' || isInTime(payment, order)",
        replace: "order.policy.late === 'deliver'",
      },
    ],
    check: 'a deposit before midnight that is seen minutes after it (paid plan)',
    breaks: 'I21',
  },
  {
    without: 'the accounts of an order beside its newest',
    edits: [
      {
        file: `${core}/order/account.ts`,
        find: '...accounts.filter((each) => each !== known), next',
        replace: 'next',
      },
    ],
    check: "an attacker's account for the same order, due earlier (paid plan)",
    breaks: 'I21',
  },
  {
    without: 'issues of payments whose order was never opened',
    edits: [
      {
        file: `${server}/jobs/payment-lists/poll-payment-lists.ts`,
        find: 'if (old.length === 0) return 0',
        replace: 'if (old.length >= 0) return 0',
      },
    ],
    check: 'a charge of an order that was never opened, not reported (paid plan)',
    breaks: 'I17',
  },
  {
    without: 'the age of a payment',
    edits: [
      {
        file: `${core}/order/verify.ts`,
        find: 'if (isTooOld) return',
        replace: 'if (false) return',
      },
    ],
    check: 'a payment of a year ago under the id of a new order (paid plan)',
    breaks: 'I21',
  },
]

const buyerFlaws: readonly PlantedFlaw[] = [
  {
    without: 'ids that are repeated with equal values, and waiting without them',
    edits: [
      {
        file: `${core}/channels/notice.ts`,
        find: "readList(fields, name) !== null && typeof readSingle(fields, name) === 'object'",
        replace: 'readList(fields, name) !== null',
      },
      {
        file: 'packages/hono/src/redirect.ts',
        find: "if (merchantUid === null) return 'pending'",
        replace: "if (merchantUid !== '') return 'failed'",
      },
    ],
    check: buyers,
    breaks: 'I16',
  },
  {
    without: 'waiting where a return cannot be read',
    edits: [
      {
        file: 'packages/hono/src/redirect.ts',
        find: "if (merchantUid === null) return 'pending'",
        replace: "if (merchantUid === null) return 'failed'",
      },
    ],
    check: buyers,
    breaks: 'I16',
  },
]

export const plantedFlaws: readonly PlantedFlaw[] = [...volumeFlaws, ...moneyFlaws, ...buyerFlaws]
