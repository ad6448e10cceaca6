/// <reference lib="dom" />

import type { createFrameMessages } from './frame-messages.ts'
import type { PaymentFrames } from './frames.ts'
import type { createLoadUi } from './load-ui.ts'
import type { createWishlist } from './naver-wishlist.ts'
import type { createModules } from './new-module.ts'
import type { createCertification } from './request-certification.ts'
import type { createRequest } from './request-pay.ts'
import type { Channel, Fields, SdkState } from './sdk-state.ts'
import type { validateRequest } from './validate.ts'

// These functions run in the merchant's page: `script.ts` sends their source text, so they may use
// each other and the browser, and nothing imported but types.

/** What the server tells the script. */
export interface SdkSettings {
  /** Used where the page hides which address the script came from (modules, bundlers). */
  readonly origin: string
  /** Source of the pattern that makes a user agent a phone. */
  readonly mobilePattern: string
}

/** The functions of other files that come along in the same script. */
export interface SdkParts {
  readonly createFrames: (page: Window, baseUrl: string, isMobile: boolean) => PaymentFrames
  readonly validateRequest: typeof validateRequest
  readonly createFrameMessages: typeof createFrameMessages
  readonly createModules: typeof createModules
  readonly createRequest: typeof createRequest
  readonly createCertification: typeof createCertification
  readonly createLoadUi: typeof createLoadUi
  readonly createWishlist: typeof createWishlist
}

/** Puts `IMP` on the page. */
export function installImp(page: Window, settings: SdkSettings, parts: SdkParts): void {
  const script = page.document.currentScript
  const source = script instanceof HTMLScriptElement ? script.src : ''
  const baseUrl = source === '' ? settings.origin : new URL(source).origin
  const isMobile = new RegExp(settings.mobilePattern).test(page.navigator.userAgent)
  const sdk: SdkState = {
    page,
    baseUrl,
    isMobile,
    frameHost: parts.createFrames(page, baseUrl, isMobile),
    userCode: null,
    tierCode: null,
    channels: [],
    frames: new Map(),
    requests: new Map(),
  }
  const messages = parts.createFrameMessages(sdk, (request) => modules.poll(request))
  const modules = parts.createModules(sdk, messages)
  const requestPay = parts.createRequest(sdk, {
    messages,
    modules,
    validate: parts.validateRequest,
  })
  const close = () => {
    for (const request of sdk.requests.values()) messages.dismiss(request)
  }
  Object.assign(page, {
    IMP: {
      init: (userCode: unknown, options?: Fields) => initialize(sdk, userCode, null, options),
      agency: (userCode: unknown, tierCode: unknown) =>
        initialize(sdk, userCode, tierCode, undefined),
      deinit: () => {
        close()
        deinitialize(sdk)
      },
      request_pay: requestPay,
      certification: parts.createCertification(sdk),
      ...parts.createLoadUi(sdk, requestPay),
      naver_zzim: parts.createWishlist(sdk),
      communicate: (message: unknown) => messages.communicate(message),
      close,
    },
  })
}

function initialize(sdk: SdkState, userCode: unknown, tierCode: unknown, options?: Fields): void {
  if (sdk.userCode !== null || typeof userCode !== 'string' || userCode === '') return
  sdk.userCode = userCode
  sdk.tierCode = typeof tierCode === 'string' ? tierCode : null
  const container = options?.pgIframeContainer
  sdk.frameHost.setContainer(container instanceof HTMLElement ? container : null)
  sdk.channels = readChannels(sdk, userCode)
  for (const channel of sdk.channels) {
    if (channel.type !== 'payment') continue
    const path = [userCode, channel.pg_provider, channel.pg_id].map(encodeURIComponent).join('/')
    const query = `sandbox=${channel.sandbox}&store_id=${encodeURIComponent(channel.store_id)}`
    sdk.frames.set(channel, sdk.frameHost.add(`${sdk.baseUrl}/payments/ready/${path}?${query}`))
  }
}

function deinitialize(sdk: SdkState): void {
  for (const frame of sdk.frames.values()) frame.dialog.remove()
  sdk.frames.clear()
  sdk.channels = []
  sdk.userCode = null
}

function readChannels(sdk: SdkState, userCode: string): readonly Channel[] {
  const tier = sdk.tierCode === null ? '' : `?tier=${encodeURIComponent(sdk.tierCode)}`
  const request = new XMLHttpRequest()
  // Synchronous, as merchants expect: request_pay may be the very next line after init.
  request.open('GET', `${sdk.baseUrl}/users/pg/${encodeURIComponent(userCode)}${tier}`, false)
  request.send()
  const response = JSON.parse(request.responseText)
  return response.code === 0 ? response.data : []
}

/** Everything `installImp` calls, for `script.ts` to send along. */
export const sdkParts = [initialize, deinitialize, readChannels]
