import { describe, expect, it } from 'vitest'
import { createShipments, type OrderEvent } from './shipments.ts'

const issued = { merchantUid: 'ongi-1', sequence: 1, status: 'vbank_issued' }
const paid = { merchantUid: 'ongi-1', sequence: 2, status: 'paid' }
const partly = { merchantUid: 'ongi-1', sequence: 3, status: 'partially_cancelled' }
const cancelled = { merchantUid: 'ongi-1', sequence: 4, status: 'cancelled' }

/** Every order of arrival of some events. */
function permutations(events: readonly OrderEvent[]): readonly (readonly OrderEvent[])[] {
  if (events.length <= 1) return [events]
  return events.flatMap((first, i) =>
    permutations(events.filter((_, at) => at !== i)).map((rest) => [first, ...rest]),
  )
}

describe('createShipments()', () => {
  it('T17: ships once, whichever event arrives first and however often', () => {
    for (const arrivals of permutations([issued, paid, paid, partly, partly])) {
      const shipments = createShipments(10)
      let shipped = 0
      for (const event of arrivals) {
        const was = shipments.find('ongi-1')?.isShipped ?? false
        if (shipments.apply(event)?.isShipped === true && !was) shipped++
      }
      expect([shipped, shipments.find('ongi-1')]).toEqual([1, { sequence: 3, isShipped: true }])
    }
  })

  it('T17: ships nothing after a cancel', () => {
    const shipments = createShipments(10)
    expect(shipments.apply(cancelled)).toEqual({ sequence: 4, isShipped: false })
    expect([paid, partly, issued].map((event) => shipments.apply(event))).toEqual([
      null,
      null,
      null,
    ])
    expect(shipments.find('ongi-1')).toEqual({ sequence: 4, isShipped: false })
  })

  it('ships nothing for a virtual account without a deposit', () => {
    const shipments = createShipments(10)
    expect(shipments.apply(issued)).toEqual({ sequence: 1, isShipped: false })
    expect(shipments.find('ongi-2')).toBeNull()
  })

  it('drops the least recently updated order, and no other', () => {
    const shipments = createShipments(2)
    for (const merchantUid of ['a', 'b']) shipments.apply({ ...issued, merchantUid })
    shipments.apply({ ...paid, merchantUid: 'a' })
    shipments.apply({ ...issued, merchantUid: 'c' })
    expect(['a', 'b', 'c'].map((id) => shipments.find(id)?.sequence ?? null)).toEqual([2, null, 1])
  })
})
