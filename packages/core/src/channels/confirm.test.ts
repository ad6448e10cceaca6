import { describe, expect, it } from 'vitest'
import vectors from '../../fixtures/confirm.json' with { type: 'json' }
import { fail, ok } from '../values/result.ts'
import { parseConfirm } from './confirm.ts'

const body = { imp_uid: 'imp_448280090638', merchant_uid: 'ORD-1', amount: 1004 }
const request = {
  kind: 'payment',
  impUid: 'imp_448280090638',
  merchantUid: 'ORD-1',
  amount: 1004,
}
const malformed = fail({ reason: 'body_malformed' })

describe('parseConfirm()', () => {
  it.each(vectors)('reads $name: $expected', ({ input, reading }) => {
    expect(parseConfirm(input)).toEqual(reading)
  })

  it.each([
    [1004, 1004],
    [14.2, 14.2],
    ['1004', 1004],
    ['14.20', 14.2],
    [undefined, null],
    [null, null],
  ])('reads the amount %o, of JSON or of a form, as %o', (amount, read) => {
    expect(parseConfirm({ ...body, amount })).toEqual(ok({ ...request, amount: read }))
  })

  it.each([
    [''],
    ['1,004'],
    [' 1004'],
    ['-1'],
    ['1e3'],
    ['0x10'],
    ['14.20512'],
    ['NaN'],
    ['1'.repeat(16)],
    [[1004]],
    [{ valueOf: () => 1004 }],
    [true],
  ])('T8: refuses the amount %o', (amount) => {
    expect(parseConfirm({ ...body, amount })).toEqual(malformed)
  })

  it('reads the request of a convenience store as a payment at the counter', () => {
    const { amount: _, ...ids } = body
    const cvsBody = { ...ids, event: 'Galaxia.Cvs.Confirm', status: 'ready', extra: {} }
    expect(parseConfirm(cvsBody)).toEqual(ok({ ...request, kind: 'counter', amount: null }))
  })

  it.each([
    [{ event: 'Inicis.Escrow.Changed' }, malformed],
    [{ imp_uid: undefined }, fail({ reason: 'id_missing', field: 'imp_uid' })],
    [{ imp_uid: '../x' }, fail({ reason: 'id_malformed', field: 'imp_uid' })],
    [{ merchant_uid: '' }, fail({ reason: 'id_missing', field: 'merchant_uid' })],
    [{ imp_uid: ['a', 'b'] }, fail({ reason: 'field_duplicated', field: 'imp_uid' })],
    [{ event: ['Galaxia.Cvs.Confirm'] }, malformed],
    [{ amount: ['1004', '1005'] }, malformed],
  ])('refuses %o', (changes, failure) => {
    expect(parseConfirm({ ...body, ...changes })).toEqual(failure)
  })

  it.each([[null], [[body]], ['x']])('refuses %o, which is not an object', (value) => {
    expect(parseConfirm(value)).toEqual(malformed)
  })
})
