// A simulator that already has a record of every kind.
import { createClock, createSimulator } from '@quayside/simulator'
import { fixedTime, fixedTimeSeconds } from '../fixed-time.ts'
import { isRecord } from '../scenario.ts'
import type { Call } from './calls.ts'

/** A simulator with seeded records. */
export interface SeededSimulator {
  /** Makes a call, with a token unless `hasToken` is false. */
  readonly send: (call: Call, options?: { readonly hasToken: boolean }) => Promise<Response>
  /** Injects a fault of the simulator into the next response. */
  readonly injectFault: (fault: string) => Promise<unknown>
  /** From now on the simulator throws an internal error where it needs a new id. */
  readonly exhaustIds: () => void
}

const order = { amount: 1000, sandbox: false }
const card = { card_number: '4111-1111-1111-1111', expiry: '2045-12', birth: '900101' }
const person = { name: '홍길동', tel: '01012345678', addr: '서울', postcode: '04524' }
const parcel = {
  sender: person,
  receiver: person,
  logis: { company: 'HANJIN', invoice: '1', sent_at: fixedTimeSeconds },
}
const naver = { pg_provider: 'naverco' }
const sent = { delivery_method: 'NOTHING', dispatched_at: fixedTimeSeconds }

/** Creates a simulator with records; two of the same seed are identical. */
export async function createSeededSimulator(seed: number): Promise<SeededSimulator> {
  let isExhausted = false
  let ids = 0
  const newId = () => {
    if (isExhausted) throw new RangeError('no ids are left')
    ids += 1
    return `imp_${String(ids).padStart(12, '0')}`
  }
  const simulator = createSimulator({ seed, newId, clock: createClock({ at: fixedTime }) })
  const post = async (path: string, body: object, authorization = '') => {
    const response = await simulator.fetch(`http://simulator${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify(body),
    })
    const received: unknown = await response.json()
    if (!response.ok) throw new TypeError(`${path}: ${JSON.stringify(received)}`)
    return isRecord(received) ? received : {}
  }
  const keys = { imp_key: 'simulator-key', imp_secret: 'simulator-secret' }
  const { response } = await post('/users/getToken', keys)
  const token = isRecord(response) ? String(response['access_token']) : ''
  const rest = async (path: string, body: object) => {
    const envelope = await post(path, body, token)
    if (envelope['code'] !== 0) throw new TypeError(`${path}: ${JSON.stringify(envelope)}`)
    return isRecord(envelope['response']) ? envelope['response'] : {}
  }
  const names = await populate((path, body) => post(`/_simulator${path}`, body), rest)
  return {
    send: ({ operation: { method }, path, body, contentType }, { hasToken } = { hasToken: true }) =>
      simulator.fetch(`http://simulator${named(path, names)}`, {
        method,
        headers: { 'content-type': contentType, ...(hasToken ? { authorization: token } : {}) },
        ...(body === null ? {} : { body }),
      }),
    injectFault: (fault) => post('/_simulator/faults', { fault }),
    exhaustIds: () => {
      isExhausted = true
    },
  }
}

type Post = (path: string, body: object) => Promise<Readonly<Record<string, unknown>>>

/** Ids that the provider assigned, by the placeholder that calls use for them. */
type Ids = Readonly<Record<string, string>>

async function populate(control: Post, rest: Post): Promise<Ids> {
  const pay = (name: string, more: object = {}) =>
    control('/payments', {
      ...order,
      imp_uid: `imp_${name}`,
      merchant_uid: `order-${name}`,
      ...more,
    })
  await pay('paid', { customer_uid: 'customer-1' })
  await pay('failed', { status: 'failed' })
  await pay('trans', { pay_method: 'trans' })
  await pay('receipt', { pay_method: 'trans' })
  await pay('waiting', { pay_method: 'vbank', status: 'ready', pg_provider: 'settle' })
  await pay('naverpay', { pg_provider: 'naverpay', pay_method: 'point', escrow: true })
  await pay('payco', { pg_provider: 'payco' })
  await pay('paymentwall', { pg_provider: 'paymentwall' })
  await pay('escrow', { pg_provider: 'kcp', escrow: true })
  await pay('parcel', { pg_provider: 'kcp', escrow: true })
  await pay('pin', { pg_provider: 'kcp_quick', member_id: 'member-1', kcp_action: 'PinCheck' })
  await rest('/escrows/logis/imp_parcel', parcel)
  await rest('/receipts/imp_receipt', { identifier: '01012345678' })
  const sale = { channel_key: 'channel-key-html5_inicis', name: '신발', amount: 1000 }
  await rest('/receipts/external/order-external', { ...sale, identifier: '01012345678' })
  await control('/kcpquick/members', { member_id: 'member-1' })
  await control('/billing-keys', { customer_uid: 'customer-1' })
  await control('/billing-keys', { customer_uid: 'customer-quick', pg_provider: 'kcp_quick' })
  const group = { ...card, channel_group_id: 'channel-group-id-simulator' }
  await rest('/subscribe/customers/customer-group', group)
  await rest('/payments/prepare', { merchant_uid: 'order-announced', amount: 1000 })
  const quick = { btid: 'bt-1', cust_ip: '203.0.113.7', code_verifier: 'verifier' }
  await rest('/kcpquick/prepare/order-announced', quick)
  await scheduleCharges(rest)
  const line = await fillNaver(control, rest, pay)
  const store = { channel_key: 'channel-key-galaxia', merchant_uid: 'order-barcode', amount: 1000 }
  const barcode = await rest('/cvs', { ...store, name: '삼각김밥' })
  return { line, barcode: String(barcode['imp_uid']), ...(await verify(rest)) }
}

async function scheduleCharges(rest: Post): Promise<void> {
  const at = (merchant_uid: string) => ({
    ...order,
    merchant_uid,
    schedule_at: fixedTimeSeconds + 600,
  })
  const schedules = [at('order-planned'), at('order-called-off')]
  await rest('/subscribe/payments/schedule', { customer_uid: 'customer-1', schedules })
  const off = { customer_uid: 'customer-1', merchant_uid: 'order-called-off' }
  await rest('/subscribe/payments/unschedule', off)
}

async function verify(rest: Post): Promise<Ids> {
  const who = { name: '홍길동', phone: '01012345678', birth: '900101', gender_digit: '1' }
  const params = { ...who, carrier: 'SKT', channel_key: 'channel-key-danal' }
  const certified = await rest('/certifications/otp/request', params)
  await rest(`/certifications/otp/confirm/${String(certified['imp_uid'])}`, { otp: '123456' })
  const waiting = await rest('/certifications/otp/request', params)
  return { certified: String(certified['imp_uid']), requested: String(waiting['imp_uid']) }
}

async function fillNaver(
  control: Post,
  rest: Post,
  pay: (name: string, more: object) => Promise<unknown>,
): Promise<string> {
  const lineOf = async (name: string) => {
    await pay(name, naver)
    const products = [{ product_id: 'p1', product_amount: 1000 }]
    const added = await control(`/payments/imp_${name}/product-orders`, { products })
    const lines: unknown = added['product_orders']
    const first: unknown = Array.isArray(lines) ? lines[0] : undefined
    return isRecord(first) ? String(first['product_order_id']) : ''
  }
  const buyer = (line: string, event: string) => control(`/product-orders/${line}/${event}`, {})
  const shop = (name: string, operation: string, body: object = {}) =>
    rest(`/payments/imp_${name}/naver/${operation}`, body)

  const line = await lineOf('naverco')
  await buyer(line, 'review')
  await buyer(await lineOf('cancelling'), 'request-cancel')
  for (const [name, event] of Object.entries(afterShipping)) {
    const own = await lineOf(name)
    await shop(name, 'ship', sent)
    if (event !== null) await buyer(own, event)
  }
  await shop('held', 'withhold-return', { memo: '배송비' })
  await shop('collected', 'collect-exchanged')
  return line
}

const afterShipping: Readonly<Record<string, string | null>> = {
  sent: null,
  returning: 'request-return',
  rejecting: 'request-return',
  held: 'request-return',
  exchanging: 'request-exchange',
  collected: 'request-exchange',
}

function named(path: string, ids: Ids): string {
  return path
    .split('/')
    .map((segment) => (Object.hasOwn(ids, segment) ? (ids[segment] ?? segment) : segment))
    .join('/')
}
