import { describe, expect, it } from 'vitest'
import { vectors } from '../../fixtures/vectors.ts'
import { fail, ok } from '../values/result.ts'
import { parseWebhook } from './webhook.ts'

const body = { imp_uid: 'imp_448280090638', merchant_uid: 'ORD-1', status: 'paid' }

describe('parseWebhook()', () => {
  const ours = vectors.filter(({ name }) => name.startsWith('webhook-'))
  it.each(ours)('reads $name: $expected', ({ read, reading }) => {
    expect(read()).toEqual(reading)
  })

  it.each([
    ['paid', 'success', 'paid'],
    ['failed', 'failure', 'failed'],
    ['ready', 'unknown', 'ready'],
    ['cancelled', 'unknown', 'cancelled'],
    ['PAID', 'unknown', 'PAID'],
    ['', 'unknown', null],
    [1, 'unknown', null],
    [undefined, 'unknown', null],
  ])('T7: reads the status %o as no more than the claim %s', (status, claim, claimedStatus) => {
    expect(parseWebhook({ ...body, status })).toEqual(
      ok({
        kind: 'payment',
        channel: 'webhook',
        impUid: body.imp_uid,
        merchantUid: body.merchant_uid,
        claim,
        claimedStatus,
        claimedAmount: null,
        errorCode: null,
        errorMessage: null,
      }),
    )
  })

  it('reads an event that means nothing as an absent one', () => {
    for (const event of [null, '', 'null', 'undefined']) {
      expect(parseWebhook({ ...body, event })).toEqual(parseWebhook(body))
    }
  })

  it('takes an imp_uid alone, and what its repeats agree on', () => {
    const { merchant_uid: _, ...alone } = body
    const read = parseWebhook({ ...alone, status: ['paid', 'paid'] })
    expect(read.ok && read.value).toMatchObject({
      kind: 'payment',
      impUid: body.imp_uid,
      merchantUid: null,
      claim: 'success',
    })
    expect(parseWebhook({ ...body, status: ['paid', 'failed'] })).toMatchObject(
      ok({ claim: 'unknown', claimedStatus: null }),
    )
  })

  it.each([
    [{ type: 'Transaction.Paid', timestamp: 't', data: { paymentId: 'p', transactionId: 't' } }],
    [{ type: 'BillingKey.Issued', data: { billingKey: 'k' } }],
    [{ tx_id: 't', payment_id: 'p', status: 'Paid' }],
  ])('names the cause of %o: webhooks of version V2 were chosen', (value) => {
    expect(parseWebhook(value)).toEqual(fail({ reason: 'webhook_v2' }))
  })

  it.each([[1], [['Inicis.Escrow.Changed']], [{}]])(
    'refuses a body whose event is %o instead of reading it as a payment',
    (event) => {
      expect(parseWebhook({ ...body, event })).toEqual(fail({ reason: 'body_malformed' }))
    },
  )

  it('recognises the test webhook of the console only by both fixed ids', () => {
    const test = { imp_uid: 'imp_1234567890', merchant_uid: 'merchant_1234567890' }
    const kinds = [
      test,
      { ...test, imp_uid: 'imp_1234567891' },
      { ...test, merchant_uid: 'ORD-1' },
    ].map((each) => {
      const read = parseWebhook(each)
      return read.ok && read.value.kind
    })
    expect(kinds).toEqual(['console_test', 'payment', 'payment'])
  })

  it.each([
    [{ imp_uid: ['imp_1', 'imp_2'] }, fail({ reason: 'field_duplicated', field: 'imp_uid' })],
    [{ 'imp_uid[]': 'imp_2' }, fail({ reason: 'field_duplicated', field: 'imp_uid[]' })],
    [{ imp_uid: '../users/getToken' }, fail({ reason: 'id_malformed', field: 'imp_uid' })],
    [{ imp_uid: undefined }, fail({ reason: 'id_missing', field: 'imp_uid' })],
    [{ imp_uid: 'null', status: 'failed' }, fail({ reason: 'id_missing', field: 'imp_uid' })],
  ])('T30: refuses %o', (changes, failure) => {
    expect(parseWebhook({ ...body, ...changes })).toEqual(failure)
  })

  it.each([[null], [[body]], ['x'], [1]])('refuses %o, which is not an object', (value) => {
    expect(parseWebhook(value)).toEqual(fail({ reason: 'body_malformed' }))
  })
})
