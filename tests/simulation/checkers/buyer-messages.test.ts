import { describe, expect, it } from 'vitest'
import { type BuyerAnswer, checkBuyerAnswer } from './buyer-messages.ts'

const order = { merchant_uid: 'ORD-1', amount: 64_900 }
const paid = { merchant_uid: 'ORD-1', amount: 64_900, cancel_amount: 0, paid_at: 1_800_000_000 }

function toAnswer(answer: Partial<BuyerAnswer>): BuyerAnswer {
  return { about: 'return', code: 200, location: null, text: '{}', isNavigation: false, ...answer }
}

function check(answer: Partial<BuyerAnswer>, payments = [paid]): string | null {
  return checkBuyerAnswer(toAnswer(answer), order, payments)
}

describe('I16', () => {
  it('finds every way of telling a buyer who has paid to pay again', () => {
    expect([
      check({ location: 'https://shop.example/result/failed' }),
      check({ text: '{"status":"failed","message":"Sorry."}' }),
      check({ text: '{"status":"pending","message":"You can try again."}' }),
      check({ text: '{"status":"invalid","message":"다시 시도해 주세요."}' }),
      check({ text: '{"status":"pending","message":"Wait.","error_msg":"다시 결제해 주세요"}' }),
      check({ code: 403, text: '{"status":"invalid"}', isNavigation: true }),
    ]).toEqual([
      'I16 return: sent to the page "failed"',
      'I16 return: told "failed"',
      'I16 return: told "You can try again."',
      'I16 return: told "다시 시도해 주세요."',
      'I16 return: told "다시 결제해 주세요"',
      'I16 return: left with a body of HTTP 403',
    ])
  })

  it('accepts success, waiting, and a warning against paying again', () => {
    const warning = '다시 결제하지 마시고 잠시 기다려 주세요.'
    expect([
      check({ location: 'https://shop.example/result/success', isNavigation: true }),
      check({ location: 'https://shop.example/result/pending', isNavigation: true }),
      check({ text: JSON.stringify({ status: 'pending', message: warning }) }),
      check({ text: '{"status":"pending","message":"Wait and do not pay again."}' }),
      check({ code: 400, text: '{"status":"invalid","error":"body_consumed"}' }),
    ]).toEqual([null, null, null, null, null])
  })

  it('is about money that is there: not about none, a refunded one, or that of another order', () => {
    const failed = { location: 'https://shop.example/result/failed' }
    expect([
      check(failed, []),
      check(failed, [{ ...paid, paid_at: 0 }]),
      check(failed, [{ ...paid, cancel_amount: 64_900 }]),
      check(failed, [{ ...paid, merchant_uid: 'ORD-2' }]),
      check(failed, [{ ...paid, amount: 100 }]),
    ]).toEqual([null, null, null, null, null])
  })
})
