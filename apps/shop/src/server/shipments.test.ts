import { describe, expect, it } from 'vitest'
import { createParcels, type OrderNews } from './shipments.ts'

const issued = { merchantUid: 'ongi-1', sequence: 1, status: 'vbank_issued' }
const paid = { merchantUid: 'ongi-1', sequence: 2, status: 'paid' }
const partly = { merchantUid: 'ongi-1', sequence: 3, status: 'partially_cancelled' }
const cancelled = { merchantUid: 'ongi-1', sequence: 4, status: 'cancelled' }

/** Every order in which some events can arrive. */
function ordersOf(news: readonly OrderNews[]): readonly (readonly OrderNews[])[] {
  if (news.length <= 1) return [news]
  return news.flatMap((first, i) =>
    ordersOf(news.filter((_, at) => at !== i)).map((rest) => [first, ...rest]),
  )
}

describe('createParcels()', () => {
  it('T17: ships once, whatever arrives first and however often', () => {
    for (const arrivals of ordersOf([issued, paid, paid, partly, partly])) {
      const parcels = createParcels(10)
      let shipments = 0
      for (const news of arrivals) {
        const was = parcels.find('ongi-1')?.isShipped ?? false
        if (parcels.hear(news)?.isShipped === true && !was) shipments++
      }
      expect([shipments, parcels.find('ongi-1')]).toEqual([1, { sequence: 3, isShipped: true }])
    }
  })

  it('T17: ships nothing once it heard that the money went back', () => {
    const parcels = createParcels(10)
    expect(parcels.hear(cancelled)).toEqual({ sequence: 4, isShipped: false })
    expect([paid, partly, issued].map((news) => parcels.hear(news))).toEqual([null, null, null])
    expect(parcels.find('ongi-1')).toEqual({ sequence: 4, isShipped: false })
  })

  it('ships nothing for an account that waits for money', () => {
    const parcels = createParcels(10)
    expect(parcels.hear(issued)).toEqual({ sequence: 1, isShipped: false })
    expect(parcels.find('ongi-2')).toBeNull()
  })

  it('forgets the orders it has heard of least lately, and no other', () => {
    const parcels = createParcels(2)
    for (const merchantUid of ['a', 'b']) parcels.hear({ ...issued, merchantUid })
    parcels.hear({ ...paid, merchantUid: 'a' })
    parcels.hear({ ...issued, merchantUid: 'c' })
    expect(['a', 'b', 'c'].map((id) => parcels.find(id)?.sequence ?? null)).toEqual([2, null, 1])
  })
})
