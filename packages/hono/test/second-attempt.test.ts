import type { Order } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { createFixture, pages, read } from './completion-fixture.ts'

const pending = {
  status: 202,
  body: {
    status: 'pending',
    message: 'We are checking the payment. Please wait a moment and do not pay again.',
  },
}
const failedWith = (error_msg: string) => ({
  status: 200,
  body: {
    status: 'failed',
    message: 'The payment was not completed. You can try again.',
    error_msg,
  },
})
const locationOf = async (response: Response | Promise<Response>) =>
  (await response).headers.get('location')

/** A fixture whose order ORD-1 has failed by a first payment. */
async function createFailed() {
  const fixture = createFixture()
  fixture.order('ORD-1')
  const imp_uid = await fixture.pay('ORD-1', {
    status: 'failed',
    overrides: { fail_reason: '한도 초과' },
  })
  const first = { imp_uid, merchant_uid: 'ORD-1' }
  expect(await read(fixture.complete(first))).toEqual(failedWith('한도 초과'))
  return fixture
}

describe('T90: the second payment of an order that failed by its first', () => {
  it('waits while it has no result', async () => {
    const { pay, complete, app } = await createFailed()
    const imp_uid = await pay('ORD-1', { status: 'ready' })
    const ids = { imp_uid, merchant_uid: 'ORD-1' }
    expect(await read(complete(ids))).toEqual(pending)
    expect(await read(complete({ imp_uid }))).toEqual(pending)
    const url = `/payments/redirect?imp_uid=${imp_uid}&merchant_uid=ORD-1&imp_success=true`
    expect(await locationOf(app.request(url))).toBe(pages.pending)
    // A refusal of the window is about this payment, and not what the first one failed with.
    expect(await read(complete({ ...ids, success: false, error_msg: '취소' }))).toEqual(
      failedWith('취소'),
    )
  })

  it('shows the reason of its own failure', async () => {
    const { pay, complete } = await createFailed()
    const imp_uid = await pay('ORD-1', {
      status: 'failed',
      overrides: { fail_reason: '비밀번호 오류' },
    })
    expect(await read(complete({ imp_uid, merchant_uid: 'ORD-1' }))).toEqual(
      failedWith('비밀번호 오류'),
    )
  })
})

describe('T90: money for an order that is closed', () => {
  it.each(['expired', 'cancelled'] as const)('that is %s waits for the shop', async (status) => {
    const { store, order } = createFixture()
    const closed: Order = { ...order('ORD-1'), status }
    const fixture = createFixture({
      store: {
        ...store,
        find: async () => ({ ok: true, value: closed }),
        recordAttempt: async () => ({ ok: true, value: null }),
      },
    })
    const imp_uid = await fixture.pay('ORD-1')
    const ids = { imp_uid, merchant_uid: 'ORD-1' }
    expect(await read(fixture.complete(ids))).toEqual(pending)
    const refusal = { ...ids, success: false, error_msg: '취소' }
    expect(await read(fixture.complete(refusal))).toEqual(pending)
    const url = `/payments/redirect?imp_uid=${imp_uid}&merchant_uid=ORD-1`
    expect(await locationOf(fixture.app.request(url))).toBe(pages.pending)
  })
})
