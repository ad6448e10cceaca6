// Requests that meet what the provider's pages demand, made from the facts alone.

/** A mandatory parameter, as a page of the provider's guide states it. */
export interface MandatoryParameter {
  readonly pg: string
  readonly param: string
  /** Alternatives by ` || `, conditions by ` & `. */
  readonly when: string
  readonly strength: string
  readonly src: string
}

export type Params = Readonly<Record<string, unknown>>

/** A request, and the device it is made on. */
export interface DocumentedRequest {
  readonly device: 'pc' | 'mobile'
  readonly params: Params
}

/** One of the conditions joined by ` & `: `name`, `!name`, `name=a|b`, `name!=a`. */
interface Condition {
  readonly path: string
  readonly values: readonly string[] | null
  readonly isNegated: boolean
}

/** What no parameter of a request expresses. */
const outside =
  /^(feature|contract|env|os|ui|rest|channel_type|buyer_country|mode|use_test_method)\b/

const ofPg: Readonly<Record<string, Params>> = {
  chai: { pay_method: 'trans' },
  danal: { pay_method: 'phone', digital: true },
  eximbay: { currency: 'USD' },
  inicis_jp: { currency: 'JPY', name: 'ニンジン', cvs: { payment_deadline: { valid_hours: 24 } } },
  kicc: { pay_method: 'trans' },
  toss_brandpay: { pay_method: 'toss_brandpay' },
  tosspay_v2: { pay_method: 'tosspay' },
  paypal: { currency: 'USD' },
  paypal_v2: { currency: 'USD', pay_method: 'paypal' },
  settle_acc: { pay_method: 'trans' },
}

const product = { orderNumber: 'O1', name: '당근', quantity: 1, amount: 50_000 }
const naverProduct = {
  categoryType: 'PRODUCT',
  categoryId: 'GENERAL',
  uid: 'P1',
  name: '당근',
  count: 1,
  id: 'P1',
  basePrice: 50_000,
  infoUrl: 'https://shop.example/1',
  imageUrl: 'https://shop.example/1.png',
  options: [
    {
      optionQuantity: 1,
      optionPrice: 0,
      selections: [{ code: 'S', label: '크기', value: '작은 것' }],
    },
  ],
  shipping: { baseFee: 0, feePayType: 'PREPAYED' },
}
const unit = { shipping: { address: { admin_area_2: 'Seoul', country_code: 'KR' } } }

const samples: Params = {
  amount: 50_000,
  'bypass.cashReceiptType': 'personal',
  'bypass.customerIdentifier': '01012345678',
  'bypass.paypal_v2.payer.address': { line1: '1' },
  'bypass.paypal_v2.payer.address.country_code': 'KR',
  'bypass.paypal_v2.purchase_units': [unit],
  'bypass.paypal_v2.shipping_address': { line1: '1', city: 'Seoul', country_code: 'KR' },
  biz_num: '1234567890',
  buyer_first_name_kana: 'ギルドン',
  buyer_last_name_kana: 'ホン',
  digital: true,
  'display.card_quota': [2],
  kcpProducts: [product],
  kiccProducts: [product],
  m_redirect_url: 'https://shop.example/return',
  naverProducts: [naverProduct],
  pay_method: 'card',
  period: { from: '20260301', to: '20260331' },
  'period.from': '20260301',
  'period.to': '20260331',
  products: [{ unitPrice: 50_000, quantity: 1 }],
  'storeDetails.businessRegistrationNumber': '1234567890',
  useCardPoint: true,
  'card.direct.code': '002',
  'card.direct.quota': 0,
  vbank_due: '20260310',
}

/** The parameters that a fact names, by path; none where it is about the page, the script or the merchant's set-up. */
export function pathsOf({ param }: MandatoryParameter): readonly string[] {
  if (param === 'webhook' || /[ ()]/.test(param.replace(/ contains .*/, ''))) return []
  const [first = '', ...others] = param.replace(/ contains .*|=.*/, '').split(',')
  const folder = /^(.*\.)[^.]+$/.exec(first)?.[1] ?? ''
  return [first, ...others.map((name) => (name.includes('.') ? name : `${folder}${name}`))]
}

/** The requests for which a fact holds, one for each alternative; none where no parameter expresses when. */
export function requestsOf(
  fact: MandatoryParameter,
  facts: readonly MandatoryParameter[],
): readonly DocumentedRequest[] {
  return alternativesOf(fact.when)
    .filter((conditions) => conditions.every(({ path }) => !outside.test(path)))
    .flatMap((conditions) => toRequests(fact.pg, conditions))
    .map((request) => complete(request, fact.pg, facts))
}

/** The request without one of its parameters, in every item of a list. */
export function without({ device, params }: DocumentedRequest, path: string): DocumentedRequest {
  return { device, params: remove(params, path.split(/\.|(?=\[\])/)) }
}

function alternativesOf(when: string): readonly (readonly Condition[])[] {
  if (when === 'always') return [[]]
  return when.split(' || ').map((alternative) =>
    alternative.split(' & ').map((atom) => {
      const [, not, path = '', unequal, values] = /^(!?)([^=!]+?)(?:(!?)=(.*))?$/.exec(atom) ?? []
      const isNegated = not === '!' || unequal === '!'
      const isKey = path === 'intent'
      return {
        path: isKey ? 'customer_uid' : path,
        values: isKey ? null : (values?.split('|') ?? null),
        isNegated: isKey ? values === 'pay' : isNegated,
      }
    }),
  )
}

function toRequests(pg: string, conditions: readonly Condition[]): readonly DocumentedRequest[] {
  const base = {
    merchant_uid: 'order1',
    name: '당근',
    pay_method: 'card',
    amount: 50_000,
    buyer_name: 'Gildong Hong',
    buyer_tel: '01012345678',
    buyer_email: 'gildong@shop.example',
    ...ofPg[pg],
  }
  const start: readonly DocumentedRequest[] = [{ device: 'pc', params: base }]
  return conditions.reduce<readonly DocumentedRequest[]>(
    (requests, { path, values, isNegated }) =>
      isNegated
        ? requests
        : requests.flatMap((request) =>
            (values ?? [sampleOf(path)]).map((value) =>
              path === 'device'
                ? { ...request, device: value === 'mobile' ? ('mobile' as const) : ('pc' as const) }
                : {
                    ...request,
                    params: set(request.params, path.split('.'), value === '0' ? 0 : value),
                  },
            ),
          ),
    start,
  )
}

/** Adds what other facts of the PG demand of the request. */
function complete(
  request: DocumentedRequest,
  pg: string,
  facts: readonly MandatoryParameter[],
): DocumentedRequest {
  const lacking = facts
    .filter((fact) => fact.pg === pg && applies(fact.when, request))
    .flatMap((fact) => pathsOf(fact).map((path) => ({ fact, path: toPlain(path) })))
    .find(({ path }) => valueAt(request.params, path.split('.')) === undefined)
  if (lacking === undefined) return request
  const { fact, path } = lacking
  const given = /(?:contains |=)(.*)$/.exec(fact.param)?.[1]
  const value = given === 'true' ? true : (given ?? sampleOf(path))
  return complete({ ...request, params: set(request.params, path.split('.'), value) }, pg, facts)
}

function applies(when: string, { device, params }: DocumentedRequest): boolean {
  return alternativesOf(when).some((conditions) =>
    conditions.every(({ path, values, isNegated }) => {
      if (outside.test(path)) return false
      const value = path === 'device' ? device : valueAt(params, toPlain(path).split('.'))
      const isMet = values === null ? value !== undefined : values.includes(String(value))
      return isMet !== isNegated
    }),
  )
}

/** The list that holds the items of `list[].member`. */
function toPlain(path: string): string {
  return path.replace(/\[\].*/, '')
}

function sampleOf(path: string): unknown {
  return samples[path] ?? 'sample1'
}

function valueAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value
  if (typeof value !== 'object' || value === null) return undefined
  return valueAt(Object.getOwnPropertyDescriptor(value, name)?.value, rest)
}

function set(target: unknown, [name, ...rest]: readonly string[], value: unknown): Params {
  const members: Params = Object(target)
  if (name === undefined) return members
  return {
    ...members,
    [name]: rest.length === 0 ? value : set(members[name] ?? {}, rest, value),
  }
}

function remove(target: unknown, [name, ...rest]: readonly string[]): Params {
  const { [name ?? '']: value, ...others }: Params = Object(target)
  if (name === undefined || rest.length === 0) return others
  const [next, ...deeper] = rest
  return {
    ...others,
    [name]:
      next === '[]' && Array.isArray(value)
        ? value.map((item: unknown) => remove(item, deeper))
        : remove(value, rest),
  }
}
