import { Request } from 'iamport-rest-client-nodejs'
import { fixedTime, fixedTimeSeconds } from '../fixed-time.ts'
import { pick, pickEach, refusal, type Scenario, stateful, stateless } from '../scenario.ts'
import { openRestClient as open } from './rest-client-open.ts'

const { Customers, Payments, Subscribe } = Request
const order = { merchant_uid: 'order-1', amount: 1000, name: '신발' }
const card = { card_number: '4111-1111-1111-1111', expiry: '2045-12', birth: '900101' }
const key = { customer_uid: 'customer-9' }
const deleted = {
  status: 200,
  code: 1,
  message: '요청하신 customer_uid(customer-9)로 등록된 정보를 찾을 수 없습니다.',
}
const oneHourLater = new Date(fixedTime.getTime() + 3_600_000)
const month = { from: fixedTimeSeconds - 60, to: fixedTimeSeconds + 86_400 * 30 }

/** Billing keys and schedules, by `iamport-rest-client-nodejs`. */
export const billing: readonly Scenario[] = [
  stateful(
    'charges a card and stores it in one call',
    ['Subscribe.onetime', 'Customers.getBillingKey', 'Payments.getByMerchantUid'],
    async (server) => {
      const { call } = open(server)
      const paid = await call(Subscribe.onetime({ ...order, ...card, ...key }))
      const stored = await call(Customers.getBillingKey(key))
      const find = { merchant_uid: 'order-1', status: 'paid', sorting: '-paid' }
      const found = await call(Payments.getByMerchantUid(find))
      return [
        pick(paid, 'status', 'amount', 'paid_at', 'customer_uid', 'customer_uid_usage'),
        pick(stored, 'customer_uid', 'card_number', 'inserted'),
        found['imp_uid'] === paid['imp_uid'],
        await refusal(call(Subscribe.onetime({ ...order, ...card }))),
      ]
    },
    [
      ['paid', 1000, fixedTime, 'customer-9', 'issue'],
      ['customer-9', '411111*********1', fixedTime],
      true,
      {
        status: 200,
        code: 1,
        message:
          '이미 주문이 이루어진 건입니다. (동일한 merchant_uid로 결제 또는 취소된 기록이 있습니다)',
      },
    ],
  ),
  stateless(
    'is refused an expired card',
    ['Subscribe.onetime'],
    async (server) =>
      refusal(open(server).call(Subscribe.onetime({ ...order, ...card, expiry: '2039-12' }))),
    {
      status: 200,
      code: -1,
      message: '카드정보 인증에 실패하였습니다. 유효기간이 올바르지 않거나 만료된 카드입니다.',
    },
  ),
  stateful(
    'stores a card, charges it twice, lists the charges, and deletes it',
    [
      'Customers.postBillingKey',
      'Customers.getBillingKey',
      'Customers.getBillingKeys',
      'Customers.getPayments',
      'Customers.deleteBillingKey',
      'Subscribe.again',
    ],
    async (server) => {
      const { call } = open(server)
      const made = await call(
        Customers.postBillingKey({ ...key, ...card, customer_name: '홍길동' }),
      )
      const listed = await call(
        Customers.getBillingKeys({ customer_uid: ['customer-9', 'nobody'] }),
      )
      await call(Subscribe.again({ ...key, ...order }))
      await call(Subscribe.again({ ...key, ...order, merchant_uid: 'order-2', amount: 2000 }))
      const charges = await call(Customers.getPayments({ ...key, page: 1 }))
      const dropped = await call(Customers.deleteBillingKey(key))
      const late = await refusal(
        call(Subscribe.again({ ...key, ...order, merchant_uid: 'order-3' })),
      )
      return [
        pick(made, 'customer_uid', 'customer_name', 'card_number', 'updated'),
        pickEach(listed, 'customer_uid'),
        [charges['total'], pickEach(charges['list'], 'merchant_uid', 'amount', 'status')],
        dropped['customer_uid'],
        await refusal(call(Customers.getBillingKey(key))),
        late,
      ]
    },
    [
      ['customer-9', '홍길동', '411111*********1', fixedTime],
      [['customer-9']],
      [
        2,
        [
          ['order-2', 2000, 'paid'],
          ['order-1', 1000, 'paid'],
        ],
      ],
      'customer-9',
      deleted,
      { status: 200, code: 1, message: '등록되지 않은 구매자입니다.' },
    ],
  ),
  stateful(
    'schedules charges, unschedules one, and reads the results a day later',
    [
      'Subscribe.schedule',
      'Subscribe.unschedule',
      'Subscribe.getScheduled',
      'Subscribe.getScheduleds',
      'Customers.getScheduleds',
    ],
    async (server) => {
      const { call, forgetToken } = open(server)
      const at = (merchant_uid: string) => ({
        ...order,
        merchant_uid,
        schedule_at: fixedTimeSeconds + 3600,
      })
      await call(Subscribe.schedule({ ...key, ...card, schedules: [at('m1'), at('m2')] }))
      const off = await call(Subscribe.unschedule({ ...key, merchant_uid: 'm2' }))
      const names = [
        'merchant_uid',
        'schedule_status',
        'payment_status',
        'executed_at',
        'revoked_at',
      ]
      const early = await call(Subscribe.getScheduled({ merchant_uid: 'm1' }))
      await server.control('/clock', { advance_ms: 7_200_000 })
      forgetToken()
      const late = await call(Subscribe.getScheduled({ merchant_uid: 'm1' }))
      const lists = [
        await call(Subscribe.getScheduleds({ ...key, ...month, 'schedule-status': 'executed' })),
        await call(Customers.getScheduleds({ ...key, ...month, 'schedule-status': 'revoked' })),
      ]
      return [
        pickEach(off, ...names),
        pick(early, ...names),
        pick(late, ...names),
        lists.map(({ total, list }) => [total, pickEach(list, 'merchant_uid', 'schedule_at')]),
      ]
    },
    [
      [['m2', 'revoked', null, 0, fixedTime]],
      ['m1', 'scheduled', null, 0, 0],
      ['m1', 'executed', 'paid', oneHourLater, 0],
      [
        [1, [['m1', oneHourLater]]],
        [1, [['m2', oneHourLater]]],
      ],
    ],
  ),
  stateful(
    'reads a scheduled charge that was declined',
    ['Subscribe.schedule', 'Subscribe.getScheduled'],
    async (server) => {
      const { call, forgetToken } = open(server)
      const empty = { ...card, card_number: '4000-0000-0000-9995' }
      const schedules = [{ ...order, schedule_at: fixedTimeSeconds + 3600 }]
      await call(Subscribe.schedule({ ...key, ...empty, schedules }))
      await server.control('/clock', { advance_ms: 7_200_000 })
      forgetToken()
      const late = await call(Subscribe.getScheduled({ merchant_uid: 'order-1' }))
      return pick(late, 'schedule_status', 'payment_status', 'fail_reason')
    },
    ['executed', 'failed', '[CC10] 잔액부족'],
  ),
  stateful(
    'cannot schedule for an unknown buyer, nor unschedule what was never scheduled',
    ['Subscribe.schedule', 'Subscribe.unschedule'],
    async (server) => {
      const { call } = open(server)
      const schedules = [{ ...order, schedule_at: fixedTimeSeconds + 3600 }]
      return [
        await refusal(call(Subscribe.schedule({ ...key, schedules }))),
        await refusal(call(Subscribe.unschedule(key))),
      ]
    },
    [
      { status: 200, code: 1, message: '등록된 고객정보가 없습니다.' },
      { status: 200, code: 1, message: '취소할 예약결제 기록이 존재하지 않습니다.' },
    ],
  ),
]
