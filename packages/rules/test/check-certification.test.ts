import { describe, expect, it } from 'vitest'
import { type CheckContext, checkCertification, type PaymentParameters } from '../src/index.ts'

const right = {
  channelKey: 'channel-key-0b9a3f52-2d5c-4a8e-9a44-6f1f0d7c3e21',
  merchant_uid: 'verification-20261128-0001',
  m_redirect_url: 'https://shop.example/verifications/complete',
  popup: false,
}

const found = (parameters: PaymentParameters, context: CheckContext = {}) =>
  checkCertification({ ...right, ...parameters }, context).map(
    ({ parameter, reason, strength }) => `${parameter} ${reason} ${strength}`,
  )

describe('a request for an identity verification', () => {
  it('is accepted in the form of the provider’s samples, on every device', () => {
    expect([found({}), found({}, { device: 'pc' }), found({}, { device: 'mobile' })]).toEqual([
      [],
      [],
      [],
    ])
    expect(found({ m_redirect_url: undefined, popup: true }, { device: 'mobile' })).toEqual([])
    expect(found({ channelKey: undefined, pg: 'inicis_unified.MIIiasTest' })).toEqual([])
  })

  it.each<readonly [string, PaymentParameters, CheckContext, readonly string[]]>([
    [
      'no return address on a phone',
      { m_redirect_url: '' },
      { device: 'mobile' },
      ['m_redirect_url missing text'],
    ],
    [
      'no return address, wherever it is',
      { m_redirect_url: '', popup: undefined },
      {},
      ['m_redirect_url missing advice'],
    ],
    [
      'a relative return address',
      { m_redirect_url: '/done' },
      {},
      ['m_redirect_url address_not_absolute advice'],
    ],
    ['no id', { merchant_uid: undefined }, {}, ['merchant_uid missing type']],
    ['no channel', { channelKey: undefined }, {}, ['channelKey missing text']],
    ['a misspelt carrier', { carrier: 'KT' }, {}, ['carrier value_not_usable advice']],
    [
      'an age where nobody reads it',
      { pg: 'inicis_unified', min_age: 19 },
      {},
      ['min_age not_usable advice'],
    ],
    ['a popup in an app', { popup: true }, { env: 'app' }, ['popup value_not_usable advice']],
  ])('names %s', (_, parameters, context, expected) => {
    expect(found(parameters, context)).toEqual(expected)
  })
})
