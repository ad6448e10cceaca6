import { Iamporter } from 'iamporter'
import { noonSeconds } from '../fixed-time.ts'
import {
  type Deed,
  pick,
  pickEach,
  refusal,
  type Stranger,
  stateful,
  stateless,
} from '../scenario.ts'
import { type Stage } from '../server.ts'

const open = ({ origin }: Stage, secret = 'simulator-secret') =>
  new Iamporter({ apiKey: 'simulator-key', secret, host: origin })

const order = { merchant_uid: 'order-1', amount: 1000, name: '신발' }
const imp_uid = 'imp_700000000001'
const staged = { ...order, imp_uid, sandbox: false }
const card = { card_number: '4111-1111-1111-1111', expiry: '2045-12', birth: '900101' }
const unknown = [404, '존재하지 않는 결제정보입니다.', null]
const whole = ['status', 'message', 'data'] as const

const reading: readonly Deed[] = [
  stateless(
    'gets a token that lives half an hour, and none with a wrong secret',
    ['getToken'],
    async (stage) => {
      const { status, data } = await open(stage).getToken()
      const lives = Number(data['expired_at']) - Number(data['now'])
      const wrong = await refusal(open(stage).getToken('simulator-key', 'wrong'))
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
    'reads a payment by either id, and is told which one does not exist',
    ['findByImpUid', 'findByMerchantUid'],
    async (stage) => {
      await stage.control('/payments', staged)
      const client = open(stage)
      const names = ['imp_uid', 'merchant_uid', 'status', 'amount', 'paid_at']
      return [
        pick((await client.findByImpUid(imp_uid)).data, ...names),
        pick((await client.findByMerchantUid('order-1')).data, ...names),
        pick(await client.findByImpUid('imp_0'), ...whole),
        pick(await client.findByMerchantUid('order-0'), ...whole),
      ]
    },
    [
      [imp_uid, 'order-1', 'paid', 1000, noonSeconds],
      [imp_uid, 'order-1', 'paid', 1000, noonSeconds],
      unknown,
      unknown,
    ],
  ),
  stateful(
    'lists all attempts of an order, and those of one status',
    ['findAllByMerchantUid'],
    async (stage) => {
      await stage.control('/payments', staged)
      const failed = { ...staged, imp_uid: 'imp_2', status: 'failed', started_at: noonSeconds - 1 }
      await stage.control('/payments', failed)
      const client = open(stage)
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
    'lists payments by status and time, whatever they are called',
    ['findAllByStatus'],
    async (stage) => {
      await stage.control('/payments', staged)
      await stage.control('/payments', { ...staged, imp_uid: 'imp_2', status: 'ready' })
      const client = open(stage)
      const all = await client.findAllByStatus()
      const ready = await client.findAllByStatus('ready', {
        from: noonSeconds - 60,
        to: noonSeconds,
      })
      const early = await client.findAllByStatus('ready', { to: noonSeconds - 60 })
      const wrong = await refusal(client.findAllByStatus('lost'))
      return [...[all, ready, early].map(({ data }) => data['total']), wrong]
    },
    [2, 1, 0, { status: 400, message: '지원되지 않는 상태값입니다.' }],
  ),
]

const cancelling: readonly Deed[] = [
  stateful(
    'cancels everything by imp_uid, once',
    ['cancelByImpUid', 'findByImpUid'],
    async (stage) => {
      await stage.control('/payments', staged)
      const client = open(stage)
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
    'cancels a part by merchant_uid, and what is left after it',
    ['cancelByMerchantUid'],
    async (stage) => {
      await stage.control('/payments', staged)
      const client = open(stage)
      const part = await client.cancelByMerchantUid('order-1', { amount: 400, checksum: 1000 })
      const wrong = await refusal(client.cancelByMerchantUid('order-1', { checksum: 1000 }))
      const rest = await client.cancelByMerchantUid('order-1', { checksum: 600 })
      const shown = [part, rest].map(({ data }) => data['cancel_amount'])
      return [shown, pick(wrong, 'status'), pickEach(rest.data['cancel_history'], 'amount')]
    },
    [[400, 1000], [200], [[400], [600]]],
  ),
  stateful(
    'cannot cancel what is not there, nor without an id',
    ['cancel'],
    async (stage) => {
      const client = open(stage)
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
    async (stage) => {
      const client = open(stage)
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

const charging: readonly Deed[] = [
  stateful(
    'charges a card and cannot pay the same order twice',
    ['payOnetime', 'findByMerchantUid'],
    async (stage) => {
      const client = open(stage)
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
    'is refused by the bank, and the failed payment can be found',
    ['payOnetime', 'findByMerchantUid'],
    async (stage) => {
      const client = open(stage)
      const declined = { ...order, ...card, card_number: '4000-0000-0000-0002' }
      const refused = await refusal(client.payOnetime(declined))
      const { data } = await client.findByMerchantUid('order-1')
      return [pick(refused, 'message'), pick(data, 'status', 'fail_reason', 'failed_at', 'paid_at')]
    },
    [['[CC03] 카드사 승인거절'], ['failed', '[CC03] 카드사 승인거절', noonSeconds, 0]],
  ),
  stateful(
    'stores a card, charges it, deletes it, and cannot charge it any more',
    ['createSubscription', 'getSubscription', 'paySubscription', 'deleteSubscription'],
    async (stage) => {
      const client = open(stage)
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
      ['customer-9', '411111*********1', noonSeconds],
      ['paid', 1000, 'customer-9', 'payment'],
      { status: 200, message: '등록되지 않은 구매자입니다.' },
    ],
  ),
  stateful(
    'charges a card from abroad, once',
    ['payForeign', 'findByMerchantUid'],
    async (stage) => {
      const client = open(stage)
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

const others: readonly Deed[] = [
  stateful(
    'has an account issued, which is paid by a deposit',
    ['createVbank', 'findByMerchantUid'],
    async (stage) => {
      const client = open(stage)
      const vbank_due = noonSeconds + 86_400
      const wishes = { vbank_code: '004', vbank_due, vbank_holder: '가게', pg: 'nice_v2' }
      const { data } = await client.createVbank({ ...order, ...wishes })
      await stage.control(`/payments/${String(data['imp_uid'])}/deposit`, {})
      const read = await client.findByMerchantUid('order-1')
      const names = ['status', 'vbank_code', 'vbank_date', 'paid_at']
      return [pick(data, ...names), pick(read.data, ...names)]
    },
    [
      ['ready', '004', noonSeconds + 86_400, 0],
      ['paid', '004', noonSeconds + 86_400, noonSeconds],
    ],
  ),
  stateful(
    'reads an identity verification and erases it for good',
    ['getCertification', 'deleteCertification'],
    async (stage) => {
      const client = open(stage)
      const asked = await stage.rest('/certifications/otp/request', {
        name: '홍길동',
        phone: '01012345678',
        birth: '900101',
        gender_digit: '1',
        carrier: 'SKT',
        channel_key: 'channel-key-danal',
      })
      const id = String(asked['imp_uid'])
      const early = await client.getCertification(id)
      await stage.rest(`/certifications/otp/confirm/${id}`, { otp: '123456' })
      const read = await client.getCertification(id)
      await client.deleteCertification(id)
      const names = ['certified', 'name', 'birthday']
      const gone = pick(await client.getCertification(id), ...whole)
      return [pick(early.data, ...names), pick(read.data, ...names), gone]
    },
    [
      [false, null, null],
      [true, '홍길동', '1990-01-01'],
      [404, '인증결과가 존재하지 않습니다.', null],
    ],
  ),
  stateful(
    'does not know how to renew a token that the server has let run out',
    ['findByImpUid'],
    async (stage) => {
      await stage.control('/payments', staged)
      const client = open(stage)
      const { data } = await client.findByImpUid(imp_uid)
      await stage.control('/clock', { advance_ms: 31 * 60_000 })
      return [data['status'], await refusal(client.findByImpUid(imp_uid))]
    },
    ['paid', { status: 401, message: '아임포트 API 인증에 실패하였습니다.' }],
  ),
]

/** Methods that make no call of their own. */
const inner = ['constructor', 'isExpiredToken']

/** `iamporter`, a Node client by a merchant. */
export const iamporter: Stranger = {
  client: 'iamporter',
  offers: Object.getOwnPropertyNames(Iamporter.prototype).filter(
    (name) => !name.startsWith('_') && !inner.includes(name),
  ),
  deeds: [...reading, ...cancelling, ...charging, ...others],
}
