import { type MerchantUid, parseMerchantUid } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { createMissLimit } from '../src/lookup-guard/miss-limit.ts'

const order = (id: string): MerchantUid => {
  const merchantUid = parseMerchantUid(id)
  if (!merchantUid.ok) throw new TypeError(id)
  return merchantUid.value
}
const count = (times: number, take: (index: number) => boolean): number =>
  Array.from({ length: times }, (_, index) => take(index)).filter(Boolean).length

describe('createMissLimit()', () => {
  it('T72: allows ten misses a minute for an order, whoever sends them', () => {
    const limit = createMissLimit(() => 0)
    const miss = (id: string) => (index: number) =>
      limit('buyer', order(id), `198.51.100.${index % 250}`).take()
    expect([count(1_000, miss('A')), count(1_000, miss('B'))]).toEqual([10, 10])
  })

  it('T72: counts a notice without an order for the network that sent it', () => {
    const limit = createMissLimit(() => 0)
    const miss = (address: string) => limit('buyer', null, address).take()
    expect(count(1_000, () => miss('198.51.100.7'))).toBe(10)
    expect(miss('198.51.100.8')).toBe(true)
  })

  it('T72: counts notices without an order together, so that many networks are limited, too', () => {
    const limit = createMissLimit(() => 0)
    const miss = (index: number) =>
      limit('buyer', null, `2001:db8:0:${index.toString(16)}::1`).take()
    expect(count(10_000, miss)).toBe(600)
    expect(limit('provider', null, '52.78.100.19').take()).toBe(true)
    expect(limit('unknown', null, null).take()).toBe(true)
  })

  it('returns what was taken for a lookup that was no miss', () => {
    const limit = createMissLimit(() => 0)
    const hit = () => {
      const bucket = limit('buyer', null, '198.51.100.7')
      const isAllowed = bucket.take()
      bucket.restore()
      return isAllowed
    }
    expect(count(1_000, hit)).toBe(1_000)
  })
})
