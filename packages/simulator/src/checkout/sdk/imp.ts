import { mobilePattern } from '../device.ts'
import { createFrameMessages } from './frame-messages.ts'
import { createFrames } from './frames.ts'
import { createLoadUi } from './load-ui.ts'
import { createWishlist } from './naver-wishlist.ts'
import { createModules } from './new-module.ts'
import { createCertification } from './request-certification.ts'
import { createRequest } from './request-pay.ts'
import type { Channel, Fields, SdkState } from './sdk-state.ts'

/** The values the server puts in front of the script. */
export interface SdkSettings {
  /** Used where the page does not reveal the script's address (modules, bundlers). */
  readonly origin: string
}

/** Puts `IMP` on the page. */
export function installImp(page: Window, settings: SdkSettings): void {
  const script = page.document.currentScript
  const source = script instanceof HTMLScriptElement ? script.src : ''
  const baseUrl = source === '' ? settings.origin : new URL(source).origin
  const isMobile = new RegExp(mobilePattern).test(page.navigator.userAgent)
  const sdk: SdkState = {
    page,
    baseUrl,
    isMobile,
    frameHost: createFrames(page, baseUrl, isMobile),
    userCode: null,
    tierCode: null,
    channels: [],
    frames: new Map(),
    requests: new Map(),
  }
  const messages = createFrameMessages(sdk, (request) => modules.poll(request))
  const modules = createModules(sdk, messages)
  const requestPay = createRequest(sdk, { messages, modules })
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
      certification: createCertification(sdk),
      ...createLoadUi(sdk, requestPay),
      naver_zzim: createWishlist(sdk),
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
