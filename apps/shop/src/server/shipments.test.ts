import { describe, expect, it } from 'vitest'
import { createShipments, type OrderEvent } from './shipments.ts'

const issued = { merchantUid: 'ongi-1', sequence: 1, status: 'vbank_issued' }
const paid = { merchantUid: 'ongi-1', sequence: 2, status: 'paid' }
const partly = { merchantUid: 'ongi-1', sequence: 3, status: 'partially_cancelled' }
const cancelled = { merchantUid: 'ongi-1', sequence: 4, status: 'cancelled' }

/** Every order in which some events can arrive. */
function permutations(event: readonly OrderEvent[]): readonly (readonly OrderEvent[])[] {
  if (event.length <= 1) return [event]
  return event.flatMap((first, i) =>
    permutations(event.filter((_, at) => at !== i)).map((rest) => [first, ...rest]),
  )
}

describe('createParcels()', () => {
  it('T17: ships once, whatever arrives first and however often', () => {
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

  it('T17: ships nothing once it heard that the money went back', () => {
    const shipments = createShipments(10)
    expect(shipments.apply(cancelled)).toEqual({ sequence: 4, isShipped: false })
    expect([paid, partly, issued].map((event) => shipments.apply(event))).toEqual([
      null,
      null,
      null,
    ])
    expect(shipments.find('ongi-1')).toEqual({ sequence: 4, isShipped: false })
  })

  it('ships nothing for an account that waits for money', () => {
    const shipments = createShipments(10)
    expect(shipments.apply(issued)).toEqual({ sequence: 1, isShipped: false })
    expect(shipments.find('ongi-2')).toBeNull()
  })

  it('forgets the orders it has heard of least lately, and no other', () => {
    const shipments = createShipments(2)
    for (const merchantUid of ['a', 'b']) shipments.apply({ ...issued, merchantUid })
    shipments.apply({ ...paid, merchantUid: 'a' })
    shipments.apply({ ...issued, merchantUid: 'c' })
    expect(['a', 'b', 'c'].map((id) => shipments.find(id)?.sequence ?? null)).toEqual([2, null, 1])
  })
})
