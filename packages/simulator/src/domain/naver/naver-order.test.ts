import { describe, expect, it } from 'vitest'
import { type Deed, type ProductOrder, perform } from './naver-order.ts'

const paid: ProductOrder = {
  id: '1',
  impUid: 'imp_1',
  status: 'PAYED',
  isPlaced: false,
  claim: null,
  product: {
    id: 'p1',
    name: '양말',
    optionId: 'o1',
    optionName: '빨강',
    amount: 1000,
    deliveryAmount: 0,
    quantity: 1,
  },
  shippingDueAt: 0,
}
const arrived: ProductOrder = { ...paid, status: 'DELIVERED', isPlaced: true }

const states = (order: ProductOrder, deeds: readonly Deed[]) => {
  let current: ProductOrder | null = order
  return deeds.map((deed) => {
    current = current && perform(current, deed)
    if (current === null) return null
    const { status, claim } = current
    return claim === null ? status : `${status} ${claim.type} ${claim.status}`
  })
}

const held = 'DELIVERED PURCHASE_DECISION_HOLDBACK PURCHASE_DECISION'

describe('perform()', () => {
  it.each<[string, ProductOrder, Deed[], (string | null)[]]>([
    [
      'holds a decision back, sends again, asks, and lets it be decided',
      arrived,
      ['hold-decision', 'redeliver-held', 'request-decision', 'release-decision', 'decide'],
      [
        `${held}_HOLDBACK`,
        `${held}_HOLDBACK_REDELIVERING`,
        `${held}_REQUEST`,
        `${held}_HOLDBACK_RELEASE`,
        'PURCHASE_DECIDED PURCHASE_DECISION_HOLDBACK PURCHASE_DECISION_HOLDBACK_RELEASE',
      ],
    ],
    [
      'decides nothing that is held back',
      arrived,
      ['hold-decision', 'decide'],
      [`${held}_HOLDBACK`, null],
    ],
    ['holds nothing back before it is sent', paid, ['hold-decision'], [null]],
    [
      'rejects a cancel, after which it can be sent',
      paid,
      ['ask-cancel', 'reject-cancel', 'ship'],
      [
        'PAYED CANCEL CANCEL_REQUEST',
        'PAYED CANCEL CANCEL_REJECT',
        'DELIVERING CANCEL CANCEL_REJECT',
      ],
    ],
    [
      'rejects an exchange of what came back',
      arrived,
      ['ask-exchange', 'pick-up', 'collect-exchanged', 'reject-exchange', 'ship-exchanged'],
      [
        'DELIVERED EXCHANGE EXCHANGE_REQUEST',
        'DELIVERED EXCHANGE COLLECTING',
        'DELIVERED EXCHANGE COLLECT_DONE',
        'DELIVERED EXCHANGE EXCHANGE_REJECT',
        null,
      ],
    ],
    [
      'takes a return on its way back and at the shop',
      arrived,
      ['ask-return', 'pick-up', 'hand-in', 'approve-return'],
      [
        'DELIVERED RETURN RETURN_REQUEST',
        'DELIVERED RETURN COLLECTING',
        'DELIVERED RETURN COLLECT_DONE',
        'RETURNED RETURN RETURN_DONE',
      ],
    ],
    ['does none of this to an order without a claim', arrived, ['reject-cancel'], [null]],
  ])('%s', (_, order, deeds, expected) => {
    expect(states(order, deeds)).toEqual(expected)
  })
})
