import { describe, expect, it } from 'vitest'
import { certificationRecord, ci, di } from '../../fixtures/certification.ts'
import { fail, ok } from '../values/result.ts'
import { parseCertification } from './certification.ts'

const parsed = {
  impUid: 'imp_520000000001',
  merchantUid: 'IDV-91',
  pgProvider: 'danal',
  certified: true,
  certifiedAt: new Date('2025-11-27T01:20:00Z'),
  person: { name: '김가상', birthday: '1993-01-01', phone: null, ci, di },
}
const uncertified = {
  impUid: 'imp_520000000001',
  merchantUid: 'IDV-91',
  pgProvider: 'danal',
  certified: false,
}

describe('parseCertification()', () => {
  it('reads what Danal reports, without phone and carrier', () => {
    expect(parseCertification(certificationRecord())).toEqual(ok(parsed))
  })

  it.each([
    ['a phone', { phone: '01000000000', carrier: 'SKT' }, { phone: '01000000000' }],
    ['no DI and no gender', { gender: null, unique_in_site: null }, { di: null }],
    ['T143: an empty CI', { unique_key: '' }, { ci: null }],
    ['T143: a CI of spaces', { unique_key: ' '.repeat(88) }, { ci: null }],
    [
      'T143: the text null',
      { unique_key: 'null', unique_in_site: 'undefined' },
      { ci: null, di: null },
    ],
    ['T143: a CI that is too short to be one', { unique_key: '0' }, { ci: null }],
    ['T143: a CI that is no text', { unique_key: 1, unique_in_site: [di] }, { ci: null, di: null }],
    ['a birth before 1970', { birth: -32_400, birthday: '1969-12-31' }, { birthday: '1969-12-31' }],
    ['no birthday, but a birth of 0', { birth: 0, birthday: null }, { birthday: null }],
    ['a birthday that is no day', { birthday: '2001-02-29' }, { birthday: null }],
    ['a birthday with a time', { birthday: '2001-02-28T00:00:00Z' }, { birthday: null }],
    ['a data: origin of any length', { origin: `data:text/html,${'x'.repeat(5_000)}` }, {}],
    ['no foreigner_v2', { foreigner_v2: undefined }, {}],
  ])('reads a person with %s', (_, changes, person) => {
    expect(parseCertification(certificationRecord(changes))).toEqual(
      ok({ ...parsed, person: { ...parsed.person, ...person } }),
    )
  })

  it.each([
    ['begun', { certified: false, certified_at: 0, birth: 0 }],
    ['without the field', { certified: undefined }],
    ['with null', { certified: null }],
  ])('reads a verification that is not certified: %s', (_, changes) => {
    const begun = { name: null, gender: null, birthday: null, unique_key: null, pg_tid: null }
    expect(parseCertification(certificationRecord({ ...begun, ...changes }))).toEqual(
      ok(uncertified),
    )
  })

  it('reads the record of a verification without a merchant_uid', () => {
    for (const merchant_uid of [null, undefined, '', 1, 'x'.repeat(41)]) {
      expect(parseCertification(certificationRecord({ merchant_uid }))).toEqual(
        ok({ ...parsed, merchantUid: null }),
      )
    }
  })

  it.each([
    ['response', null],
    ['response', []],
    ['imp_uid', certificationRecord({ imp_uid: null })],
    ['imp_uid', certificationRecord({ imp_uid: '../users/getToken' })],
    ['certified', certificationRecord({ certified: 'true' })],
    ['certified', certificationRecord({ certified: 1 })],
    ['certified_at', certificationRecord({ certified_at: 0 })],
    ['certified_at', certificationRecord({ certified_at: '1764206400' })],
    ['certified_at', certificationRecord({ certified_at: 1e300 })],
  ])('refuses a record whose %s is not readable', (field, record) => {
    expect(parseCertification(record)).toEqual(fail({ reason: 'certification_malformed', field }))
  })

  it('T140: reads a payment as a verification that certifies nobody', () => {
    const payment = { imp_uid: 'imp_1', merchant_uid: 'IDV-91', status: 'paid', amount: 100 }
    expect(parseCertification(payment)).toEqual(
      ok({ impUid: 'imp_1', merchantUid: 'IDV-91', pgProvider: null, certified: false }),
    )
  })
})
