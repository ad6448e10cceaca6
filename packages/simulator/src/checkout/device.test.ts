import { describe, expect, it } from 'vitest'
import { toDevice, toReturnMethod } from './device.ts'

describe('toDevice()', () => {
  it.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)', 'mobile'],
    ['Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/126.0 Mobile', 'mobile'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15', 'pc'],
    ['', 'pc'],
  ])('classifies %s as %s', (userAgent, device) => {
    expect(toDevice(userAgent)).toBe(device)
  })
})

describe('toReturnMethod()', () => {
  it.each([
    ['html5_inicis', 'pc', {}, 'callback'],
    ['html5_inicis', 'mobile', {}, 'redirect'],
    ['tosspayments', 'mobile', {}, 'redirect'],
    ['danal', 'mobile', {}, 'callback'],
    ['payco', 'mobile', {}, 'callback'],
    ['toss_brandpay', 'mobile', {}, 'callback'],
    ['naverpay', 'pc', {}, 'redirect'],
    ['naverpay', 'mobile', { naverPopupMode: true }, 'callback'],
    ['eximbay', 'mobile', {}, 'callback'],
    ['eximbay', 'pc', { popup: false }, 'redirect'],
    ['paypal', 'pc', {}, 'redirect'],
    ['naverco', 'pc', {}, 'redirect'],
  ] as const)('returns the buyer of %s on %s with %j by %s', (pg, device, params, returnMethod) => {
    expect(toReturnMethod(pg, device, params)).toBe(returnMethod)
  })
})
