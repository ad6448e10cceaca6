import { describe, expect, it } from 'vitest'
import { applyEvent, type ProductOrder, type ProductOrderEvent } from './naver-order.ts'

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
const delivered: ProductOrder = { ...paid, status: 'DELIVERED', isPlaced: true }

const states = (order: ProductOrder, events: readonly ProductOrderEvent[]) => {
  let current: ProductOrder | null = order
  return events.map((event) => {
    current = current && applyEvent(current, event)
    if (current === null) return null
    const { status, claim } = current
    return claim === null ? status : `${status} ${claim.type} ${claim.status}`
  })
}

const holdback = 'DELIVERED PURCHASE_DECISION_HOLDBACK PURCHASE_DECISION'

describe('applyEvent()', () => {
  it.each<[string, ProductOrder, ProductOrderEvent[], (string | null)[]]>([
    [
      'holds a decision, redelivers, requests and releases the decision',
      delivered,
      ['hold-decision', 'redeliver-held', 'request-decision', 'release-decision', 'decide'],
      [
        `${holdback}_HOLDBACK`,
        `${holdback}_HOLDBACK_REDELIVERING`,
        `${holdback}_REQUEST`,
        `${holdback}_HOLDBACK_RELEASE`,
        'PURCHASE_DECIDED PURCHASE_DECISION_HOLDBACK PURCHASE_DECISION_HOLDBACK_RELEASE',
      ],
    ],
    [
      'refuses a decision that is held',
      delivered,
      ['hold-decision', 'decide'],
      [`${holdback}_HOLDBACK`, null],
    ],
    ['refuses a hold before the shipment', paid, ['hold-decision'], [null]],
    [
      'rejects a cancel, after which it can be shipped',
      paid,
      ['request-cancel', 'reject-cancel', 'ship'],
      [
        'PAYED CANCEL CANCEL_REQUEST',
        'PAYED CANCEL CANCEL_REJECT',
        'DELIVERING CANCEL CANCEL_REJECT',
      ],
    ],
    [
      'rejects an exchange of returned goods',
      delivered,
      ['request-exchange', 'pick-up', 'collect-exchanged', 'reject-exchange', 'ship-exchanged'],
      [
        'DELIVERED EXCHANGE EXCHANGE_REQUEST',
        'DELIVERED EXCHANGE COLLECTING',
        'DELIVERED EXCHANGE COLLECT_DONE',
        'DELIVERED EXCHANGE EXCHANGE_REJECT',
        null,
      ],
    ],
    [
      'accepts a return that is picked up and collected',
      delivered,
      ['request-return', 'pick-up', 'collect-returned', 'approve-return'],
      [
        'DELIVERED RETURN RETURN_REQUEST',
        'DELIVERED RETURN COLLECTING',
        'DELIVERED RETURN COLLECT_DONE',
        'RETURNED RETURN RETURN_DONE',
      ],
    ],
    ['refuses to reject without a claim', delivered, ['reject-cancel'], [null]],
  ])('%s', (_, order, events, expected) => {
    expect(states(order, events)).toEqual(expected)
  })
})
