import type { WindowRequest } from '../domain/payment/window.ts'

/** Matches the user agents that the provider treats as phones; iPadOS from 13 on counts as a PC. */
export const mobilePattern = 'iPhone|iPad|iPod|Android|Mobile'

/** Whether a user agent is a phone or a PC. */
export function toDevice(userAgent: string): WindowRequest['device'] {
  return new RegExp(mobilePattern).test(userAgent) ? 'mobile' : 'pc'
}

/** How the buyer returns from the window: by the page's callback, or by a full-page redirect. */
export type ReturnMethod = 'callback' | 'redirect'

const alwaysRedirected = ['paypal', 'alipay', 'chai', 'naverco']
const calledBackOnPhones = ['danal', 'danal_tpay', 'payco', 'toss_brandpay', 'paypal_v2']

/**
 * How the PG returns its buyer on this device.
 *
 * @see Official guide, "callback or redirect" per PG.
 */
export function toReturnMethod(
  pgProvider: string,
  device: WindowRequest['device'],
  params: Readonly<Record<string, unknown>>,
): ReturnMethod {
  if (alwaysRedirected.includes(pgProvider)) return 'redirect'
  if (pgProvider === 'naverpay') return params.naverPopupMode === true ? 'callback' : 'redirect'
  if (pgProvider === 'eximbay') return params.popup === false ? 'redirect' : 'callback'
  if (device === 'pc' || calledBackOnPhones.includes(pgProvider)) return 'callback'
  return 'redirect'
}
