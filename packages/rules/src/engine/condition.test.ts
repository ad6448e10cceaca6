import { describe, expect, it } from 'vitest'
import { holds } from './condition.ts'

describe('a condition', () => {
  it('holds always when it is left out', () => {
    expect(holds(undefined, {}, {})).toBe(true)
  })

  it.each([
    ['pay_method=vbank', { pay_method: 'vbank' }, true],
    ['pay_method=trans|vbank', { pay_method: 'vbank' }, true],
    ['pay_method=trans|vbank', { pay_method: 'card' }, false],
    ['pay_method!=card', { pay_method: 'vbank' }, true],
    ['pay_method!=card', { pay_method: 'card' }, false],
    ['pay_method=easy_pay', { pay_method: 'kakaopay' }, true],
    ['pay_method=easy_pay', { pay_method: 'card' }, false],
    ['escrow=true', { escrow: true }, true],
    ['customer_uid', { customer_uid: 'c-1' }, true],
    ['customer_uid', { customer_uid: '' }, false],
    ['!customer_uid', {}, true],
    ['amount=0', { amount: 0 }, true],
    ['card.direct.code', { card: { direct: { code: '361' } } }, true],
    ['!card.direct', { card: {} }, true],
    ['escrow=true & pay_method=trans', { escrow: true, pay_method: 'card' }, false],
    ['pay_method=phone || escrow=true', { escrow: true, pay_method: 'card' }, true],
    ['intent=issue_key', { customer_uid: 'c-1' }, true],
    ['intent=pay', {}, true],
  ])('%s of %o: %s', (when, parameters, expected) => {
    expect(holds(when, parameters, {})).toBe(expected)
  })

  it('does not hold for what is not known, whichever way it asks', () => {
    const conditions = ['os=ios', 'os!=ios', 'env=app', 'contract:x', '!contract:x', 'feature=x']
    expect(conditions.filter((when) => holds(when, {}, {}))).toEqual([])
  })

  it('holds for what the context knows', () => {
    const context = {
      device: 'mobile',
      os: 'android',
      env: 'web',
      mode: 'test',
      contracts: ['marketplace'],
      features: ['hyundai_payshot'],
      ui: 'paypal-spb',
      channelType: 'SBPS',
      buyerCountry: 'US',
    } as const
    const holding = [
      'device=mobile',
      'os!=ios',
      'env=web',
      'mode=sandbox',
      'contract:marketplace',
      '!contract:high_risk',
      'feature=hyundai_payshot',
      'ui=paypal-spb',
      'channel_type=SBPS',
      'buyer_country!=KR',
    ]
    expect(holding.filter((when) => holds(when, {}, context))).toEqual(holding)
  })
})
