import { Request } from 'iamport-rest-client-nodejs'
import { fixedTime, fixedTimeSeconds } from '../fixed-time.ts'
import { pick, pickEach, refusal, type Scenario, stateful } from '../scenario.ts'
import { openRestClient as open } from './rest-client-open.ts'

const { Payments, Prepare, Vbanks } = Request
const order = { merchant_uid: 'order-1', amount: 1000, name: '신발' }
const imp_uid = 'imp_700000000001'
const seededPayment = { ...order, imp_uid, sandbox: false }
const unknown = { status: 404, code: 1, message: '존재하지 않는 결제정보입니다.' }

/** Payments read by `iamport-rest-client-nodejs`. */
export const reading: readonly Scenario[] = [
  stateful(
    'reads a payment by either id',
    ['Payments.getByImpUid', 'Payments.getByMerchantUid'],
    async (server) => {
      await server.control('/payments', seededPayment)
      const { call } = open(server)
      const params = { merchant_uid: 'order-1', status: 'paid', sorting: '-started' }
      const names = ['imp_uid', 'status', 'amount', 'paid_at', 'failed_at']
      return [
        pick(await call(Payments.getByImpUid({ imp_uid })), ...names),
        pick(await call(Payments.getByMerchantUid(params)), ...names),
        await refusal(call(Payments.getByMerchantUid({ ...params, status: 'failed' }))),
        await refusal(call(Payments.getByImpUid({ imp_uid: 'imp_0' }))),
      ]
    },
    [
      [imp_uid, 'paid', 1000, fixedTime, 0],
      [imp_uid, 'paid', 1000, fixedTime, 0],
      unknown,
      unknown,
    ],
  ),
  stateful(
    'reads a sub-merchant’s payment only with its tier code',
    ['Payments.getByImpUid'],
    async (server) => {
      await server.control('/payments', seededPayment, { Tier: 'T01' })
      const { call } = open(server)
      const inItsName = await call(Payments.getByImpUid({ imp_uid }, { Tier: 'T01' }))
      return [await refusal(call(Payments.getByImpUid({ imp_uid }))), inItsName['imp_uid']]
    },
    [unknown, imp_uid],
  ),
  stateful(
    'reads several at once and lists the missing ones',
    ['Payments.getByImpUids'],
    async (server) => {
      await server.control('/payments', seededPayment)
      await server.control('/payments', { ...seededPayment, imp_uid: 'imp_2' })
      const { send } = open(server)
      const both = await send(Payments.getByImpUids({ imp_uid: [imp_uid, 'imp_2'] }))
      const one = await send(Payments.getByImpUids({ imp_uid: [imp_uid, 'imp_0'] }))
      const shown = [both, one].map(({ status, data: { response, failed } }) => [
        status,
        pickEach(response, 'imp_uid'),
        failed,
      ])
      return [...shown, await refusal(send(Payments.getByImpUids({ imp_uid: ['imp_0'] })))]
    },
    [[200, [[imp_uid], ['imp_2']], undefined], [207, [[imp_uid]], ['imp_0']], unknown],
  ),
  stateful(
    'lists the attempts of an order, and payments by status, page by page',
    ['Payments.getByMerchantUids', 'Payments.getByStatus'],
    async (server) => {
      await server.control('/payments', { ...seededPayment, imp_uid: 'imp_1', status: 'failed' })
      await server.control('/payments', { ...seededPayment, imp_uid: 'imp_2' })
      await server.control('/payments', {
        ...seededPayment,
        imp_uid: 'imp_3',
        merchant_uid: 'order-3',
      })
      const { call } = open(server)
      const attempts = { merchant_uid: 'order-1', status: 'failed', page: 1, sorting: 'started' }
      const list = { status: 'paid', page: 2, limit: 1, sorting: 'started' }
      const times = { from: fixedTimeSeconds - 60, to: fixedTimeSeconds }
      const read = [
        await call(Payments.getByMerchantUids(attempts)),
        await call(Payments.getByStatus({ ...list, ...times })),
      ]
      return read.map((page) => [
        ...pick(page, 'total', 'previous', 'next'),
        pickEach(page['list'], 'imp_uid', 'status'),
      ])
    },
    [
      [1, 0, 0, [['imp_1', 'failed']]],
      [2, 1, 0, [['imp_3', 'paid']]],
    ],
  ),
  stateful(
    'reads the sources of a PAYCO payment, before and after a partial cancel',
    ['Payments.getAmountByImpUid', 'Payments.cancel'],
    async (server) => {
      await server.control('/payments', { ...seededPayment, amount: 1100, pg_provider: 'payco' })
      const { call } = open(server)
      const read = async () => {
        const { primary, histories } = await call(Payments.getAmountByImpUid({ imp_uid }))
        return [primary, pickEach(histories, 'created')]
      }
      const before = await read()
      await call(Payments.cancel({ imp_uid, amount: 550 }))
      await server.control('/payments', { ...seededPayment, imp_uid: 'imp_2' })
      const elsewhere = await refusal(call(Payments.getAmountByImpUid({ imp_uid: 'imp_2' })))
      return [before, await read(), pick(elsewhere, 'status')]
    },
    [
      [{ service: 0, supply: 1000, tax_free: 0, vat: 100 }, [[fixedTime]]],
      [{ service: 0, supply: 500, tax_free: 0, vat: 50 }, [[fixedTime], [fixedTime]]],
      [405],
    ],
  ),
]

/** Payments cancelled, amounts registered and accounts issued by `iamport-rest-client-nodejs`. */
export const changing: readonly Scenario[] = [
  stateful(
    'cancels in full, once, with optional members set to null',
    ['Payments.cancel', 'Payments.getByImpUid'],
    async (server) => {
      await server.control('/payments', seededPayment)
      const { call } = open(server)
      const params = { imp_uid, merchant_uid: null, amount: null, checksum: 1000, tax_free: null }
      const names = ['status', 'cancel_amount', 'cancelled_at']
      const done = pick(await call(Payments.cancel(params)), ...names)
      const read = pick(await call(Payments.getByImpUid({ imp_uid })), ...names)
      return [done, read, await refusal(call(Payments.cancel({ imp_uid })))]
    },
    [
      ['cancelled', 1000, fixedTime],
      ['cancelled', 1000, fixedTime],
      { status: 200, code: 1, message: '이미 전액취소된 주문입니다.' },
    ],
  ),
  stateful(
    'refunds a deposit only with a refund account',
    ['Payments.cancel'],
    async (server) => {
      await server.control('/payments', { ...seededPayment, pay_method: 'vbank' })
      const { call } = open(server)
      const bare = pick(await refusal(call(Payments.cancel({ imp_uid }))), 'status', 'code')
      const account = { refund_holder: '홍길동', refund_bank: '88', refund_account: '110123456789' }
      return [bare, pick(await call(Payments.cancel({ imp_uid, ...account })), 'status')]
    },
    [[200, 1], ['cancelled']],
  ),
  stateful(
    'registers an amount, once, and reads it',
    ['Prepare.postAmount', 'Prepare.getAmount'],
    async (server) => {
      const { call } = open(server)
      const params = { merchant_uid: '주문-1', amount: 2500 }
      const read = () => call(Prepare.getAmount({ merchant_uid: encodeURIComponent('주문-1') }))
      const before = await refusal(read())
      const made = pick(await call(Prepare.postAmount(params)), 'merchant_uid', 'amount')
      const twice = pick(await refusal(call(Prepare.postAmount(params))), 'status', 'code')
      return [before, made, twice, pick(await read(), 'merchant_uid', 'amount')]
    },
    [
      { status: 404, code: 1, message: '사전등록된 결제정보가 존재하지 않습니다.' },
      ['주문-1', 2500],
      [200, 1],
      ['주문-1', 2500],
    ],
  ),
  stateful(
    'issues a virtual account, changes it, and revokes it before a deposit',
    ['Vbanks.post', 'Vbanks.put', 'Vbanks.delete'],
    async (server) => {
      const { call } = open(server)
      const accountParams = {
        vbank_code: '004',
        vbank_due: fixedTimeSeconds + 60,
        vbank_holder: '가게',
      }
      const made = await call(Vbanks.post({ ...order, ...accountParams, pg: 'settle' }))
      const id = { imp_uid: made['imp_uid'] }
      const changed = await call(
        Vbanks.put({ ...id, amount: 1500, vbank_due: fixedTimeSeconds + 120 }),
      )
      const deleted = await call(Vbanks.delete(id))
      const deposit = await server.control(`/payments/${String(id.imp_uid)}/deposit`, {})
      const names = ['status', 'amount', 'vbank_code', 'vbank_date']
      const again = pick(await refusal(call(Vbanks.delete(id))), 'status')
      return [
        pick(made, ...names),
        pick(changed, ...names),
        deleted['status'],
        again,
        pick(deposit, 'status'),
      ]
    },
    [
      ['ready', 1000, '004', new Date(fixedTime.getTime() + 60_000)],
      ['ready', 1500, '004', new Date(fixedTime.getTime() + 120_000)],
      'failed',
      [400],
      [undefined],
    ],
  ),
  stateful(
    'reads the holder of a bank account, and needs its number',
    ['Vbanks.getHolder'],
    async (server) => {
      const { call } = open(server)
      const { bank_holder } = await call(Vbanks.getHolder({ bank_code: '004', bank_num: '1234' }))
      const bare = await refusal(call(Vbanks.getHolder({ bank_code: '004' })))
      return [typeof bank_holder, pick(bare, 'status')]
    },
    ['string', [404]],
  ),
]
