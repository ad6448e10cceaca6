import { describe, expect, it } from 'vitest'
import { fieldOf, fixedTimeSeconds } from '../../../../test/merchant.ts'
import { at, day, entry, month, path, refused, setUp, stored } from '../../../../test/subscriber.ts'

describe('PUT /subscribe/payments/schedule/{merchant_uid}', () => {
  for (const [name, to] of [
    ['earlier', at - day],
    ['later', at + day],
  ] as const) {
    it(`runs a charge moved to an ${name} time once, at that time`, async () => {
      const { schedule, send, advance, readWithNewToken, webhooks } = await setUp()
      await schedule(entry)
      const moved = await send('PUT', `${path}/month-2`, { schedule_at: to })
      await advance(2 * month)
      expect(moved.body['response']).toEqual({ ...stored, schedule_at: to })
      expect([fieldOf(await readWithNewToken(), 'executed_at'), webhooks()]).toEqual([
        to,
        [expect.objectContaining({ status: 'paid' })],
      ])
    })
  }

  for (const schedule_at of [fixedTimeSeconds - 1, null]) {
    it(`refuses to move a charge to ${String(schedule_at)}`, async () => {
      const { schedule, send, read } = await setUp()
      await schedule(entry)
      expect((await send('PUT', `${path}/month-2`, { schedule_at })).status).toBe(400)
      expect(fieldOf(await read(), 'schedule_at')).toBe(at)
    })
  }

  it('refuses a charge that has run, and an unknown one', async () => {
    const { schedule, advance, sendWithNewToken } = await setUp()
    await schedule(entry)
    await advance(month)
    const body = { schedule_at: at + day }
    expect((await sendWithNewToken('PUT', `${path}/month-2`, body)).status).toBe(400)
    expect((await sendWithNewToken('PUT', `${path}/none`, body)).status).toBe(404)
  })
})

describe('POST …/retry and …/reschedule', () => {
  const failed = async () => {
    const merchant = await setUp('declined-once-1')
    await merchant.schedule(entry)
    await merchant.advance(month)
    return merchant
  }

  it('retries a failed charge at once, with a new payment', async () => {
    const { sendWithNewToken, readWithNewToken, webhooks, simulator } = await failed()
    const before = await readWithNewToken()
    const retried = await sendWithNewToken('POST', `${path}/month-2/retry/`, {})
    await simulator.waitForIdle()

    expect(fieldOf(retried, 'status')).toBe('paid')
    expect(fieldOf(retried, 'imp_uid')).not.toBe(fieldOf(before, 'imp_uid'))
    expect((await readWithNewToken()).body['response']).toMatchObject({
      imp_uid: fieldOf(retried, 'imp_uid'),
      payment_status: 'paid',
    })
    expect(webhooks()).toMatchObject([{ status: 'failed' }, { status: 'paid' }])
  })

  it('reschedules a failed charge and runs it at the new time', async () => {
    const { sendWithNewToken, readWithNewToken, advance } = await failed()
    const again = await sendWithNewToken('POST', `${path}/month-2/reschedule`, {
      schedule_at: at + day,
    })
    await advance(day)

    expect(again.body['response']).toEqual({
      ...stored,
      customer_uid: 'declined-once-1',
      schedule_at: at + day,
    })
    expect((await readWithNewToken()).body['response']).toMatchObject({
      executed_at: at + day,
      payment_status: 'paid',
    })
  })

  it('reschedules a cancelled charge', async () => {
    const { schedule, send } = await setUp()
    await schedule(entry)
    await send('POST', '/subscribe/payments/unschedule', { customer_uid: 'gildong' })
    const body = { schedule_at: at + day }
    const again = await send('POST', `${path}/month-2/reschedule`, body)
    expect(again.body['response']).toEqual({ ...stored, schedule_at: at + day })
  })

  it('refuses a charge that has not run, and one that was approved', async () => {
    const { schedule, advance, sendWithNewToken } = await setUp()
    await schedule(entry)
    const calls = async () => [
      await sendWithNewToken('POST', `${path}/month-2/retry`, {}),
      await sendWithNewToken('POST', `${path}/month-2/reschedule`, { schedule_at: at + day }),
    ]
    const early = await calls()
    await advance(month)
    const late = await calls()

    const unrun = refused('아직 실행되지 않은 예약결제입니다.', 400)
    const approved = refused('이미 승인된 예약결제입니다.', 400)
    expect([early, late]).toEqual([
      [unrun, unrun],
      [approved, approved],
    ])
  })

  it('refuses to retry without a schedule, or without a key', async () => {
    const { sendWithNewToken } = await failed()
    await sendWithNewToken('DELETE', '/subscribe/customers/declined-once-1', {})
    expect((await sendWithNewToken('POST', `${path}/month-2/retry`, {})).status).toBe(404)
    expect((await sendWithNewToken('POST', `${path}/none/retry`, {})).status).toBe(404)
  })
})

describe('the lists of schedules', () => {
  const lists = (from: number, to: number) => [
    `/subscribe/customers/gildong/schedules?from=${from}&to=${to}`,
    `${path}/customers/gildong?from=${from}&to=${to}`,
    `${path}?schedule_from=${from}&schedule_to=${to}`,
  ]

  it('contain the charges from one time on and before another, newest first', async () => {
    const { schedule, get } = await setUp()
    await schedule(
      ...[0, 1, 2].map((n) => ({ ...entry, merchant_uid: `n-${n}`, schedule_at: at + n })),
    )
    for (const list of lists(at, at + 2)) {
      const response = await get(list)
      expect(response.body['response']).toMatchObject({
        total: 2,
        previous: 0,
        next: 0,
        list: [{ merchant_uid: 'n-1' }, { merchant_uid: 'n-0' }],
      })
    }
  })

  it('can be filtered by status and reversed', async () => {
    const { schedule, send, get } = await setUp()
    await schedule(entry, { ...entry, merchant_uid: 'b', schedule_at: at + 1 })
    await send('POST', '/subscribe/payments/unschedule', { merchant_uid: 'b' })
    const [byKey = '', , all = ''] = lists(at, at + day)
    const revoked = await get(`${byKey}&schedule-status=revoked`)
    const planned = await get(`${all}&schedule_status=scheduled`)
    const oldest = await get(`${all}&sorting=scheduled&limit=1&page=2`)
    expect([revoked, planned, oldest].map((response) => fieldOf(response, 'list'))).toMatchObject([
      [{ merchant_uid: 'b' }],
      [{ merchant_uid: 'month-2' }],
      [{ merchant_uid: 'b' }],
    ])
  })

  it('refuse more than three months, a range without an end, and an unknown status', async () => {
    const { get } = await setUp()
    const [, , all = ''] = lists(at, at + 93 * day)
    expect((await get(all)).status).toBe(400)
    expect((await get(`${path}?schedule_from=${at}`)).status).toBe(400)
    const [byKey = ''] = lists(at, at + day)
    expect((await get(`${byKey}&schedule-status=done`)).status).toBe(400)
  })

  it('are bare arrays when scheduleLists is set so', async () => {
    const { schedule, get } = await setUp('gildong', { scheduleLists: 'array' })
    await schedule(entry)
    for (const list of lists(at, at + day)) {
      expect((await get(list)).body['response']).toEqual([stored])
    }
  })
})
