/// <reference lib="dom" />

import type { createTalk } from './frame-messages.ts'
import type { Sheets } from './frames.ts'
import type { createUi } from './load-ui.ts'
import type { createZzim } from './naver-wishlist.ts'
import type { createModules } from './new-module.ts'
import type { createCertification } from './request-certification.ts'
import type { createRequest } from './request-pay.ts'
import type { Channel, Fields, Imp } from './sdk-state.ts'
import type { refuse } from './validate.ts'

// These functions run in the merchant's page: `script.ts` sends their source text, so they may use
// each other and the browser, and nothing imported but types.

/** What the server tells the script. */
export interface Settings {
  /** Used where the page hides which address the script came from (modules, bundlers). */
  readonly origin: string
  /** Source of the pattern that makes a user agent a phone. */
  readonly phone: string
}

/** The functions of other files that come along in the same script. */
export interface Rooms {
  readonly createSheets: (page: Window, core: string, phone: boolean) => Sheets
  readonly refuse: typeof refuse
  readonly createTalk: typeof createTalk
  readonly createModules: typeof createModules
  readonly createRequest: typeof createRequest
  readonly createCertification: typeof createCertification
  readonly createUi: typeof createUi
  readonly createZzim: typeof createZzim
}

/** Puts `IMP` on the page. */
export function installImp(page: Window, settings: Settings, rooms: Rooms): void {
  const script = page.document.currentScript
  const source = script instanceof HTMLScriptElement ? script.src : ''
  const core = source === '' ? settings.origin : new URL(source).origin
  const phone = new RegExp(settings.phone).test(page.navigator.userAgent)
  const imp: Imp = {
    page,
    core,
    phone,
    windows: rooms.createSheets(page, core, phone),
    userCode: null,
    tierCode: null,
    channels: [],
    sheets: new Map(),
    asked: new Map(),
  }
  const talk = rooms.createTalk(imp, (asked) => modules.poll(asked))
  const modules = rooms.createModules(imp, talk)
  const requestPay = rooms.createRequest(imp, { talk, modules, refuse: rooms.refuse })
  const close = () => {
    for (const asked of imp.asked.values()) talk.dismiss(asked)
  }
  Object.assign(page, {
    IMP: {
      init: (userCode: unknown, options?: Fields) => begin(imp, userCode, null, options),
      agency: (userCode: unknown, tierCode: unknown) => begin(imp, userCode, tierCode, undefined),
      deinit: () => {
        close()
        end(imp)
      },
      request_pay: requestPay,
      certification: rooms.createCertification(imp),
      ...rooms.createUi(imp, requestPay),
      naver_zzim: rooms.createZzim(imp),
      communicate: (message: unknown) => talk.communicate(message),
      close,
    },
  })
}

function begin(imp: Imp, userCode: unknown, tierCode: unknown, options?: Fields): void {
  if (imp.userCode !== null || typeof userCode !== 'string' || userCode === '') return
  imp.userCode = userCode
  imp.tierCode = typeof tierCode === 'string' ? tierCode : null
  const container = options?.pgIframeContainer
  imp.windows.place(container instanceof HTMLElement ? container : null)
  imp.channels = readChannels(imp, userCode)
  for (const channel of imp.channels) {
    if (channel.type !== 'payment') continue
    const path = [userCode, channel.pg_provider, channel.pg_id].map(encodeURIComponent).join('/')
    const query = `sandbox=${channel.sandbox}&store_id=${encodeURIComponent(channel.store_id)}`
    imp.sheets.set(channel, imp.windows.add(`${imp.core}/payments/ready/${path}?${query}`))
  }
}

function end(imp: Imp): void {
  for (const sheet of imp.sheets.values()) sheet.dialog.remove()
  imp.sheets.clear()
  imp.channels = []
  imp.userCode = null
}

function readChannels(imp: Imp, userCode: string): readonly Channel[] {
  const tier = imp.tierCode === null ? '' : `?tier=${encodeURIComponent(imp.tierCode)}`
  const request = new XMLHttpRequest()
  // Synchronous, as merchants expect: request_pay may be the very next line after init.
  request.open('GET', `${imp.core}/users/pg/${encodeURIComponent(userCode)}${tier}`, false)
  request.send()
  const answer = JSON.parse(request.responseText)
  return answer.code === 0 ? answer.data : []
}

/** Everything `installImp` calls, for `script.ts` to send along. */
export const sdkParts = [begin, end, readChannels]
