import { describe, expect, it } from 'vitest'
import { certificationRecord, ci, di } from '../../fixtures/certification.ts'
import { merchantUid, take } from '../../fixtures/sample.ts'
import type { Fields } from '../values/fields.ts'
import { fail, ok, type Result } from '../values/result.ts'
import { parseCertification } from './certification.ts'
import {
  decideIdentity,
  type ExpectedIdentity,
  findDifference,
  type IdentityFailure,
  type IdentityRefusal,
  toComparableDetails,
  type VerifiedIdentity,
  verifyIdentity,
} from './verify-identity.ts'

const requestedAt = new Date('2025-11-27T01:15:00Z')
const certifiedAt = new Date('2025-11-27T01:20:00Z')
const now = new Date('2025-11-27T01:21:00Z')
const expected: ExpectedIdentity = {
  merchantUid: merchantUid('IDV-91'),
  requestedAt,
  minimumAge: null,
  pgProvider: null,
  person: null,
  needsPersonKey: false,
}
const person = { name: '김가상', birthday: '1993-01-01', phone: null, ci, di }
const later = (ms: number, from: Date = certifiedAt) => new Date(from.getTime() + ms)
const minuteMs = 60_000

function verify(
  record: Fields,
  changes: Partial<ExpectedIdentity> = {},
  at: Date = now,
): Result<VerifiedIdentity, IdentityFailure> {
  const certification = take(parseCertification(certificationRecord(record)))
  return verifyIdentity(certification, { ...expected, ...changes }, at)
}

describe('verifyIdentity()', () => {
  it('verifies whoever completed the request, with the key of the person', () => {
    const personKey = { kind: 'ci', value: ci }
    expect(verify({})).toEqual(ok({ certifiedAt, person, personKey }))
  })

  it.each(['IDV-92', 'idv-91', 'IDV-91 ', null, ''])(
    "T140: refuses another visitor's verification: %j",
    (merchant_uid) => {
      const actual = merchant_uid === '' ? null : merchant_uid
      expect(verify({ merchant_uid })).toEqual(
        fail({ reason: 'verification_mismatch', expected: 'IDV-91', actual }),
      )
    },
  )

  it('waits for a verification that is not completed', () => {
    expect(verify({ certified: false, certified_at: 0 })).toEqual(fail({ reason: 'not_certified' }))
  })

  it('T144: accepts a verification for half an hour', () => {
    expect(verify({}, {}, later(30 * minuteMs)).ok).toBe(true)
    const after = later(30 * minuteMs + 1)
    expect(verify({}, {}, after)).toEqual(
      fail({ reason: 'certification_expired', certifiedAt, now: after }),
    )
  })

  it('T144: refuses one from before the request, by more than clocks differ', () => {
    const after = later(5 * minuteMs + 1)
    expect(verify({}, { requestedAt: after }, after)).toEqual(
      fail({ reason: 'certified_before_request', certifiedAt, requestedAt: after }),
    )
    expect(verify({}, { requestedAt: later(5 * minuteMs) }, after).ok).toBe(true)
  })

  it('T144: believes no clock that was set back: the verification would count for longer', () => {
    const before = later(-5 * minuteMs - 1)
    const failure = { reason: 'certified_in_future', certifiedAt, now: before } as const
    expect(verify({}, { requestedAt: before }, before)).toEqual(fail(failure))
    expect(decideIdentity(fail(failure))).toEqual({ kind: 'wait', reason: failure.reason })
    expect(verify({}, {}, later(-5 * minuteMs)).ok).toBe(true)
  })

  it('T148: refuses another channel than was requested', () => {
    expect(verify({}, { pgProvider: 'inicis_unified' })).toEqual(
      fail({ reason: 'channel_mismatch', expected: 'inicis_unified', actual: 'danal' }),
    )
    expect(verify({ pg_provider: null }, { pgProvider: 'danal' })).toEqual(
      fail({ reason: 'channel_mismatch', expected: 'danal', actual: null }),
    )
    expect(verify({}, { pgProvider: 'danal' }).ok).toBe(true)
  })

  describe('with a least age', () => {
    const young = fail({ reason: 'age_below_minimum', minimumAge: 19 })
    const atMidnight = new Date('2025-11-27T15:00:00Z')
    const certified_at = atMidnight.getTime() / 1_000 - 60

    it.each([
      ['T142: the eve of the birthday', later(-1, atMidnight), '2006-11-28', false],
      ['T142: the birthday', atMidnight, '2006-11-28', true],
      ['T142: the year of birth alone', later(-1, atMidnight), '2006-12-31', false],
      ['T142: a leap day', atMidnight, '2008-02-29', false],
    ])('decides by full years on the day in Seoul: %s', (_, at, birthday, isOldEnough) => {
      const result = verify({ birthday, certified_at }, { minimumAge: 19 }, at)
      expect(result.ok ? ok(null) : result).toEqual(isOldEnough ? ok(null) : young)
    })

    it('T142: refuses a person whose birthday is not known', () => {
      const missing = fail({ reason: 'birthday_missing' })
      expect(verify({ birthday: null }, { minimumAge: 19 })).toEqual(missing)
      expect(verify({ birthday: '19930101' }, { minimumAge: 0 })).toEqual(missing)
    })
  })

  describe('with an expected person', () => {
    const nobody = { name: null, birthday: null, phone: null }

    it.each([
      ['the name', { name: '김 가상' }, {}, true],
      ['a name in another case', { name: 'kim John' }, { name: 'KIM JOHN' }, true],
      ['a name of decomposed characters', { name: '김가상'.normalize('NFD') }, {}, true],
      ['the birthday', { birthday: '1993-01-01' }, {}, true],
      ['the phone', { phone: '+82 10-1234-5678' }, { phone: '01012345678' }, true],
      [
        'the phone with its zero',
        { phone: '+82 (0)10 1234 5678' },
        { phone: '010-1234-5678' },
        true,
      ],
      ['another name', { name: '김가인' }, {}, 'name'],
      ['another birthday', { name: '김가상', birthday: '1993-01-02' }, {}, 'birthday'],
      ['another phone', { phone: '01012345678' }, { phone: '01012345679' }, 'phone'],
    ])('compares %s', (_, known, record, expectation) => {
      const result = verify(record, { person: { ...nobody, ...known } })
      expect(result.ok ? true : result.failure).toEqual(
        expectation === true ? true : { reason: 'person_mismatch', field: expectation },
      )
    })

    it('refuses where the channel does not report what is expected', () => {
      expect(verify({}, { person: { ...nobody, phone: '01012345678' } })).toEqual(
        fail({ reason: 'person_detail_missing', field: 'phone' }),
      )
    })

    it('compares digests as well', () => {
      const digests = { name: 'a1', birthday: 'b2', phone: null }
      expect(findDifference(digests, { ...digests, phone: 'c3' })).toBeNull()
      expect(findDifference(digests, { ...digests, birthday: 'B2' })).toEqual({
        reason: 'person_mismatch',
        field: 'birthday',
      })
      expect(toComparableDetails(nobody)).toEqual(nobody)
    })
  })

  describe('with the key of the person', () => {
    const keyOf = (record: Fields) => {
      const result = verify(record, { needsPersonKey: true })
      return result.ok ? result.value.personKey : result.failure
    }

    it('takes the CI, and the DI where the channel reports no CI', () => {
      expect(keyOf({})).toEqual({ kind: 'ci', value: ci })
      expect(keyOf({ unique_key: null })).toEqual({ kind: 'di', value: di })
    })

    it.each([
      ['empty', { unique_key: '', unique_in_site: '' }],
      ['null', { unique_key: null, unique_in_site: null }],
      ['absent', { unique_key: undefined, unique_in_site: undefined }],
      ['blank', { unique_key: ' ', unique_in_site: ' ' }],
    ])('T143: an %s CI and DI is no person', (_, record) => {
      expect(keyOf(record)).toEqual({ reason: 'person_key_missing' })
      expect(verify(record)).toEqual(
        ok({ certifiedAt, person: { ...person, ci: null, di: null }, personKey: null }),
      )
    })
  })
})

describe('decideIdentity()', () => {
  const instants = { certifiedAt, now, requestedAt }
  const id = merchantUid('IDV-91')

  it.each<IdentityRefusal>([
    { reason: 'certified_before_request', ...instants },
    { reason: 'certification_expired', ...instants },
    { reason: 'channel_mismatch', expected: 'danal', actual: null },
    { reason: 'birthday_missing' },
    { reason: 'age_below_minimum', minimumAge: 19 },
    { reason: 'person_detail_missing', field: 'phone' },
    { reason: 'person_mismatch', field: 'name' },
    { reason: 'person_key_missing' },
  ])('refuses for good: $reason', (failure) => {
    expect(decideIdentity(fail(failure))).toEqual({ kind: 'refused', failure })
  })

  it('waits while the verification may still count', () => {
    const wait = (reason: string) => ({ kind: 'wait', reason })
    expect(decideIdentity(fail({ reason: 'not_certified' }))).toEqual(wait('not_certified'))
    expect(decideIdentity(fail({ reason: 'certified_in_future', ...instants }))).toEqual(
      wait('certified_in_future'),
    )
  })

  it("T140: decides nothing by another visitor's verification", () => {
    const failure = { reason: 'verification_mismatch', expected: id, actual: null } as const
    expect(decideIdentity(fail(failure))).toEqual({ kind: 'foreign' })
  })

  it('verifies what fulfils the request', () => {
    const identity = take(verify({}))
    expect(decideIdentity(ok(identity))).toEqual({ kind: 'verified', identity })
  })
})
