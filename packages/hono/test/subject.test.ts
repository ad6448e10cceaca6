import type { MerchantUid } from '@quayside/core'
import type { Subject, SubjectNotice, SubjectOutcome } from '@quayside/hono'
import { describe, expect, it } from 'vitest'
import { createFixture, pages, read } from './completion-fixture.ts'

const known = 'card-1'
const messages = {
  success: { ko: '등록되었습니다.', en: 'Registered.' },
  failed: { ko: '등록하지 못했습니다.', en: 'Not registered.' },
  cancelled: { ko: '등록을 취소했습니다.', en: 'Registration cancelled.' },
  pending: { ko: '확인하고 있습니다.', en: 'We are checking.' },
}

/** The registration of a card, known by one id, whose outcome is given. */
function createCards(outcome: SubjectOutcome) {
  const notices: Omit<SubjectNotice, 'lookUp'>[] = []
  const subject: Subject = {
    name: 'card',
    owns: (merchantUid: MerchantUid) => merchantUid.startsWith('card-'),
    complete: async ({ lookUp, ...notice }) => {
      if (notice.merchantUid !== known) return { status: 'unknown' }
      notices.push(notice)
      if (notice.impUid !== null) await lookUp(notice.impUid)
      return outcome
    },
    messages,
  }
  return { subject, notices }
}

const noText = { errorCode: null, errorMessage: null }
const refused = { status: 'refused', reason: 'other_card' } as const
const outcomes = [
  [{ status: 'success' }, 200, { status: 'success', message: 'Registered.' }, 'success', 200],
  [
    { status: 'failed', errorCode: 'F1', errorMessage: '카드 오류' },
    200,
    { status: 'failed', message: 'Not registered.', error_code: 'F1', error_msg: '카드 오류' },
    'failed',
    200,
  ],
  [
    { status: 'failed', errorCode: null, errorMessage: '이미 결제된 주문입니다' },
    202,
    { status: 'pending', message: 'We are checking.' },
    'pending',
    200,
  ],
  [
    { status: 'cancelled' },
    200,
    { status: 'cancelled', message: 'Registration cancelled.' },
    'cancelled',
    200,
  ],
  [{ status: 'pending' }, 202, { status: 'pending', message: 'We are checking.' }, 'pending', 200],
  [
    { status: 'unavailable', reason: 'provider_unavailable' },
    202,
    { status: 'pending', message: 'We are checking.' },
    'pending',
    503,
  ],
  [
    refused,
    409,
    {
      status: 'forgery',
      message:
        'This could not be confirmed as a payment of this order. If you have paid, please do not pay again and contact the shop.',
    },
    'pending',
    200,
  ],
] as const

describe('a notice about something other than an order', () => {
  it.each(outcomes)(
    '%o is told to the page, the phone and the provider',
    async (outcome, status, body, page, webhookStatus) => {
      const { subject } = createCards(outcome)
      const { app, complete, webhook, pay, reports } = createFixture({ subjects: [subject] })
      const imp_uid = await pay(known)
      const ids = { imp_uid, merchant_uid: known }
      const query = `imp_uid=${imp_uid}&merchant_uid=${known}`
      const redirected = await app.request(`/payments/redirect?${query}`)
      expect(await read(complete(ids))).toEqual({ status, body })
      expect(redirected.headers.get('location')).toBe(pages[page])
      expect((await webhook({ ...ids, status: 'paid' })).status).toBe(webhookStatus)
      expect(reports).toEqual(
        (['redirect', 'complete', 'webhook'] as const).map((route) => ({
          kind: 'subject',
          route,
          subject: 'card',
          merchantUid: known,
          impUid: imp_uid,
          outcome,
        })),
      )
    },
  )

  it('that names only a payment is told apart by its record, which is looked up once', async () => {
    const { subject, notices } = createCards({ status: 'success' })
    const { complete, webhook, pay, lookups, order } = createFixture({ subjects: [subject] })
    order('ORD-1')
    const registered = await pay(known)
    const paid = await pay('ORD-1')
    expect(await read(complete({ imp_uid: registered }))).toMatchObject({
      body: { status: 'success', message: 'Registered.' },
    })
    expect(await read(webhook({ imp_uid: registered, status: 'paid' }))).toMatchObject({
      status: 200,
    })
    expect(await lookups()).toBe(2)
    expect(notices).toMatchObject([
      { merchantUid: known, impUid: registered },
      { merchantUid: known, impUid: registered },
    ])
    expect(await read(complete({ imp_uid: paid }))).toMatchObject({
      body: { status: 'success', message: 'The payment is complete.' },
    })
    expect(await lookups()).toBe(3)
  })

  it('T132: that names only a payment has other kinds of records looked up as well', async () => {
    const asked: string[] = []
    const { subject } = createCards({ status: 'success' })
    const withKey: Subject = {
      ...subject,
      async complete(notice) {
        const { impUid } = notice
        if (impUid === null) return { status: 'unknown' }
        const fetch = async () => {
          asked.push(impUid)
          return { ok: true, value: { customer_uid: 'ck-1' } } as const
        }
        const key = await notice.lookUp(impUid, { record: 'key', fetch })
        const payment = await notice.lookUp(impUid)
        const isKey = key.ok && JSON.stringify(key.value) === '{"customer_uid":"ck-1"}'
        return { status: isKey && payment.ok ? 'success' : 'pending' }
      },
    }
    const { complete, pay } = createFixture({ subjects: [withKey] })
    const imp_uid = await pay(known)
    expect(await read(complete({ imp_uid }))).toMatchObject({ body: { status: 'success' } })
    expect(asked).toEqual([imp_uid])
  })

  it('reports a failure of the browser, or none that can be read, without a record', async () => {
    const { subject, notices } = createCards({ status: 'failed', ...noText })
    const { app, complete } = createFixture({ subjects: [subject] })
    await complete({ merchant_uid: known, success: false, error_msg: '취소' })
    const query = `merchant_uid=${known}&imp_uid=../../x`
    const returned = await app.request(`/payments/redirect?${query}`)
    expect(returned.headers.get('location')).toBe(pages.pending)
    const fields = { merchantUid: known, impUid: null, claimedStatus: null, errorCode: null }
    expect(notices).toEqual([
      { ...fields, channel: 'callback', claim: 'failure', errorMessage: '취소' },
      { ...fields, channel: 'redirect', claim: 'unknown', errorMessage: null },
    ])
  })

  it('passes on an identity verification that names it', async () => {
    const { subject, notices } = createCards({ status: 'success' })
    const { complete } = createFixture({ subjects: [subject] })
    const verified = { imp_uid: 'imp_1', merchant_uid: known, pg_type: 'certification' }
    expect(await read(complete({ ...verified, success: true }))).toMatchObject({
      body: { status: 'success' },
    })
    expect(notices).toMatchObject([{ claim: 'success', impUid: 'imp_1' }])
  })

  it('T130: an unknown id gets what an unknown order gets, and costs no more lookups', async () => {
    const { subject } = createCards({ status: 'success' })
    const withCards = createFixture({ subjects: [subject] })
    const without = createFixture()
    const paidCard = await withCards.pay('card-2')
    const samePayment = await without.pay('card-2')
    const bodies = [
      { merchant_uid: 'card-2' },
      { merchant_uid: 'card-2', customer_uid: 'ck-1', paid_amount: 0 },
      { merchant_uid: 'card-2', success: false, error_code: 'F1', error_msg: '취소' },
      { merchant_uid: 'card-2', pg_type: 'certification' },
      {},
    ]
    const ask = async ({ app, complete, webhook }: typeof without, imp_uid: string) => {
      const responses: Response[] = []
      for (const body of bodies) {
        responses.push(await complete({ imp_uid, ...body }), await webhook({ imp_uid, ...body }))
        const query = new URLSearchParams({ imp_uid, ...body } as Record<string, string>).toString()
        responses.push(await app.request(`/payments/redirect?${query}`))
        responses.push(await app.request('/payments/redirect?merchant_uid=card-2&imp_uid=/'))
      }
      return Promise.all(
        responses.map(async (each) => [each.status, [...each.headers], await each.text()]),
      )
    }
    expect(await ask(withCards, paidCard)).toEqual(await ask(without, samePayment))
    expect(await withCards.lookups()).toBe(await without.lookups())
    const refusing = createFixture({ subjects: [createCards(refused).subject] })
    const foreign = await refusing.complete({ imp_uid: 'imp_1', merchant_uid: known })
    const unknown = await without.complete({ imp_uid: 'imp_1', merchant_uid: 'card-2' })
    expect([foreign.status, await foreign.text()]).toEqual([unknown.status, await unknown.text()])
  })
})
