import { describe, expect, it } from 'vitest'
import { record } from '../../fixtures/sample.ts'
import { parseCallback } from '../channels/callback.ts'
import { parsePayment } from '../payment/payment.ts'
import { readSingle, readText } from './fields.ts'

describe('readText()', () => {
  it.each([
    ['a\u0000b', 'a\uFFFDb'],
    ['\ud800', '\uFFFD'],
    ['a\udc00\ud800b', 'a\uFFFD\uFFFDb'],
    ['\u0001\u001b[31m\u007f\u0085', '\uFFFD\uFFFD[31m\uFFFD\uFFFD'],
    ['한도\t초과\r\n😀', '한도\t초과\r\n😀'],
    ['\uFEFF[CC61]\u200b', '\uFEFF[CC61]\u200b'],
  ])('T59: reads %j as %j, which every database stores', (text, cleaned) => {
    expect(readText({ text }, 'text')).toBe(cleaned)
  })

  it.each([
    [undefined],
    [null],
    [''],
    [' \n'],
    ['null'],
    ['undefined'],
    ['NaN'],
    ['nil'],
    ['(null)'],
    ['<null>'],
    ['[object Object]'],
  ])('reads %j as nothing', (text) => {
    expect(readText({ text }, 'text')).toBeNull()
  })

  it.each(['none', 'nullable', 'null null', '0', 'false', '[object', 'object'])(
    'reads %j as the text that it is',
    (text) => {
      expect(readText({ text }, 'text')).toBe(text)
    },
  )
})

describe('readSingle()', () => {
  it.each([
    [['a', 'a'], 'a'],
    [['', 'a', null, 'undefined'], 'a'],
    [
      ['a', 'b', 'a'],
      ['a', 'b', 'a'],
    ],
    [['', 'null'], undefined],
    [['a'], ['a']],
    [[], []],
    ['a', 'a'],
  ])('reads %j as %j', (value, read) => {
    expect(readSingle({ value }, 'value')).toEqual(read)
  })
})

describe('text of the provider with characters that PostgreSQL refuses', () => {
  it('T59: is cleaned in the message of a browser and in the record', () => {
    const ids = { imp_uid: 'imp_448280090638', merchant_uid: 'ORD-1' }
    const read = parseCallback({ ...ids, success: false, error_msg: '거절\u0000\ud83d' })
    expect(read.ok && read.value).toMatchObject({ errorMessage: '거절\uFFFD\uFFFD' })
    const payment = parsePayment(record({ status: 'failed', fail_reason: '[CC61]\u0000 한도' }))
    expect(payment.ok && payment.value).toMatchObject({ failReason: '[CC61]\uFFFD 한도' })
  })
})
