import Iamport from 'iamport'
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
import { openIamport as open } from './iamport-open.ts'
import { cancelling, reading } from './iamport-payments.ts'

const order = { merchant_uid: 'order-1', amount: 1000, name: '신발' }
const staged = { ...order, imp_uid: 'imp_700000000001', sandbox: false }
const card = {
  card_number: '4111-1111-1111-1111',
  expiry: '2045-12',
  birth: '900101',
  pwd_2digit: '12',
}
const { imp_uid } = staged

const charging: readonly Deed[] = [
  stateful(
    'charges a card, finds the payment, and cannot pay the same order twice',
    ['subscribe.onetime', 'payment.getByMerchant'],
    async (stage) => {
      const { subscribe, payment } = open(stage)
      const paid = await subscribe.onetime({ ...order, ...card })
      const found = await payment.getByMerchant({ merchant_uid: 'order-1' })
      const again = await refusal(subscribe.onetime({ ...order, ...card }))
      const names = ['status', 'amount', 'channel', 'card_number', 'customer_uid']
      return [pick(paid, ...names), found['imp_uid'] === paid['imp_uid'], again]
    },
    [
      ['paid', 1000, 'api', '411111*********1', null],
      true,
      {
        code: 'IAMPORT_1',
        message:
          '이미 주문이 이루어진 건입니다. (동일한 merchant_uid로 결제 또는 취소된 기록이 있습니다)',
      },
    ],
  ),
  stateless(
    'is told that a card number is none',
    ['subscribe.onetime'],
    async (stage) => {
      const wrong = { ...order, ...card, card_number: '1111-1111-1111-1112' }
      return refusal(open(stage).subscribe.onetime(wrong))
    },
    {
      code: 'IAMPORT_-1',
      message: '카드정보 인증에 실패하였습니다. 유효하지않은 카드번호를 입력하셨습니다.',
    },
  ),
  ...(['', 'Customers'] as const).map((suffix) =>
    stateful(
      `stores a card, charges it and deletes it (create${suffix})`,
      [
        `subscribe_customer.create${suffix}`,
        `subscribe_customer.get${suffix}`,
        `subscribe_customer.delete${suffix}`,
        'subscribe.again',
      ],
      async (stage) => {
        const { subscribe, subscribe_customer: keys } = open(stage)
        const key = { customer_uid: 'customer-9' }
        const names = ['customer_uid', 'card_number', 'customer_name', 'inserted']
        const made = await keys[`create${suffix}`]({ ...key, ...card, customer_name: '홍길동' })
        const read = await keys[`get${suffix}`](key)
        const paid = await subscribe.again({ ...key, ...order })
        const gone = await keys[`delete${suffix}`](key)
        const late = await refusal(subscribe.again({ ...key, ...order, merchant_uid: 'order-2' }))
        const unknown = await refusal(keys[`get${suffix}`](key))
        const shown = pick(paid, 'status', 'customer_uid', 'buyer_name')
        return [
          pick(made, ...names),
          pick(read, ...names),
          shown,
          gone['customer_uid'],
          late,
          unknown,
        ]
      },
      [
        ['customer-9', '411111*********1', '홍길동', noonSeconds],
        ['customer-9', '411111*********1', '홍길동', noonSeconds],
        ['paid', 'customer-9', '홍길동'],
        'customer-9',
        { code: 'IAMPORT_1', message: '등록되지 않은 구매자입니다.' },
        {
          code: 'IAMPORT_1',
          message: '요청하신 customer_uid(customer-9)로 등록된 정보를 찾을 수 없습니다.',
        },
      ],
    ),
  ),
  stateful(
    'schedules three charges, calls one off, and a day later two are paid',
    ['subscribe.schedule', 'subscribe.unschedule', 'payment.getByMerchant'],
    async (stage) => {
      const iamport = open(stage)
      const at = (merchant_uid: string) => ({
        ...order,
        merchant_uid,
        schedule_at: noonSeconds + 3600,
      })
      const schedules = [at('m1'), at('m2'), at('m3')]
      const made = await iamport.subscribe.schedule({ customer_uid: 'c1', ...card, schedules })
      const off = await iamport.subscribe.unschedule({ customer_uid: 'c1', merchant_uid: 'm2' })
      const early = await refusal(iamport.payment.getByMerchant({ merchant_uid: 'm1' }))
      await stage.control('/clock', { advance_ms: 86_400_000 })
      const find = (merchant_uid: string) => iamport.payment.getByMerchant({ merchant_uid })
      const late = [await find('m1'), await find('m3')]
      const names = ['status', 'paid_at', 'customer_uid_usage']
      return [
        pickEach(made, 'merchant_uid', 'schedule_status'),
        pickEach(off, 'merchant_uid', 'schedule_status', 'revoked_at'),
        early,
        late.map((payment) => pick(payment, ...names)),
        await refusal(find('m2')),
      ]
    },
    [
      [
        ['m1', 'scheduled'],
        ['m2', 'scheduled'],
        ['m3', 'scheduled'],
      ],
      [['m2', 'revoked', noonSeconds]],
      { code: 'HTTP_404', message: '404' },
      [
        ['paid', noonSeconds + 3600, 'payment.scheduled'],
        ['paid', noonSeconds + 3600, 'payment.scheduled'],
      ],
      { code: 'HTTP_404', message: '404' },
    ],
  ),
  stateful(
    'cannot schedule for a buyer nobody knows, nor call off what was never planned',
    ['subscribe.schedule', 'subscribe.unschedule'],
    async (stage) => {
      const { subscribe } = open(stage)
      const schedules = [{ ...order, schedule_at: noonSeconds + 3600 }]
      const key = { customer_uid: 'nobody' }
      return [
        await refusal(subscribe.schedule({ ...key, schedules })),
        await refusal(subscribe.unschedule(key)),
      ]
    },
    [
      { code: 'IAMPORT_1', message: '등록된 고객정보가 없습니다.' },
      { code: 'IAMPORT_1', message: '취소할 예약결제 기록이 존재하지 않습니다.' },
    ],
  ),
]

const others: readonly Deed[] = [
  stateful(
    'has an account issued and sees the deposit arrive',
    ['vbank.create', 'payment.getByImpUid'],
    async (stage) => {
      const { vbank, payment } = open(stage)
      const due = noonSeconds + 86_400
      const wishes = { vbank_code: '004', vbank_due: due, vbank_holder: '가게', pg: 'nice_v2' }
      const made = await vbank.create({ ...order, ...wishes })
      await stage.control(`/payments/${String(made['imp_uid'])}/deposit`, {})
      const read = await payment.getByImpUid({ imp_uid: made['imp_uid'], include_sandbox: true })
      const names = ['status', 'pay_method', 'vbank_code', 'vbank_date', 'vbank_holder', 'paid_at']
      return [pick(made, ...names), pick(read, ...names), made['vbank_num'] === read['vbank_num']]
    },
    [
      ['ready', 'vbank', '004', noonSeconds + 86_400, '가게', 0],
      ['paid', 'vbank', '004', noonSeconds + 86_400, '가게', noonSeconds],
      true,
    ],
  ),
  stateful(
    'reads an identity verification and erases it for good',
    ['certification.get', 'certification.delete'],
    async (stage) => {
      const { certification } = open(stage)
      const asked = await stage.rest('/certifications/otp/request', {
        name: '홍길동',
        phone: '01012345678',
        birth: '900101',
        gender_digit: '1',
        carrier: 'SKT',
        channel_key: 'channel-key-danal',
      })
      const id = { imp_uid: String(asked['imp_uid']) }
      await stage.rest(`/certifications/otp/confirm/${id.imp_uid}`, { otp: '123456' })
      const names = ['name', 'birthday', 'gender', 'certified', 'certified_at']
      const read = pick(await certification.get(id), ...names)
      const gone = pick(await certification.delete(id), ...names)
      return [read, gone, await refusal(certification.get(id))]
    },
    [
      ['홍길동', '1990-01-01', 'male', true, noonSeconds],
      ['홍길동', '1990-01-01', 'male', true, noonSeconds],
      { code: 'HTTP_404', message: '404' },
    ],
  ),
  stateless(
    'is turned away with a wrong secret',
    ['payment.getByImpUid'],
    async (stage) => {
      const { payment } = open(stage, { impKey: 'simulator-key', impSecret: 'wrong' })
      return refusal(payment.getByImpUid({ imp_uid }))
    },
    { code: 'HTTP_401', message: '401' },
  ),
  stateful(
    'renews a token that has run out, and the call comes through',
    ['payment.getByImpUid'],
    async (stage) => {
      await stage.control('/payments', staged)
      const { payment } = open(stage)
      await payment.getByImpUid({ imp_uid })
      await stage.control('/clock', { advance_ms: 31 * 60_000 })
      const { status } = await payment.getByImpUid({ imp_uid })
      return [status, (await stage.control('/request-log'))['POST /users/getToken']]
    },
    ['paid', 2],
  ),
]

const nameOf = (resource: string) => `${resource.charAt(0).toLowerCase()}${resource.slice(1)}`

/** `iamport`, the first official Node client. */
export const iamport: Stranger = {
  client: 'iamport',
  offers: Object.entries(Iamport.resources).flatMap(([resource, { prototype }]) =>
    Object.keys(prototype)
      .filter((name) => name !== 'path' && name !== 'constructor')
      .map((name) => `${nameOf(resource)}.${name}`),
  ),
  deeds: [...reading, ...cancelling, ...charging, ...others],
}
