import { Iamporter } from 'iamporter'
import { fixedTimeSeconds } from '../fixed-time.ts'
import {
  pick,
  pickEach,
  refusal,
  type Scenario,
  stateful,
  stateless,
  type ThirdPartyClient,
} from '../scenario.ts'
import { type TestServer } from '../server.ts'

const open = ({ origin }: TestServer, secret = 'simulator-secret') =>
  new Iamporter({ apiKey: 'simulator-key', secret, host: origin })

const order = { merchant_uid: 'order-1', amount: 1000, name: '신발' }
const imp_uid = 'imp_700000000001'
const seededPayment = { ...order, imp_uid, sandbox: false }
const card = { card_number: '4111-1111-1111-1111', expiry: '2045-12', birth: '900101' }
const unknown = [404, '존재하지 않는 결제정보입니다.', null]
const whole = ['status', 'message', 'data'] as const

const reading: readonly Scenario[] = [
  stateless(
    'gets a token for half an hour, and none with a wrong secret',
    ['getToken'],
    async (server) => {
      const { status, data } = await open(server).getToken()
      const lives = Number(data['expired_at']) - Number(data['now'])
      const wrong = await refusal(open(server).getToken('simulator-key', 'wrong'))
      return [status, Object.keys(data).toSorted(), lives, wrong]
    },
    [
      200,
      ['access_token', 'expired_at', 'now'],
      1800,
      { status: 401, message: '아임포트 API 인증에 실패하였습니다.' },
    ],
  ),
  stateful(
    'reads a payment by either id, and gets 404 for unknown ids',
    ['findByImpUid', 'findByMerchantUid'],
    async (server) => {
      await server.control('/payments', seededPayment)
      const client = open(server)
      const names = ['imp_uid', 'merchant_uid', 'status', 'amount', 'paid_at']
      return [
        pick((await client.findByImpUid(imp_uid)).data, ...names),
        pick((await client.findByMerchantUid('order-1')).data, ...names),
        pick(await client.findByImpUid('imp_0'), ...whole),
        pick(await client.findByMerchantUid('order-0'), ...whole),
      ]
    },
    [
      [imp_uid, 'order-1', 'paid', 1000, fixedTimeSeconds],
      [imp_uid, 'order-1', 'paid', 1000, fixedTimeSeconds],
      unknown,
      unknown,
    ],
  ),
  stateful(
    'lists all attempts of an order, and those of one status',
    ['findAllByMerchantUid'],
    async (server) => {
      await server.control('/payments', seededPayment)
      const failed = {
        ...seededPayment,
        imp_uid: 'imp_2',
        status: 'failed',
        started_at: fixedTimeSeconds - 1,
      }
      await server.control('/payments', failed)
      const client = open(server)
      const all = await client.findAllByMerchantUid('order-1')
      const some = await client.findAllByMerchantUid('order-1', { status: 'failed' })
      const wrong = await refusal(client.findAllByMerchantUid('order-1', { status: 'lost' }))
      return [all, some]
        .map(({ data }) => [data['total'], pickEach(data['list'], 'imp_uid')])
        .concat([pick(wrong, 'status', 'message')])
    },
    [
      [2, [[imp_uid], ['imp_2']]],
      [1, [['imp_2']]],
      [400, '지원되지 않는 상태값입니다.'],
    ],
  ),
  stateful(
    'lists payments by status and time',
    ['findAllByStatus'],
    async (server) => {
      await server.control('/payments', seededPayment)
      await server.control('/payments', { ...seededPayment, imp_uid: 'imp_2', status: 'ready' })
      const client = open(server)
      const all = await client.findAllByStatus()
      const ready = await client.findAllByStatus('ready', {
        from: fixedTimeSeconds - 60,
        to: fixedTimeSeconds,
      })
      const early = await client.findAllByStatus('ready', { to: fixedTimeSeconds - 60 })
      const wrong = await refusal(client.findAllByStatus('lost'))
      return [...[all, ready, early].map(({ data }) => data['total']), wrong]
    },
    [2, 1, 0, { status: 400, message: '지원되지 않는 상태값입니다.' }],
  ),
]

const cancelling: readonly Scenario[] = [
  stateful(
    'cancels everything by imp_uid, once',
    ['cancelByImpUid', 'findByImpUid'],
    async (server) => {
      await server.control('/payments', seededPayment)
      const client = open(server)
      const { status, data } = await client.cancelByImpUid(imp_uid, { reason: '변심' })
      const read = await client.findByImpUid(imp_uid)
      const names = ['status', 'cancel_amount', 'cancel_reason']
      const again = await refusal(client.cancelByImpUid(imp_uid))
      return [status, pick(data, ...names), pick(read.data, ...names), again]
    },
    [
      200,
      ['cancelled', 1000, '변심'],
      ['cancelled', 1000, '변심'],
      { status: 200, message: '이미 전액취소된 주문입니다.' },
    ],
  ),
  stateful(
    'cancels a part by merchant_uid, then the remaining amount',
    ['cancelByMerchantUid'],
    async (server) => {
      await server.control('/payments', seededPayment)
      const client = open(server)
      const part = await client.cancelByMerchantUid('order-1', { amount: 400, checksum: 1000 })
      const wrong = await refusal(client.cancelByMerchantUid('order-1', { checksum: 1000 }))
      const rest = await client.cancelByMerchantUid('order-1', { checksum: 600 })
      const shown = [part, rest].map(({ data }) => data['cancel_amount'])
      return [shown, pick(wrong, 'status'), pickEach(rest.data['cancel_history'], 'amount')]
    },
    [[400, 1000], [200], [[400], [600]]],
  ),
  stateful(
    'cannot cancel an unknown payment, nor without an id',
    ['cancel'],
    async (server) => {
      const client = open(server)
      return [await refusal(client.cancel({ imp_uid })), await refusal(client.cancel({}))]
    },
    [
      { status: 200, message: '취소할 결제건이 존재하지 않습니다.' },
      { status: 400, message: 'imp_uid 또는 merchant_uid를 지정해주셔야합니다.' },
    ],
  ),
  stateful(
    'registers an amount and reads it',
    ['createPreparedPayment', 'getPreparedPayment'],
    async (server) => {
      const client = open(server)
      const before = pick(await client.getPreparedPayment('order-7'), ...whole)
      await client.createPreparedPayment({ merchant_uid: 'order-7', amount: 128_900 })
      const { data } = await client.getPreparedPayment('order-7')
      return [before, pick(data, 'merchant_uid', 'amount')]
    },
    [
      [404, '사전등록된 결제정보가 존재하지 않습니다.', null],
      ['order-7', 128_900],
    ],
  ),
]

const charging: readonly Scenario[] = [
  stateful(
    'charges a card and cannot pay the same order twice',
    ['payOnetime', 'findByMerchantUid'],
    async (server) => {
      const client = open(server)
      const { data } = await client.payOnetime({ ...order, ...card })
      const found = await client.findByMerchantUid('order-1')
      const again = await refusal(client.payOnetime({ ...order, ...card }))
      return [pick(data, 'status', 'amount'), found.data['imp_uid'] === data['imp_uid'], again]
    },
    [
      ['paid', 1000],
      true,
      {
        status: 200,
        message:
          '이미 주문이 이루어진 건입니다. (동일한 merchant_uid로 결제 또는 취소된 기록이 있습니다)',
      },
    ],
  ),
  stateful(
    'is declined by the bank, and finds the failed payment',
    ['payOnetime', 'findByMerchantUid'],
    async (server) => {
      const client = open(server)
      const declined = { ...order, ...card, card_number: '4000-0000-0000-0002' }
      const refused = await refusal(client.payOnetime(declined))
      const { data } = await client.findByMerchantUid('order-1')
      return [pick(refused, 'message'), pick(data, 'status', 'fail_reason', 'failed_at', 'paid_at')]
    },
    [['[CC03] 카드사 승인거절'], ['failed', '[CC03] 카드사 승인거절', fixedTimeSeconds, 0]],
  ),
  stateful(
    'stores a card, charges it, deletes it, and cannot charge it any more',
    ['createSubscription', 'getSubscription', 'paySubscription', 'deleteSubscription'],
    async (server) => {
      const client = open(server)
      const key = { customer_uid: 'customer-9' }
      const none = await refusal(client.getSubscription('customer-9'))
      await client.createSubscription({ ...key, ...card })
      const { data } = await client.getSubscription('customer-9')
      const paid = await client.paySubscription({ ...key, ...order })
      await client.deleteSubscription('customer-9')
      const late = client.paySubscription({ ...key, ...order, merchant_uid: 'order-2' })
      return [
        none,
        pick(data, 'customer_uid', 'card_number', 'inserted'),
        pick(paid.data, 'status', 'amount', 'customer_uid', 'customer_uid_usage'),
        await refusal(late),
      ]
    },
    [
      {
        status: 200,
        message: '요청하신 customer_uid(customer-9)로 등록된 정보를 찾을 수 없습니다.',
      },
      ['customer-9', '411111*********1', fixedTimeSeconds],
      ['paid', 1000, 'customer-9', 'payment'],
      { status: 200, message: '등록되지 않은 구매자입니다.' },
    ],
  ),
  stateful(
    'charges a foreign card, once',
    ['payForeign', 'findByMerchantUid'],
    async (server) => {
      const client = open(server)
      const { data } = await client.payForeign({ ...order, ...card })
      const found = await client.findByMerchantUid('order-1')
      const again = await refusal(client.payForeign({ ...order, ...card }))
      return [pick(data, 'status', 'amount'), found.data['imp_uid'] === data['imp_uid'], again]
    },
    [
      ['paid', 1000],
      true,
      {
        status: 200,
        message:
          '이미 주문이 이루어진 건입니다. (동일한 merchant_uid로 결제 또는 취소된 기록이 있습니다)',
      },
    ],
  ),
]

const others: readonly Scenario[] = [
  stateful(
    'issues a virtual account, which is paid by a deposit',
    ['createVbank', 'findByMerchantUid'],
    async (server) => {
      const client = open(server)
      const vbank_due = fixedTimeSeconds + 86_400
      const accountParams = { vbank_code: '004', vbank_due, vbank_holder: '가게', pg: 'nice_v2' }
      const { data } = await client.createVbank({ ...order, ...accountParams })
      await server.control(`/payments/${String(data['imp_uid'])}/deposit`, {})
      const read = await client.findByMerchantUid('order-1')
      const names = ['status', 'vbank_code', 'vbank_date', 'paid_at']
      return [pick(data, ...names), pick(read.data, ...names)]
    },
    [
      ['ready', '004', fixedTimeSeconds + 86_400, 0],
      ['paid', '004', fixedTimeSeconds + 86_400, fixedTimeSeconds],
    ],
  ),
  stateful(
    'reads an identity verification and deletes it',
    ['getCertification', 'deleteCertification'],
    async (server) => {
      const client = open(server)
      const params = await server.rest('/certifications/otp/request', {
        name: '홍길동',
        phone: '01012345678',
        birth: '900101',
        gender_digit: '1',
        carrier: 'SKT',
        channel_key: 'channel-key-danal',
      })
      const id = String(params['imp_uid'])
      const early = await client.getCertification(id)
      await server.rest(`/certifications/otp/confirm/${id}`, { otp: '123456' })
      const read = await client.getCertification(id)
      await client.deleteCertification(id)
      const names = ['certified', 'name', 'birthday']
      const deleted = pick(await client.getCertification(id), ...whole)
      return [pick(early.data, ...names), pick(read.data, ...names), deleted]
    },
    [
      [false, null, null],
      [true, '홍길동', '1990-01-01'],
      [404, '인증결과가 존재하지 않습니다.', null],
    ],
  ),
  stateful(
    'does not renew an expired token',
    ['findByImpUid'],
    async (server) => {
      await server.control('/payments', seededPayment)
      const client = open(server)
      const { data } = await client.findByImpUid(imp_uid)
      await server.control('/clock', { advance_ms: 31 * 60_000 })
      return [data['status'], await refusal(client.findByImpUid(imp_uid))]
    },
    ['paid', { status: 401, message: '아임포트 API 인증에 실패하였습니다.' }],
  ),
]

/** Methods that make no call of their own. */
const inner = ['constructor', 'isExpiredToken']

/** `iamporter`, a Node client by a merchant. */
export const iamporter: ThirdPartyClient = {
  client: 'iamporter',
  calls: Object.getOwnPropertyNames(Iamporter.prototype).filter(
    (name) => !name.startsWith('_') && !inner.includes(name),
  ),
  scenarios: [...reading, ...cancelling, ...charging, ...others],
}
