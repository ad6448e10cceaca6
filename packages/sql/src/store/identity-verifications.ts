import {
  type ImpUid,
  type MerchantUid,
  ok,
  type Payee,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import {
  applyIdentityResult,
  type ExpectedDigests,
  type IdentityResult,
  type IdentityVerification,
  type IdentityVerifications,
  type ProviderRecordState,
  presentIdentityVerification,
} from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import { type Driver, isHit, isStorable, type Statement, toStorable } from '../driver.ts'
import { read, rowsAt, runTwice, write } from '../transaction.ts'
import { toDate, toMs } from './instants.ts'
import { jobLeaseMs, leaseRows } from './leases.ts'

interface VerificationRow {
  readonly id: MerchantUid
  readonly customer_id: string
  readonly purpose: string
  readonly minimum_age: number | null
  readonly pg_provider: string | null
  readonly once_per_person: number
  readonly keeps_person_key: number
  readonly deletes_record: number
  readonly expected: string | null
  readonly status: IdentityVerification['status']
  readonly reason: IdentityVerification['reason']
  readonly detail: IdentityVerification['detail']
  readonly imp_uid: ImpUid | null
  readonly certified_at: number | null
  readonly person_key: string | null
  readonly use_reference: string | null
  readonly used_at: number | null
  readonly provider_record: ProviderRecordState
  readonly sequence: number
  readonly created_at: number
  readonly kept_until: number
  readonly payee: Payee | null
}

/** Makes the identity verifications. Each operation is one transaction and may be repeated without harm. */
export function createIdentityVerifications(
  driver: Driver,
  { identityVerifications: texts, outbox }: Dialect,
  now: () => Date,
  enqueueEvent: (eventId: string) => void,
): IdentityVerifications {
  /** Runs what is written, and returns the verification as it is then. */
  const readAfter = async (
    id: MerchantUid,
    ...before: readonly Statement[]
  ): Promise<Result<IdentityVerification | null, StoreFailure>> => {
    if (!isStorable(id)) return ok(null)
    const select = { text: texts.select, values: [id] }
    const found = await read(driver, [...before, select], toVerification)
    return found.ok ? ok(found.value[0] ?? null) : found
  }

  return {
    async create(created) {
      const at = now()
      const verification: IdentityVerification = {
        ...created,
        customerId: toStorable(created.customerId),
        purpose: toStorable(created.purpose),
        ...untouched,
        createdAt: at,
      }
      const { id, customerId, purpose, minimumAge, pgProvider, expected } = verification
      const values = [
        id,
        customerId,
        purpose,
        minimumAge,
        pgProvider,
        Number(created.isOncePerPerson),
        Number(created.keepsPersonKey),
        Number(created.deletesRecord),
        expected && JSON.stringify(expected),
        at.getTime(),
        created.keptUntil.getTime(),
        created.payee ?? null,
      ]
      const written = await readAfter(id, { text: texts.insert, values })
      return written.ok ? ok(written.value ?? verification) : written
    },

    find: (id) => readAfter(id),

    async record(verification, result) {
      const statements = recordStatements(texts, outbox, verification, result, now())
      const outcomes = await runTwice(driver, statements.all)
      if (!outcomes.ok) return outcomes
      const changed = outcomes.value[statements.all.indexOf(statements.update)]
      if (changed !== undefined && isHit(changed)) enqueueEvent(statements.eventId)
      const [row] = rowsAt<VerificationRow>(outcomes.value, -1)
      return ok(row === undefined ? null : toVerification(row))
    },

    use: (id, reference) =>
      readAfter(id, {
        text: texts.use,
        values: [id, toStorable(reference), now().getTime()],
      }),

    requestDeletion(id) {
      const at = now().getTime()
      return readAfter(id, { text: texts.requestDeletion, values: [id, at, at + jobLeaseMs] })
    },

    claimDeletions: (limit) =>
      leaseRows(driver, texts.claimDeletions, now(), jobLeaseMs, limit, toRecord),

    settleDeletion(id, isDeleted) {
      const values = [id, isDeleted ? 'deleted' : 'deleting', now().getTime(), jobLeaseMs]
      return write(driver, [{ text: texts.settleDeletion, values }])
    },

    async deleteExpired(most) {
      const values = [now().getTime(), most]
      const statements = [texts.deleteExpired, texts.eraseExpired].map((text) => ({ text, values }))
      const outcomes = await runTwice(driver, statements)
      if (!outcomes.ok) return outcomes
      return ok(outcomes.value.reduce((count, { changes }) => count + changes, 0))
    },
  }
}

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
} as const

interface RecordStatements {
  readonly all: readonly Statement[]
  /** Hits if the result was written. */
  readonly update: Statement
  readonly eventId: string
}

/** Guards where the database needs them, the change, its event, and the verification as it is then. */
function recordStatements(
  texts: Dialect['identityVerifications'],
  outbox: Dialect['outbox'],
  verification: IdentityVerification,
  result: IdentityResult,
  at: Date,
): RecordStatements {
  const { id, sequence, purpose, isOncePerPerson, deletesRecord } = verification
  const { status, reason, detail, impUid, certifiedAt, personKey } = result
  const uniquePerson = isOncePerPerson && status === 'verified' ? personKey : null
  const lock = { text: texts.lockUnchanged, values: [id, sequence] }
  const guard = { text: texts.guardResult, values: [id, impUid, purpose, uniquePerson] }
  const guards = guarded(lock, guard)
  const last = guards.at(-1)
  const update: Statement = {
    text: texts.recordResult,
    values: [
      id,
      sequence,
      status,
      reason,
      detail,
      impUid,
      toMs(certifiedAt),
      personKey,
      uniquePerson,
      deletesRecord ? 'deleting' : 'kept',
      deletesRecord ? at.getTime() : null,
    ],
    ...(last === undefined ? {} : { after: last }),
  }
  const changed = applyIdentityResult(verification, result)
  const eventId = `${id}:${changed.sequence}`
  const payload = JSON.stringify({ identity_verification: presentIdentityVerification(changed) })
  const kind = `identity_verification.${status}`
  const event: Statement = {
    text: outbox.insert,
    values: [eventId, id, changed.sequence, kind, payload, at.getTime()],
    after: update,
  }
  const select = { text: texts.select, values: [id] }
  return { all: [...guards, update, event, select], update, eventId }
}

interface Guard {
  /** Null where the database needs none. */
  readonly text: string | null
  readonly values: Extract<Statement['values'], readonly unknown[]>
}

/** Each guard runs only if the one before it hit. */
function guarded(...guards: readonly Guard[]): readonly Statement[] {
  const statements: Statement[] = []
  for (const { text, values } of guards) {
    const after = statements.at(-1)
    if (text !== null) statements.push({ text, values, ...(after === undefined ? {} : { after }) })
  }
  return statements
}

function toRecord({ id, imp_uid }: { readonly id: MerchantUid; readonly imp_uid: ImpUid }) {
  return { id, impUid: imp_uid }
}

function toVerification(row: VerificationRow): IdentityVerification {
  const expected: ExpectedDigests | null = row.expected === null ? null : JSON.parse(row.expected)
  const { use_reference: reference, used_at: usedAt } = row
  return {
    id: row.id,
    customerId: row.customer_id,
    purpose: row.purpose,
    minimumAge: row.minimum_age,
    pgProvider: row.pg_provider,
    isOncePerPerson: row.once_per_person === 1,
    keepsPersonKey: row.keeps_person_key === 1,
    deletesRecord: row.deletes_record === 1,
    keptUntil: toDate(row.kept_until),
    expected,
    status: row.status,
    reason: row.reason,
    detail: row.detail,
    impUid: row.imp_uid,
    certifiedAt: toDate(row.certified_at),
    personKey: row.person_key,
    use: reference === null || usedAt === null ? null : { reference, at: toDate(usedAt) },
    providerRecord: row.provider_record,
    sequence: row.sequence,
    createdAt: toDate(row.created_at),
    ...(row.payee === null ? {} : { payee: row.payee }),
  }
}
