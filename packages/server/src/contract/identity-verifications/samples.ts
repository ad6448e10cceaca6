import { strict as assert } from 'node:assert'
import type {
  IdentityResult,
  IdentityVerification,
  NewIdentityVerification,
  Store,
} from '../../index.ts'
import { impUid, merchantUid, take } from '../samples.ts'

/** Each race has two rows that nothing else writes: fewer are enough than for orders. */
export const races = 96
export const dayMs = 24 * 60 * 60_000
export const createdAt = new Date('2026-11-22T03:00:00.123Z')
export const ids = (number: number) => merchantUid(`identity${String(number).padStart(24, '0')}`)

export function expecting(
  number: number,
  changes: Partial<NewIdentityVerification> = {},
): NewIdentityVerification {
  return {
    id: ids(number),
    customerId: 'customer/1',
    purpose: '성인 인증',
    minimumAge: 19,
    pgProvider: 'danal',
    isOncePerPerson: false,
    keepsPersonKey: false,
    deletesRecord: false,
    expected: null,
    keptUntil: new Date(createdAt.getTime() + dayMs),
    ...changes,
  }
}

export const create = async (
  store: Store,
  number: number,
  changes: Partial<NewIdentityVerification> = {},
): Promise<IdentityVerification> =>
  take(await store.identityVerifications.create(expecting(number, changes)))

export function verified(uid: string, personKey: string | null = null): IdentityResult {
  return {
    status: 'verified',
    reason: null,
    detail: null,
    impUid: impUid(uid),
    certifiedAt: new Date('2026-11-22T03:01:00.000Z'),
    personKey,
  }
}

export const refused = (uid: string): IdentityResult => ({
  ...verified(uid),
  status: 'refused',
  reason: 'person_mismatch',
  detail: 'name',
})

export const untouched = {
  status: 'pending',
  reason: null,
  detail: null,
  impUid: null,
  certifiedAt: null,
  personKey: null,
  use: null,
  providerRecord: 'kept',
  sequence: 0,
  createdAt,
} as const

export const record = async (
  store: Store,
  verification: IdentityVerification,
  result: IdentityResult,
): Promise<IdentityVerification> => {
  const recorded = take(await store.identityVerifications.record(verification, result))
  assert.ok(recorded)
  return recorded
}
