/// <reference lib="dom" />
// Runs in the merchant's page, sent by `script.ts`: the way of the new modules, which ask the core themselves.

import type { Talk } from './frame-messages.ts'
import type { Asked, Fields, Imp } from './sdk-state.ts'

/** What a new module does with a request. */
export interface Modules {
  /** Asks the core for a window. */
  prepare(asked: Asked): Promise<void>
  /** Asks what became of a window that was closed by force. */
  poll(asked: Asked): Promise<void>
}

/** Makes the new modules' side of one page. */
export function createModules(imp: Imp, talk: Talk): Modules {
  return {
    prepare: (asked) => prepare(imp, talk, asked),
    poll: (asked) => pollStatus(imp, talk, asked),
  }
}

async function prepare(imp: Imp, talk: Talk, asked: Asked): Promise<void> {
  const { merchant_uid, customer_uid } = asked.params
  const actionType = customer_uid ? 'REQUEST_ISSUE_BILLING_KEY' : 'REQUEST_PAY'
  const data = { userCode: imp.userCode, tierCode: imp.tierCode, ...asked.params, actionType }
  const deviceInfo = { userAgent: imp.page.navigator.userAgent }
  const opened = await callCore(`${imp.core}/api/prepare/v1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ data, deviceInfo, sdkVersion: '1.19.0', requestId: asked.id }),
  })
  if (opened.error_code) talk.answer(asked, { merchant_uid, ...opened })
  else talk.show(asked, opened)
}

/** The answer's fields; `error_code` and `error_msg` alone when there is none to be had. */
async function callCore(url: string, init?: RequestInit): Promise<Fields> {
  try {
    const response = await fetch(url, init)
    if (response.status >= 500) return { error_code: 'F500', error_msg: await response.text() }
    const body = await response.json()
    if (response.ok) return body
    return { error_code: body.error_code ?? 'F400', error_msg: body.error_msg ?? '' }
  } catch (cause) {
    return { error_code: 'F500', error_msg: String(cause) }
  }
}

/** The window was closed by force: asks once a second, five times, what became of the payment. */
async function pollStatus(imp: Imp, talk: Talk, asked: Asked): Promise<void> {
  if (asked.sheet !== null) imp.windows.hide(asked.sheet)
  const ids = { imp_uid: asked.impUid, merchant_uid: asked.params.merchant_uid }
  const url = `${imp.core}/api/status/v1?imp_uid=${encodeURIComponent(String(asked.impUid))}`
  for (let turn = 0; turn < 5; turn += 1) {
    const state = await callCore(url)
    if (state.error_code) return talk.answer(asked, { ...ids, ...failureOf(state) })
    if (state.status === 'paid' || state.status === 'issued') return talk.answer(asked, ids)
    await new Promise((resolve) => imp.page.setTimeout(resolve, 1000))
  }
  const error_msg = '사용자가 결제를 취소하였습니다.'
  talk.answer(asked, { ...ids, error_code: 'F400', error_msg })
}

function failureOf({ error_code, error_msg, pg_code, pg_message }: Fields): Fields {
  const isByPg = typeof pg_code === 'string' && typeof pg_message === 'string'
  return isByPg
    ? { error_code, error_msg: `[${pg_code}] ${pg_message}` }
    : { error_code, error_msg }
}

/** Everything `createModules` calls, for `script.ts` to send along. */
export const prepareParts = [prepare, callCore, pollStatus, failureOf]
