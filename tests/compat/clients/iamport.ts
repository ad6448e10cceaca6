import Iamport from 'iamport'
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
import { openIamport as open } from './iamport-open.ts'
import { cancelling, reading } from './iamport-payments.ts'

const order = { merchant_uid: 'order-1', amount: 1000, name: '신발' }
const seededPayment = { ...order, imp_uid: 'imp_700000000001', sandbox: false }
const card = {
  card_number: '4111-1111-1111-1111',
  expiry: '2045-12',
  birth: '900101',
  pwd_2digit: '12',
}
const { imp_uid } = seededPayment

const charging: readonly Scenario[] = [
  stateful(
    'charges a card, finds the payment, and cannot pay the same order twice',
    ['subscribe.onetime', 'payment.getByMerchant'],
    async (server) => {
      const { subscribe, payment } = open(server)
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
    'is refused an invalid card number',
    ['subscribe.onetime'],
    async (server) => {
      const wrong = { ...order, ...card, card_number: '1111-1111-1111-1112' }
      return refusal(open(server).subscribe.onetime(wrong))
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
      async (server) => {
        const { subscribe, subscribe_customer: keys } = open(server)
        const key = { customer_uid: 'customer-9' }
        const names = ['customer_uid', 'card_number', 'customer_name', 'inserted']
        const made = await keys[`create${suffix}`]({ ...key, ...card, customer_name: '홍길동' })
        const read = await keys[`get${suffix}`](key)
        const paid = await subscribe.again({ ...key, ...order })
        const deleted = await keys[`delete${suffix}`](key)
        const late = await refusal(subscribe.again({ ...key, ...order, merchant_uid: 'order-2' }))
        const unknown = await refusal(keys[`get${suffix}`](key))
        const shown = pick(paid, 'status', 'customer_uid', 'buyer_name')
        return [
          pick(made, ...names),
          pick(read, ...names),
          shown,
          deleted['customer_uid'],
          late,
          unknown,
        ]
      },
      [
        ['customer-9', '411111*********1', '홍길동', fixedTimeSeconds],
        ['customer-9', '411111*********1', '홍길동', fixedTimeSeconds],
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
    'schedules three charges, unschedules one, and a day later two are paid',
    ['subscribe.schedule', 'subscribe.unschedule', 'payment.getByMerchant'],
    async (server) => {
      const iamport = open(server)
      const at = (merchant_uid: string) => ({
        ...order,
        merchant_uid,
        schedule_at: fixedTimeSeconds + 3600,
      })
      const schedules = [at('m1'), at('m2'), at('m3')]
      const made = await iamport.subscribe.schedule({ customer_uid: 'c1', ...card, schedules })
      const off = await iamport.subscribe.unschedule({ customer_uid: 'c1', merchant_uid: 'm2' })
      const early = await refusal(iamport.payment.getByMerchant({ merchant_uid: 'm1' }))
      await server.control('/clock', { advance_ms: 86_400_000 })
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
      [['m2', 'revoked', fixedTimeSeconds]],
      { code: 'HTTP_404', message: '404' },
      [
        ['paid', fixedTimeSeconds + 3600, 'payment.scheduled'],
        ['paid', fixedTimeSeconds + 3600, 'payment.scheduled'],
      ],
      { code: 'HTTP_404', message: '404' },
    ],
  ),
  stateful(
    'cannot schedule for an unknown buyer, nor unschedule what was never scheduled',
    ['subscribe.schedule', 'subscribe.unschedule'],
    async (server) => {
      const { subscribe } = open(server)
      const schedules = [{ ...order, schedule_at: fixedTimeSeconds + 3600 }]
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

const others: readonly Scenario[] = [
  stateful(
    'issues a virtual account and reads the deposit',
    ['vbank.create', 'payment.getByImpUid'],
    async (server) => {
      const { vbank, payment } = open(server)
      const due = fixedTimeSeconds + 86_400
      const accountParams = {
        vbank_code: '004',
        vbank_due: due,
        vbank_holder: '가게',
        pg: 'nice_v2',
      }
      const made = await vbank.create({ ...order, ...accountParams })
      await server.control(`/payments/${String(made['imp_uid'])}/deposit`, {})
      const read = await payment.getByImpUid({ imp_uid: made['imp_uid'], include_sandbox: true })
      const names = ['status', 'pay_method', 'vbank_code', 'vbank_date', 'vbank_holder', 'paid_at']
      return [pick(made, ...names), pick(read, ...names), made['vbank_num'] === read['vbank_num']]
    },
    [
      ['ready', 'vbank', '004', fixedTimeSeconds + 86_400, '가게', 0],
      ['paid', 'vbank', '004', fixedTimeSeconds + 86_400, '가게', fixedTimeSeconds],
      true,
    ],
  ),
  stateful(
    'reads an identity verification and deletes it',
    ['certification.get', 'certification.delete'],
    async (server) => {
      const { certification } = open(server)
      const params = await server.rest('/certifications/otp/request', {
        name: '홍길동',
        phone: '01012345678',
        birth: '900101',
        gender_digit: '1',
        carrier: 'SKT',
        channel_key: 'channel-key-danal',
      })
      const id = { imp_uid: String(params['imp_uid']) }
      await server.rest(`/certifications/otp/confirm/${id.imp_uid}`, { otp: '123456' })
      const names = ['name', 'birthday', 'gender', 'certified', 'certified_at']
      const read = pick(await certification.get(id), ...names)
      const deleted = pick(await certification.delete(id), ...names)
      return [read, deleted, await refusal(certification.get(id))]
    },
    [
      ['홍길동', '1990-01-01', 'male', true, fixedTimeSeconds],
      ['홍길동', '1990-01-01', 'male', true, fixedTimeSeconds],
      { code: 'HTTP_404', message: '404' },
    ],
  ),
  stateless(
    'is refused with a wrong secret',
    ['payment.getByImpUid'],
    async (server) => {
      const { payment } = open(server, { impKey: 'simulator-key', impSecret: 'wrong' })
      return refusal(payment.getByImpUid({ imp_uid }))
    },
    { code: 'HTTP_401', message: '401' },
  ),
  stateful(
    'renews an expired token, and the call succeeds',
    ['payment.getByImpUid'],
    async (server) => {
      await server.control('/payments', seededPayment)
      const { payment } = open(server)
      await payment.getByImpUid({ imp_uid })
      await server.control('/clock', { advance_ms: 31 * 60_000 })
      const { status } = await payment.getByImpUid({ imp_uid })
      return [status, (await server.control('/request-log'))['POST /users/getToken']]
    },
    ['paid', 2],
  ),
]

const nameOf = (resource: string) => `${resource.charAt(0).toLowerCase()}${resource.slice(1)}`

/** `iamport`, the first official Node client. */
export const iamport: ThirdPartyClient = {
  client: 'iamport',
  calls: Object.entries(Iamport.resources).flatMap(([resource, { prototype }]) =>
    Object.keys(prototype)
      .filter((name) => name !== 'path' && name !== 'constructor')
      .map((name) => `${nameOf(resource)}.${name}`),
  ),
  scenarios: [...reading, ...cancelling, ...charging, ...others],
}
