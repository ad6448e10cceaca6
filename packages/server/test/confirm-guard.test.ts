import { type ConfirmRequest, parseConfirm } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { createConfirmGuard } from '../src/lookup-guard/confirm-guard.ts'

const providerAddress = '52.78.100.19'

function createFixture() {
  let at = 0
  const guard = createConfirmGuard({
    now: () => at,
    clientAddress: (request) => request.headers.get('X-Client-Address'),
  })
  const attempt = (merchant_uid: string, isApproved: boolean, address = '203.0.113.7') => {
    const request = new Request('https://pay.example', { headers: { 'X-Client-Address': address } })
    const each = { confirm: confirmOf(merchant_uid), request }
    const isAllowed = guard.allows(each)
    if (isAllowed) guard.recordOutcome(each, isApproved)
    return isAllowed
  }
  const count = (tries: number, ...given: Parameters<typeof attempt>) =>
    Array.from({ length: tries }, () => attempt(...given)).filter((isAllowed) => isAllowed).length
  return { count, wait: (ms: number) => (at += ms) }
}

function confirmOf(merchant_uid: string): ConfirmRequest {
  const read = parseConfirm({ imp_uid: 'imp_1', merchant_uid, amount: 1 })
  if (!read.ok) throw new TypeError(merchant_uid)
  return read.value
}

describe('the confirm guard', () => {
  it('T58: ends a search for an amount after ten refusals a minute, per order', () => {
    const { count, wait } = createFixture()
    expect(count(50, 'ORD-1', false)).toBe(10)
    expect(count(1, 'ORD-2', false)).toBe(1)
    wait(30_000)
    expect(count(50, 'ORD-1', false)).toBe(5)
  })

  it("T58: a stranger's guesses do not stop the request of the provider", () => {
    const { count } = createFixture()
    count(50, 'ORD-1', false)
    expect(count(50, 'ORD-1', true)).toBe(0)
    expect(count(1, 'ORD-1', true, providerAddress)).toBe(1)
  })

  it('counts refusals only', () => {
    const { count } = createFixture()
    expect(count(50, 'ORD-1', true)).toBe(50)
  })
})
