import { readReturn } from '@quayside/browser'
import { classifyNavigation } from '@quayside/browser/app'
import type { Case } from '../report.ts'

const app = {
  appScheme: 'myapp',
  returnPage: 'https://pay.shop.example/payments/redirect',
  platform: 'ios',
} as const
const returned = (claim: string, impUid: string | null) => ({
  ok: true,
  value: { merchantUid: 'ORD-1', impUid, claim, errorCode: null, errorMessage: null },
})

/** Addresses of returns, and of what a web view is asked to open. */
export const browser: readonly Case[] = [
  {
    name: 'the return to a page',
    given: () =>
      readReturn('https://shop.example/?imp_uid=imp_1&merchant_uid=ORD-1&imp_success=true'),
    expected: returned('success', 'imp_1'),
  },
  {
    name: 'the return to an app, with an ampersand that it encoded',
    given: () => readReturn('myapp://pay?imp_uid=imp_1%26merchant_uid=ORD-1'),
    expected: returned('unknown', 'imp_1'),
  },
  {
    name: 'a return of two payments',
    given: () => readReturn('myapp://pay?imp_uid=imp_1&imp_uid=imp_2&merchant_uid=ORD-1'),
    expected: { ok: false, reason: 'ambiguous' },
  },
  {
    name: 'an address that is no return',
    given: () => readReturn('https://shop.example/'),
    expected: { ok: false, reason: 'order_missing' },
  },
  {
    name: 'the return to the app by its scheme',
    given: () => classifyNavigation('myapp://?imp_uid=imp_1&merchant_uid=ORD-1', app).kind,
    expected: 'return',
  },
  {
    name: 'the app of a bank is opened outside',
    given: () => classifyNavigation('ispmobile://TID=1', app).kind,
    expected: 'app',
  },
]
