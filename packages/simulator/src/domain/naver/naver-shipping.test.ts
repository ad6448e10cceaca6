import { describe, expect, it } from 'vitest'
import { deliveryFees } from './naver-shipping.ts'

const parcel = (shipping: object, price = 10_000, quantity = 1) => ({
  shipping: { ...shipping },
  price,
  quantity,
})

describe('deliveryFees()', () => {
  it.each([
    ['nothing without a fee', [parcel({})], [0]],
    ['the base fee', [parcel({ baseFee: 2500 })], [2500]],
    [
      'nothing for cash on delivery',
      [parcel({ baseFee: 2500, feePayType: 'CASH_ON_DELIVERY' })],
      [0],
    ],
    [
      'a fee for each product',
      [parcel({ baseFee: 2500 }), parcel({ baseFee: 3000 })],
      [2500, 3000],
    ],
    [
      'one fee for products shipped together',
      [
        parcel({ groupId: 'a', baseFee: 2500 }),
        parcel({ groupId: 'b', baseFee: 100 }),
        parcel({ groupId: 'a', baseFee: 2500 }),
      ],
      [2500, 100, 0],
    ],
    [
      'a fee for each product when the group has no name',
      [parcel({ groupId: '', baseFee: 2500 }), parcel({ groupId: '', baseFee: 2500 })],
      [2500, 2500],
    ],
    [
      'nothing above a threshold',
      [parcel({ baseFee: 2500, feeRule: { freeByThreshold: 20_000 } }), parcel({ baseFee: 2500 })],
      [0, 2500],
    ],
    [
      'the base fee below the threshold',
      [parcel({ baseFee: 2500, feeRule: { freeByThreshold: 20_000 } }, 19_999)],
      [2500],
    ],
    [
      'the base fee once per so many pieces',
      [parcel({ baseFee: 2500, feeRule: { repeatByQty: 10 } }, 10_000, 21)],
      [7500],
    ],
    [
      'the surcharge of the highest range reached',
      [
        parcel(
          {
            baseFee: 2500,
            feeRule: {
              rangesByQty: [
                { from: 21, surcharge: 7500 },
                { from: 11, surcharge: 2500 },
              ],
            },
          },
          10_000,
          12,
        ),
      ],
      [5000],
    ],
    [
      'nothing for a fee that is not a number',
      [parcel({ baseFee: 'free', feeRule: { rangesByQty: 3 } })],
      [0],
    ],
  ])('charges %s', (_, parcels, fees) => {
    expect(deliveryFees(parcels)).toEqual(fees)
  })
})
