import { describe, expect, it } from 'vitest'
import { createMerchant, toRecord } from '../../../test/merchant.ts'
import type { SimulatorOptions } from '../../options.ts'

const origin = 'http://localhost:8788'

/** A simulator at an address of its own, and a reader of its pages. */
function setUp(options: SimulatorOptions = {}) {
  const merchant = createMerchant({ origin, ...options })
  const open = async (url: unknown, language = 'ko') => {
    const response = await merchant.simulator.fetch(String(url), {
      headers: { 'accept-language': language },
    })
    return { status: response.status, headers: response.headers, page: await response.text() }
  }
  return { ...merchant, open }
}

/** The rows of a slip, as a person reads them. */
function rowsOf(page: string): Record<string, string> {
  const rows = page.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)
  return Object.fromEntries([...rows].map(([, label = '', value = '']) => [label, value]))
}

const titleOf = (page: string) => /<title>(.*?)<\/title>/.exec(page)?.[1]
const statusOf = (page: string) => /<span class="status [a-z]+">(.*?)<\/span>/.exec(page)?.[1]

describe('the page that receipt_url leads to', () => {
  it('shows a card payment, in the language of the browser or of the link', async () => {
    const { seedPayment, open } = setUp()
    const { receipt_url, pg_tid, apply_num } = await seedPayment({
      name: '우전 녹차',
      amount: 64_900,
      buyer_name: '김온기',
      buyer_tel: '010-1234-5678',
      card_quota: 3,
    })
    expect(receipt_url).toBe(`${origin}/slips?tid=${String(pg_tid)}`)

    const korean = await open(receipt_url)
    expect([korean.status, titleOf(korean.page), statusOf(korean.page)]).toEqual([
      200,
      '신용카드 매출전표 · 64,900원',
      '결제 완료',
    ])
    expect(rowsOf(korean.page)).toEqual({
      가맹점: 'imp00000000',
      전자결제대행사: 'KG이니시스',
      주문번호: 'order-1',
      상품명: '우전 녹차',
      구매자: '김온기',
      결제수단: '신용카드',
      카드: '신한카드 451842*********1',
      할부: '3개월',
      승인번호: apply_num,
      '결제 일시': '2026. 3. 2. 오후 12:00:00',
      거래번호: pg_tid,
    })
    expect(korean.page).not.toContain('010-1234-5678')

    for (const english of [
      await open(receipt_url, 'en-US'),
      await open(`${String(receipt_url)}&lang=en`),
    ]) {
      expect(titleOf(english.page)).toBe('Card sales slip · ₩64,900')
      expect(rowsOf(english.page)).toMatchObject({ Buyer: '김온기', Instalments: '3 months' })
    }
  })

  it('shows each cancel on a slip of its own, and what is left on that of the payment', async () => {
    const { seedPayment, control, open } = setUp()
    const { imp_uid } = await seedPayment({ amount: 10_000, name: '찻잔' })
    const partly = await control(`/payments/${String(imp_uid)}/cancel`, { amount: 4000 })
    const [first] = [partly.body['cancel_history']].flat().map(toRecord)

    const cancel = await open(first?.['receipt_url'])
    expect([titleOf(cancel.page), statusOf(cancel.page)]).toEqual(['취소 전표 · − 4,000원', '취소'])
    expect(rowsOf(cancel.page)).toMatchObject({
      '결제 금액': '10,000원',
      '취소 일시': '2026. 3. 2. 오후 12:00:00',
      거래번호: first?.['pg_tid'],
    })
    expect(cancel.page).toContain(`href="/slips?tid=${String(partly.body['pg_tid'])}&amp;lang=ko"`)

    const payment = await open(partly.body['receipt_url'])
    expect(statusOf(payment.page)).toBe('부분 취소')
    expect(rowsOf(payment.page)).toMatchObject({ '취소 후 남은 금액': '6,000원' })
    expect(payment.page).toContain(`href="/slips?tid=${String(first?.['pg_tid'])}&amp;lang=ko"`)

    await control(`/payments/${String(imp_uid)}/cancel`, {})
    const cancelled = await open(partly.body['receipt_url'])
    expect(statusOf(cancelled.page)).toBe('취소')
  })

  it('lists the newest 50 cancels of a payment with 500', async () => {
    const { seedPayment, control, open } = setUp()
    const { imp_uid, receipt_url } = await seedPayment({ amount: 501 })
    for (let count = 0; count < 500; count++) {
      await control(`/payments/${String(imp_uid)}/cancel`, { amount: 1 })
    }
    const { page } = await open(receipt_url)
    expect(page.match(/<li>/g)).toHaveLength(50)
    expect(page).toContain('이전 취소 450건은 표시하지 않았습니다.')
  })

  it('shows a deposit once it was made: before, there is no slip', async () => {
    const { seedPayment, control, open } = setUp()
    const account = { pay_method: 'vbank', status: 'ready', vbank_num: '12345678901234' }
    const { imp_uid, pg_tid, receipt_url } = await seedPayment(account)
    const before = await open(`${origin}/slips?tid=${String(pg_tid)}`)
    const deposited = await control(`/payments/${String(imp_uid)}/deposit`)
    const { page } = await open(deposited.body['receipt_url'])

    expect([receipt_url, before.status]).toEqual([null, 404])
    expect(titleOf(page)).toBe('가상계좌 입금 영수증 · 1,000원')
    expect(rowsOf(page)).toMatchObject({
      '입금 계좌': 'KB국민은행 12345678901234',
      '입금 일시': '2026. 3. 2. 오후 12:00:00',
    })
  })

  it('shows a cash receipt, and that it was revoked with its payment', async () => {
    const { seedPayment, send, control, open } = setUp()
    const { imp_uid } = await seedPayment({ pay_method: 'trans', amount: 11_000, name: '호지차' })
    const path = `/receipts/${String(imp_uid)}`
    const issued = await send('POST', path, { identifier: '01012345678', type: 'company' })
    const { receipt_url, receipt_tid, apply_num } = toRecord(issued.body['response'])

    const valid = await open(receipt_url)
    expect([titleOf(valid.page), statusOf(valid.page)]).toEqual(['현금영수증 · 11,000원', '발급'])
    expect(rowsOf(valid.page)).toEqual({
      공급가액: '10,000원',
      부가세: '1,000원',
      용도: '지출증빙용',
      가맹점: 'imp00000000',
      전자결제대행사: 'KG이니시스',
      주문번호: 'order-1',
      상품명: '호지차',
      승인번호: apply_num,
      '발급 일시': '2026. 3. 2. 오후 12:00:00',
      거래번호: receipt_tid,
    })
    expect(valid.page).not.toContain('01012345678')

    await control(`/payments/${String(imp_uid)}/cancel`, {})
    expect(statusOf((await open(receipt_url)).page)).toBe('발급 취소')
  })

  it('shows a cash receipt of a sale outside the provider', async () => {
    const { send, open } = setUp()
    const sale = { channel_key: 'channel-key-html5_inicis-api', name: '현장 판매', amount: 5500 }
    const issued = await send('POST', '/receipts/external/SHOP-1', {
      ...sale,
      identifier: '01012345678',
    })
    const { page } = await open(toRecord(issued.body['response'])['receipt_url'])
    expect(titleOf(page)).toBe('현금영수증 · 5,500원')
    expect(rowsOf(page)).toMatchObject({ 주문번호: 'SHOP-1', 용도: '소득공제용' })
  })

  it('is that of a sub-merchant as well, under its own name', async () => {
    const { simulator, open } = setUp()
    const response = await simulator.fetch(`${origin}/_simulator/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', tier: 'T01' },
      body: JSON.stringify({ merchant_uid: 'branch-1', amount: 1000 }),
    })
    const { page } = await open(toRecord(await response.json())['receipt_url'])
    expect(rowsOf(page)).toMatchObject({ 가맹점: '하위상점 1', 주문번호: 'branch-1' })
  })

  it('is still there after a restart at another address, to which the records then lead', async () => {
    const before = setUp()
    const { imp_uid, pg_tid } = await before.seedPayment({})
    const snapshot = JSON.parse(JSON.stringify(before.simulator.snapshot()))
    const after = setUp({ snapshot, origin: 'http://localhost:9000' })
    const record = await after.get(`/payments/${String(imp_uid)}`)
    const { receipt_url } = toRecord(record.body['response'])

    expect(receipt_url).toBe(`http://localhost:9000/slips?tid=${String(pg_tid)}`)
    expect((await after.open(receipt_url)).status).toBe(200)
  })

  it('T241: shows markup in an order as text, and runs no script but its own', async () => {
    const markup = '<img src=x onerror=alert(1)>'
    const { seedPayment, open } = setUp()
    const fields = { name: markup, buyer_name: markup, merchant_uid: '"><script>1</script>' }
    const { receipt_url } = await seedPayment({ ...fields, pg_tid: '"><b>' })
    const { status, page, headers } = await open(receipt_url)

    expect(status).toBe(200)
    expect(page).not.toMatch(/<img|<b>|<script>/)
    expect(rowsOf(page)).toMatchObject({
      상품명: '&lt;img src=x onerror=alert(1)&gt;',
      주문번호: '&quot;&gt;&lt;script&gt;1&lt;/script&gt;',
    })
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
  })

  it('T242: is found by the number of the transaction only, and passes the number on to nobody', async () => {
    const { seedPayment, open } = setUp()
    const paid = await seedPayment({ imp_uid: 'imp_000000000001', amount: 1000 })
    const key = await seedPayment({ merchant_uid: 'key-1', amount: 0, customer_uid: 'gildong' })
    const failed = await seedPayment({ merchant_uid: 'failed-1', status: 'failed' })
    const tids = [paid['imp_uid'], paid['merchant_uid'], key['pg_tid'], failed['pg_tid'], '']
    const guesses = await Promise.all(
      tids.map((tid) => open(`${origin}/slips?tid=${encodeURIComponent(String(tid))}`)),
    )
    const none = await open(`${origin}/slips`)

    expect(paid['pg_tid']).toMatch(/\d{16}$/)
    expect(none.status).toBe(404)
    for (const { status, page } of guesses) expect([status, page]).toEqual([404, none.page])
    const { headers } = await open(paid['receipt_url'])
    expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual([
      'no-referrer',
      'no-store',
    ])
  })
})
