import { fixedTimeSeconds } from '../fixed-time.ts'
import { pick, pickEach, refusal, type Scenario, stateful } from '../scenario.ts'
import { openIamport as open } from './iamport-open.ts'

const order = { merchant_uid: 'order-1', amount: 1000, name: '신발' }
const imp_uid = 'imp_700000000001'
const seededPayment = { ...order, imp_uid, sandbox: false }

/** Payments read by `iamport`. */
export const reading: readonly Scenario[] = [
  stateful(
    'reads two payments, each by its imp_uid',
    ['payment.getByImpUid'],
    async (server) => {
      await server.control('/payments', seededPayment)
      const other = { ...seededPayment, imp_uid: 'imp_2', merchant_uid: 'order-2', amount: 2300 }
      await server.control('/payments', { ...other, status: 'failed' })
      const { payment } = open(server)
      const names = ['imp_uid', 'merchant_uid', 'status', 'amount', 'name', 'paid_at', 'failed_at']
      return [
        pick(await payment.getByImpUid({ imp_uid }), ...names),
        pick(await payment.getByImpUid({ imp_uid: 'imp_2' }), ...names),
      ]
    },
    [
      [imp_uid, 'order-1', 'paid', 1000, '신발', fixedTimeSeconds, 0],
      ['imp_2', 'order-2', 'failed', 2300, '신발', 0, fixedTimeSeconds],
    ],
  ),
  stateful(
    'finds a test payment only with include_sandbox',
    ['payment.getByImpUid'],
    async (server) => {
      await server.control('/payments', { ...seededPayment, sandbox: true })
      const { payment } = open(server)
      const shown = await payment.getByImpUid({ imp_uid, include_sandbox: true })
      return [await refusal(payment.getByImpUid({ imp_uid })), pick(shown, 'imp_uid', 'sandbox')]
    },
    [{ code: 'HTTP_404', message: '404' }, [imp_uid, true]],
  ),
  stateful(
    'gets 404 for a payment that does not exist',
    ['payment.getByImpUid', 'payment.getByMerchant'],
    async (server) => {
      const { payment } = open(server)
      const byImpUid = await refusal(payment.getByImpUid({ imp_uid }))
      return [byImpUid, await refusal(payment.getByMerchant({ merchant_uid: 'nobody' }))]
    },
    [
      { code: 'HTTP_404', message: '404' },
      { code: 'HTTP_404', message: '404' },
    ],
  ),
  stateful(
    'finds the newest attempt of an order',
    ['payment.getByMerchant'],
    async (server) => {
      const { payment } = open(server)
      const find = async () =>
        pick(await payment.getByMerchant({ merchant_uid: 'order-1' }), ...names)
      const names = ['imp_uid', 'status', 'failed_at']
      const first = {
        ...seededPayment,
        imp_uid: 'imp_1',
        status: 'failed',
        started_at: fixedTimeSeconds - 60,
      }
      await server.control('/payments', first)
      const early = await find()
      await server.control('/payments', seededPayment)
      return [early, await find()]
    },
    [
      ['imp_1', 'failed', fixedTimeSeconds],
      [imp_uid, 'paid', 0],
    ],
  ),
  stateful(
    'pages through the paid payments',
    ['payment.getByStatus'],
    async (server) => {
      for (const uid of ['a', 'b', 'c']) {
        await server.control('/payments', { ...order, merchant_uid: uid, imp_uid: `imp_${uid}` })
      }
      await server.control('/payments', { ...seededPayment, status: 'failed' })
      const { payment } = open(server)
      const page = (number: number) =>
        payment.getByStatus({ payment_status: 'paid', limit: 2, page: number, sorting: 'started' })
      const [first, second] = [await page(1), await page(2)]
      return [first, second].map((read) => [
        ...pick(read, 'total', 'previous', 'next'),
        pickEach(read['list'], 'imp_uid'),
      ])
    },
    [
      [3, 0, 2, [['imp_a'], ['imp_b']]],
      [3, 1, 0, [['imp_c']]],
    ],
  ),
]

/** Payments cancelled, and amounts registered, by `iamport`. */
export const cancelling: readonly Scenario[] = [
  stateful(
    'cancels a payment once, reads it as cancelled, and is refused the second time',
    ['payment.cancel', 'payment.getByImpUid'],
    async (server) => {
      await server.control('/payments', seededPayment)
      const { payment } = open(server)
      const names = ['status', 'cancel_amount', 'cancel_reason', 'cancelled_at']
      const done = pick(await payment.cancel({ imp_uid, reason: '변심' }), ...names)
      const read = pick(await payment.getByImpUid({ imp_uid }), ...names)
      return [done, read, await refusal(payment.cancel({ imp_uid }))]
    },
    [
      ['cancelled', 1000, '변심', fixedTimeSeconds],
      ['cancelled', 1000, '변심', fixedTimeSeconds],
      { code: 'IAMPORT_1', message: '이미 전액취소된 주문입니다.' },
    ],
  ),
  stateful(
    'cancels in parts until nothing remains, never above the balance',
    ['payment.cancel'],
    async (server) => {
      await server.control('/payments', seededPayment)
      const { payment } = open(server)
      const part = async (amount: number) =>
        (await payment.cancel({ imp_uid, amount }))['cancel_amount']
      const [first, second] = [await part(300), await part(300)]
      const over = await refusal(payment.cancel({ imp_uid, amount: 401 }))
      const last = await payment.cancel({ imp_uid, amount: 400, checksum: 400 })
      return [
        first,
        second,
        pick(over, 'code'),
        last['cancel_amount'],
        pickEach(last['cancel_history'], 'amount'),
      ]
    },
    [300, 600, ['IAMPORT_1'], 1000, [[300], [300], [400]]],
  ),
  stateful(
    'cancels the paid attempt by merchant_uid',
    ['payment.cancel'],
    async (server) => {
      await server.control('/payments', seededPayment)
      await server.control('/payments', { ...seededPayment, imp_uid: 'imp_2', status: 'failed' })
      const done = await open(server).payment.cancel({ merchant_uid: 'order-1' })
      return pick(done, 'imp_uid', 'status', 'cancel_amount')
    },
    [imp_uid, 'cancelled', 1000],
  ),
  stateful(
    'cannot cancel an unknown payment, nor without an id',
    ['payment.cancel'],
    async (server) => {
      const { payment } = open(server)
      return [await refusal(payment.cancel({ imp_uid })), await refusal(payment.cancel({}))]
    },
    [
      { code: 'IAMPORT_1', message: '취소할 결제건이 존재하지 않습니다.' },
      { code: 'HTTP_400', message: '400' },
    ],
  ),
  stateful(
    'registers an amount, reads it, and cannot register it twice',
    ['payment.prepare', 'payment.getPrepare'],
    async (server) => {
      const { payment } = open(server)
      const params = { merchant_uid: 'order-1', amount: 2500 }
      const before = await refusal(payment.getPrepare({ merchant_uid: 'order-1' }))
      const made = pick(await payment.prepare(params), 'merchant_uid', 'amount')
      const read = pick(
        await payment.getPrepare({ merchant_uid: 'order-1' }),
        'merchant_uid',
        'amount',
      )
      return [before, made, read, pick(await refusal(payment.prepare(params)), 'code')]
    },
    [{ code: 'HTTP_404', message: '404' }, ['order-1', 2500], ['order-1', 2500], ['IAMPORT_1']],
  ),
]
