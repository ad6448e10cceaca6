import { parseConfirm } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { createConfirmGuard } from '../src/lookup-guard/confirm-guard.ts'

function createFixture() {
  const time = { ms: 0 }
  const allows = createConfirmGuard({
    now: () => time.ms,
    clientAddress: (request) => request.headers.get('X-Client-Address'),
  })
  const ask = (merchantUid: string, address?: string): boolean => {
    const headers = address === undefined ? {} : { 'X-Client-Address': address }
    const request = new Request('https://pay.example/payments/confirm', { headers })
    const read = parseConfirm({ imp_uid: 'imp_1', merchant_uid: merchantUid, amount: 1 })
    if (!read.ok) throw new TypeError(merchantUid)
    return allows({ request, confirm: read.value })
  }
  const count = (times: number, each: (index: number) => boolean): number =>
    Array.from({ length: times }, (_, index) => each(index)).filter(Boolean).length
  return { time, ask, count }
}

describe('createConfirmGuard()', () => {
  it('T58: answers a stranger ten times a minute for an order', () => {
    const { time, ask, count } = createFixture()
    expect(count(1_000, () => ask('A', '198.51.100.7'))).toBe(10)
    time.ms = 60_000
    expect(count(1_000, () => ask('A', '198.51.100.7'))).toBe(10)
  })

  it('T58: answers a stranger sixty times a minute for all orders', () => {
    const { ask, count } = createFixture()
    expect(count(1_000, (index) => ask(`ORD-${index}`, '2001:db8::1'))).toBe(60)
    expect(ask('ORD-1', '2001:db8::2')).toBe(false)
  })

  it('T58: always answers the provider, whatever strangers asked', () => {
    const { ask, count } = createFixture()
    count(1_000, (index) => ask('A', `203.0.113.${index % 250}`))
    expect(count(1_000, () => ask('A', '52.78.48.223'))).toBe(1_000)
  })

  it('T58: one network does not spend the answers of another', () => {
    const { ask, count } = createFixture()
    count(1_000, (index) => ask('A', `203.0.113.${index % 250}`))
    expect(ask('A', '198.51.100.7')).toBe(true)
  })

  it('T58: counts by order where no address is known', () => {
    const { ask, count } = createFixture()
    expect(count(1_000, () => ask('A'))).toBe(10)
    expect(ask('B')).toBe(true)
  })
})
