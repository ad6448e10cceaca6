import { describe, expect, it } from 'vitest'
import { createConfirmLimit } from '../src/lookup-guard/confirm-limit.ts'

function createFixture() {
  const time = { ms: 0 }
  const limit = createConfirmLimit({
    now: () => time.ms,
    clientAddress: (request) => request.headers.get('X-Client-Address'),
  })
  const ask = (merchantUid: string, address?: string): boolean => {
    const headers = address === undefined ? {} : { 'X-Client-Address': address }
    const request = new Request('https://pay.example/payments/confirm', { headers })
    return limit(request, merchantUid).take()
  }
  const count = (times: number, each: (index: number) => boolean): number =>
    Array.from({ length: times }, (_, index) => each(index)).filter(Boolean).length
  return { time, ask, count }
}

describe('createConfirmLimit()', () => {
  it('T73: answers a stranger ten times a minute for an order', () => {
    const { time, ask, count } = createFixture()
    expect(count(1_000, () => ask('A', '198.51.100.7'))).toBe(10)
    time.ms = 60_000
    expect(count(1_000, () => ask('A', '198.51.100.7'))).toBe(10)
  })

  it('T73: answers a stranger sixty times a minute for all orders', () => {
    const { ask, count } = createFixture()
    expect(count(1_000, (index) => ask(`ORD-${index}`, '2001:db8::1'))).toBe(60)
    expect(ask('ORD-1', '2001:db8::2')).toBe(false)
  })

  it('T73: always answers the provider, whatever strangers asked', () => {
    const { ask, count } = createFixture()
    count(1_000, (index) => ask('A', `203.0.113.${index % 250}`))
    expect(count(1_000, () => ask('A', '52.78.48.223'))).toBe(1_000)
  })

  it('T73: one network does not spend the answers of another', () => {
    const { ask, count } = createFixture()
    count(1_000, (index) => ask('A', `203.0.113.${index % 250}`))
    expect(ask('A', '198.51.100.7')).toBe(true)
  })

  it('T73: counts by order where no address is known', () => {
    const { ask, count } = createFixture()
    expect(count(1_000, () => ask('A'))).toBe(10)
    expect(ask('B')).toBe(true)
  })
})
