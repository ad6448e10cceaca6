import type { Prng } from '../engine/prng.ts'
import { shopOrigin } from '../workload/notice-http.ts'

// How the browser of a buyer returns: what is sent, and what is done to it on the way.

/** The result of a payment as the browser script and the PG's page report it. */
export type ReturnFields = readonly (readonly [name: string, value: string])[]

/** One request of a buyer's browser. */
export interface BuyerReturn {
  readonly about: string
  /** What it says about ids, readable or not. */
  readonly names: string
  readonly request: Request
  readonly isNavigation: boolean
}

interface ReturnIds {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly amount: number
}

/** What the browser claims; the two ids are added by the shape of the result. */
const claims: readonly (readonly [about: string, fields: ReturnFields])[] = [
  ['success', [['imp_success', 'true']]],
  [
    'both flags',
    [
      ['success', 'true'],
      ['imp_success', 'true'],
    ],
  ],
  ['no flag', []],
  ['a wrong flag', [['imp_success', 'false']]],
  [
    'a wrong flag with null texts',
    [
      ['success', 'false'],
      ['error_code', 'undefined'],
      ['error_msg', 'null'],
    ],
  ],
  [
    'already paid',
    [
      ['success', 'false'],
      ['error_code', 'F1002'],
      ['error_msg', '이미 결제가 이루어진 거래건입니다.'],
    ],
  ],
  [
    'a closed window',
    [
      ['imp_success', 'false'],
      ['error_msg', '사용자가 결제를 취소하셨습니다'],
    ],
  ],
]

/** Which of the two ids are there. */
const idShapes: readonly (readonly [about: string, build: (ids: ReturnIds) => ReturnFields])[] = [
  [
    'both ids',
    ({ imp_uid, merchant_uid }) => [
      ['imp_uid', imp_uid],
      ['merchant_uid', merchant_uid],
    ],
  ],
  [
    'both ids and an amount',
    ({ imp_uid, merchant_uid, amount }) => [
      ['imp_uid', imp_uid],
      ['merchant_uid', merchant_uid],
      ['paid_amount', String(amount)],
      ['status', 'paid'],
    ],
  ],
  ['the id of the payment alone', ({ imp_uid }) => [['imp_uid', imp_uid]]],
  ['the id of the order alone', ({ merchant_uid }) => [['merchant_uid', merchant_uid]]],
  [
    'a null id',
    ({ merchant_uid }) => [
      ['imp_uid', 'null'],
      ['merchant_uid', merchant_uid],
    ],
  ],
]

/** What happens to the form on its way. */
const disturbances: readonly (readonly [about: string, disturb: (form: string) => string])[] = [
  ['untouched', (form) => form],
  ['untouched', (form) => form],
  [
    'with the order id in front, as the shop gave it',
    (form) => `${/merchant_uid=[^&]*/.exec(form)?.[0] ?? ''}&${form}`,
  ],
  ['sent twice over', (form) => `${form}&${form}`],
  [
    'with 40 parameters of campaigns',
    (form) => `${form}&${Array.from({ length: 40 }, (_, at) => `utm_${at}=x`).join('&')}`,
  ],
  ['with a text that is not escaped', (form) => `${form}&error_text=%EA%B2%B0%C1%A6%`],
  ['with empty parameters', (form) => `&${form}&&status=&`],
  ['with a parameter in brackets', (form) => `${form}&option[size]=L`],
]

type Send = (form: string) => { readonly request: Request; readonly isNavigation: boolean }

const routes: readonly (readonly [about: string, send: Send])[] = [
  ['callback as JSON', (form) => callback('application/json', JSON.stringify(toFields(form)))],
  [
    'callback as a form',
    (form) => callback('application/x-www-form-urlencoded; charset=UTF-8', form),
  ],
  ['callback as a form that is labelled JSON', (form) => callback('application/json', form)],
  ['return to /redirect', (form) => navigate(`redirect?${form}`)],
  ['return to /complete', (form) => navigate(`complete?${form}`)],
  [
    'form of the PG to /redirect',
    (form) => postForm('redirect', form, 'https://mobile.pg.example'),
  ],
  [
    'form of the PG to /complete',
    (form) => postForm('complete', form, 'https://mobile.pg.example'),
  ],
  ['form of a page without an origin to /complete', (form) => postForm('complete', form, 'null')],
  [
    'form of the PG to /redirect without a media type',
    (form) => postForm('redirect', form, null, null),
  ],
  [
    'form of the PG to /redirect in parts',
    (form) => postForm('redirect', form, null, 'multipart/form-data; boundary=x'),
  ],
  ['form whose body was read before', (form) => readBefore(postForm('redirect', form, null))],
  [
    'form whose body was read before, with the result in its query',
    (form) => readBefore(postForm(`redirect?${form}`, form, null)),
  ],
]

/** Draws how a buyer returns after a payment. */
export function drawReturn(prng: Prng, ids: ReturnIds): BuyerReturn {
  const [claim, flags] = draw(prng, claims)
  const [shape, build] = draw(prng, idShapes)
  const [disturbance, disturb] = draw(prng, disturbances)
  const [route, send] = draw(prng, routes)
  const form = new URLSearchParams([...build(ids), ...flags].map(([name, value]) => [name, value]))
  return {
    about: [route, claim, shape, disturbance].join(', '),
    names: form.toString(),
    ...send(disturb(form.toString())),
  }
}

function draw<T>(prng: Prng, choices: readonly T[]): T {
  const choice = choices[prng.below(choices.length)]
  if (choice === undefined) throw new TypeError('Cannot draw from nothing')
  return choice
}

function toFields(form: string): Record<string, unknown> {
  const fields = Object.fromEntries(new URLSearchParams(form.replaceAll(/%(?![\dA-F]{2})/gi, '')))
  return 'success' in fields ? { ...fields, success: fields['success'] === 'true' } : fields
}

function callback(mediaType: string, body: string) {
  const headers = { 'content-type': mediaType, origin: shopOrigin, accept: 'application/json' }
  const request = new Request(`${shopOrigin}/payments/complete`, { method: 'POST', headers, body })
  return { request, isNavigation: false }
}

const asPage = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-mode': 'navigate' }

function navigate(path: string) {
  const request = new Request(`${shopOrigin}/payments/${path}`, { headers: asPage })
  return { request, isNavigation: true }
}

function postForm(
  path: string,
  form: string,
  origin: string | null,
  mediaType: string | null = 'application/x-www-form-urlencoded',
) {
  const headers = {
    ...asPage,
    ...(origin === null ? {} : { origin }),
    ...(mediaType === null ? {} : { 'content-type': mediaType }),
  }
  const body = new TextEncoder().encode(form)
  const request = new Request(`${shopOrigin}/payments/${path}`, { method: 'POST', headers, body })
  return { request, isNavigation: true }
}

/** A body parser in front of the routes has eaten the body. */
function readBefore(sent: ReturnType<Send>): ReturnType<Send> {
  void sent.request.text()
  return sent
}
