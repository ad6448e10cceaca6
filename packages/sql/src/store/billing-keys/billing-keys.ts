import { fail, ok, type Payee, type Result, type StoreFailure } from '@quayside/core'
import { type BillingKey, type BillingKeys, presentBillingKey } from '@quayside/server'
import type { Dialect } from '../../dialect.ts'
import { type Driver, isHit, isStorable, type Scalar, type Statement } from '../../driver.ts'
import { read, rowsAt, runTwice, write } from '../../transaction.ts'
import { toMs } from '../instants.ts'
import { firstPollMs, jobLeaseMs, leaseRows } from '../leases.ts'
import { type BillingKeyRow, toBillingKey } from './key-row.ts'

/** Makes the store of billing keys. Each operation is one transaction and may be repeated without harm. */
export function createBillingKeys(
  driver: Driver,
  { billingKeys, outbox, subscriptions }: Dialect,
  now: () => Date,
  enqueueEvent: (eventId: string) => void,
): BillingKeys {
  const readOne = async (
    text: string,
    id: string,
  ): Promise<Result<BillingKey | null, StoreFailure>> => {
    if (!isStorable(id)) return ok(null)
    const rows = await read(driver, [{ text, values: [id] }], toBillingKey)
    return rows.ok ? ok(rows.value[0] ?? null) : rows
  }

  return {
    async create({ registrationId, customerUid, customerId, mode, requested, ...rest }) {
      const at = now().getTime()
      const ids = [registrationId, customerUid, customerId, mode]
      const { orderUid, replaces, payee = null } = rest
      const dueAt = at + firstPollMs
      const values = [...ids, JSON.stringify(requested), orderUid, replaces, at, dueAt, payee]
      const insert = { text: billingKeys.insert, values }
      const select = { text: billingKeys.selectByKey, values: [customerUid] }
      return readBack(await runTwice(driver, [insert, select]))
    },

    find: (registrationId) => readOne(billingKeys.select, registrationId),
    findByKey: (customerUid) => readOne(billingKeys.selectByKey, customerUid),

    async existing(registrationIds) {
      if (registrationIds.length === 0) return ok(new Map())
      const statement = { text: billingKeys.selectExisting, values: [registrationIds] }
      const rows = await read(driver, [statement], toPayeeEntry)
      return rows.ok ? ok(new Map(rows.value)) : rows
    },

    async findAmong(customerUids) {
      if (customerUids.length === 0) return ok([])
      const values = [customerUids.filter(isStorable)]
      return read(driver, [{ text: billingKeys.selectAmong, values }], toBillingKey)
    },

    async ofCustomer(customerId, mode, after, count, payee) {
      if (!isStorable(customerId) || !isStorable(after)) return ok([])
      const values = [customerId, mode, after, count, payee ?? ofNoName]
      return read(driver, [{ text: billingKeys.selectOfCustomer, values }], toBillingKey)
    },

    async usableKeys(customerId, mode, payee) {
      if (!isStorable(customerId)) return ok([])
      const values = [customerId, mode, now().getTime(), payee ?? ofNoName]
      return read(driver, [{ text: billingKeys.selectUsable, values }], toCustomerUid)
    },

    async change(before, change, event) {
      const at = now()
      const after: BillingKey = { ...before, ...change, sequence: before.sequence + 1 }
      const update: Statement = { text: billingKeys.update, values: toChangedColumns(after) }
      const eventId = `${after.registrationId}:${after.sequence}`
      const payload = JSON.stringify(presentBillingKey(after))
      const values = [eventId, after.registrationId, after.sequence, event, payload, at.getTime()]
      // SQLite counts the rows of the statement before: the event follows the change at once.
      const events: readonly Statement[] =
        event === null ? [] : [{ text: outbox.insert, values, after: update }]
      // With another key the next charge of a subscription need not wait for its time; a key that is given up may be the one
      // that a step is about to charge, which is then decided again.
      const woken = [after.customerId, at.getTime()]
      const wake = { text: subscriptions.wakeCustomer, values: woken, after: update }
      const wakes: readonly Statement[] =
        after.state === 'registered' || after.state === 'deleting' ? [wake] : []
      const select = { text: billingKeys.select, values: [after.registrationId] }
      const outcomes = await runTwice(driver, [update, ...events, ...wakes, select])
      const key = readBack(outcomes)
      if (!outcomes.ok || !key.ok) return key.ok ? fail(unreadable) : key
      const [changed] = outcomes.value
      const isWritten = changed !== undefined && isHit(changed)
      if (isWritten && event !== null) enqueueEvent(eventId)
      return ok({ key: key.value, isWritten })
    },

    plan: ({ registrationId, sequence }, dueAt) =>
      write(driver, [{ text: billingKeys.plan, values: [registrationId, sequence, toMs(dueAt)] }]),

    claim: (limit) =>
      leaseRows(driver, billingKeys.claimDue, now(), jobLeaseMs, limit, toBillingKey),

    prefer: (customerId, mode, customerUids, payee) =>
      write(driver, [
        { text: billingKeys.resetPreferences, values: [customerId, mode, payee ?? ofNoName] },
        ...customerUids.map((customerUid, index) => ({
          text: billingKeys.setPreference,
          values: [customerUid, index],
        })),
        { text: subscriptions.wakeCustomer, values: [customerId, now().getTime()] },
      ]),

    takePreference: ({ customerUid }, { preference }) =>
      write(driver, [{ text: billingKeys.setPreference, values: [customerUid, preference] }]),

    async deleteFailed(before, most) {
      const values = [before.getTime(), most]
      const outcomes = await runTwice(driver, [{ text: billingKeys.deleteFailed, values }])
      return outcomes.ok ? ok(outcomes.value[0]?.changes ?? 0) : outcomes
    },
  }
}

/** In statements, the account that needs no name. */
const ofNoName = ''

const unreadable: StoreFailure = {
  reason: 'store_unavailable',
  cause: 'the billing key was not read back',
}

function readBack(
  outcomes: Awaited<ReturnType<typeof runTwice>>,
): Result<BillingKey, StoreFailure> {
  if (!outcomes.ok) return outcomes
  const [row] = rowsAt<BillingKeyRow>(outcomes.value, -1)
  return row === undefined ? fail(unreadable) : ok(toBillingKey(row))
}

function toChangedColumns(key: BillingKey): readonly Scalar[] {
  return [
    key.registrationId,
    key.sequence - 1,
    key.state,
    key.impUid,
    key.means && JSON.stringify(key.means),
    toMs(key.expiresAt),
    key.failure,
    key.failReason,
    key.deletion && JSON.stringify(key.deletion),
    toMs(key.registeredAt),
    toMs(key.deletedAt),
    toMs(key.dueAt),
  ]
}

function toPayeeEntry({
  registration_id,
  payee,
}: Pick<BillingKeyRow, 'registration_id' | 'payee'>): readonly [string, Payee | undefined] {
  return [registration_id, payee ?? undefined]
}

function toCustomerUid({ customer_uid }: Pick<BillingKeyRow, 'customer_uid'>): string {
  return customer_uid
}
