import { Request } from 'iamport-rest-client-nodejs'
import { fixedTime, fixedTimeSeconds } from '../fixed-time.ts'
import {
  pick,
  pickEach,
  refusal,
  type Scenario,
  stateful,
  stateless,
  type ThirdPartyClient,
} from '../scenario.ts'
import { billing } from './rest-client-billing.ts'
import { naver } from './rest-client-naver.ts'
import { openRestClient as open } from './rest-client-open.ts'
import { changing, reading } from './rest-client-payments.ts'

const { Authenticate, Banks, Cards, Certifications, Escrows, External, Kakao, Payco, Receipts } =
  Request
const imp_uid = 'imp_700000000001'
const seededPayment = { imp_uid, merchant_uid: 'order-1', amount: 1100, sandbox: false }

const documents: readonly Scenario[] = [
  stateful(
    'issues a cash receipt for a transfer, once, reads it and revokes it',
    ['Receipts.postReceipt', 'Receipts.getReceipt', 'Receipts.deleteReceipt'],
    async (server) => {
      await server.control('/payments', { ...seededPayment, pay_method: 'trans' })
      const { call } = open(server)
      const params = { imp_uid, identifier: '01012345678', type: 'person' }
      const names = ['type', 'amount', 'vat', 'applied_at', 'cancelled_at']
      const before = await refusal(call(Receipts.getReceipt({ imp_uid })))
      const made = pick(await call(Receipts.postReceipt(params)), ...names)
      const twice = pick(await refusal(call(Receipts.postReceipt(params))), 'status', 'code')
      const read = pick(await call(Receipts.getReceipt({ imp_uid })), ...names)
      return [
        before,
        made,
        twice,
        read,
        pick(await call(Receipts.deleteReceipt({ imp_uid })), ...names),
      ]
    },
    [
      {
        status: 404,
        code: -1,
        message: `해당 아임포트 고유 번호(${imp_uid})로 현금영수증을 발급 한 내역이 존재하지 않습니다.`,
      },
      ['person', 1100, 100, fixedTime, 0],
      [400, 1],
      ['person', 1100, 100, fixedTime, 0],
      ['person', 1100, 100, fixedTime, fixedTime],
    ],
  ),
  stateful(
    'issues, reads and revokes a receipt for a sale made elsewhere',
    ['External.postReceipt', 'External.getReceipt', 'External.deleteReceipt'],
    async (server) => {
      const { call } = open(server)
      const uid = { merchant_uid: 'order-external' }
      const sale = { name: '신발', amount: 2200, identifier: '01012345678', type: 'company' }
      const channel_key = 'channel-key-html5_inicis'
      const names = ['merchant_uid', 'type', 'amount', 'vat', 'cancelled_at']
      const before = pick(await refusal(call(External.getReceipt(uid))), 'status')
      const made = pick(
        await call(External.postReceipt({ ...uid, ...sale, channel_key })),
        ...names,
      )
      const deleted = pick(await call(External.deleteReceipt(uid)), ...names)
      return [before, made, deleted, pick(await call(External.getReceipt(uid)), ...names)]
    },
    [
      [404],
      ['order-external', 'company', 2200, 200, 0],
      ['order-external', 'company', 2200, 200, fixedTime],
      ['order-external', 'company', 2200, 200, fixedTime],
    ],
  ),
  stateful(
    'registers an escrow delivery once, and may update it',
    ['Escrows.postEscrow', 'Escrows.putEscrow'],
    async (server) => {
      await server.control('/payments', { ...seededPayment, pg_provider: 'kcp', escrow: true })
      const { call } = open(server)
      const person = { name: '홍길동', tel: '010-1234-5678', addr: '서울', postcode: '04524' }
      const parcel = (company: string, invoice: string) => ({
        imp_uid,
        sender: person,
        receiver: person,
        logis: { company, invoice, sent_at: fixedTimeSeconds - 60 },
      })
      const early = pick(await refusal(call(Escrows.putEscrow(parcel('HANJIN', '1')))), 'status')
      const made = await call(Escrows.postEscrow(parcel('HANJIN', '1')))
      const twice = pick(await refusal(call(Escrows.postEscrow(parcel('HANJIN', '1')))), 'status')
      const changed = await call(Escrows.putEscrow(parcel('EPOST', '2')))
      const names = ['company', 'invoice', 'sent_at', 'applied_at']
      return [early, pick(made, ...names), twice, pick(changed, ...names)]
    },
    [
      [409],
      ['HANJIN', '1', new Date(fixedTime.getTime() - 60_000), fixedTime],
      [409],
      ['EPOST', '2', new Date(fixedTime.getTime() - 60_000), fixedTime],
    ],
  ),
  stateful(
    'reads an identity verification and deletes it',
    ['Certifications.getCertification', 'Certifications.deleteCertification'],
    async (server) => {
      const { call } = open(server)
      const params = await server.rest('/certifications/otp/request', {
        name: '홍길동',
        phone: '010-1234-5678',
        birth: '19900101',
        gender_digit: '2',
        carrier: 'KT',
        is_mvno: true,
        channel_key: 'channel-key-kcp_v2',
      })
      const id = { imp_uid: String(params['imp_uid']) }
      await server.rest(`/certifications/otp/confirm/${id.imp_uid}`, { otp: '123456' })
      const names = ['certified', 'certified_at', 'name', 'gender', 'foreigner', 'pg_provider']
      const read = pick(await call(Certifications.getCertification(id)), ...names)
      await call(Certifications.deleteCertification(id))
      return [read, await refusal(call(Certifications.getCertification(id)))]
    },
    [
      [true, fixedTime, '홍길동', 'female', false, 'kcp_v2'],
      { status: 404, code: 1, message: '인증결과가 존재하지 않습니다.' },
    ],
  ),
]

const codes: readonly Scenario[] = [
  stateless(
    'gets a token for half an hour',
    ['Authenticate.getToken'],
    async (server) => {
      const { call } = open(server)
      const keys = { imp_key: 'simulator-key', imp_secret: 'simulator-secret' }
      const token = await call(Authenticate.getToken(keys))
      const wrong = await refusal(call(Authenticate.getToken({ ...keys, imp_secret: 'wrong' })))
      return [typeof token['access_token'], ...pick(token, 'now', 'expired_at'), wrong]
    },
    [
      'string',
      fixedTime,
      new Date(fixedTime.getTime() + 1_800_000),
      { status: 401, code: -1, message: '인증에 실패하였습니다. API키와 secret을 확인하세요.' },
    ],
  ),
  stateless(
    'reads the standard codes of banks and cards',
    ['Banks.getBanks', 'Banks.getBank', 'Cards.getCards', 'Cards.getCard'],
    async (server) => {
      const { call } = open(server)
      const has = (list: unknown, code: string) =>
        Array.isArray(list) && list.filter((entry) => pick(entry, 'code')[0] === code).length
      return [
        has(await call(Banks.getBanks({})), '004'),
        pick(await call(Banks.getBank({ code: '004' })), 'code'),
        has(await call(Cards.getCards({})), '366'),
        pick(await call(Cards.getCard({ code: '366' })), 'code', 'name'),
        pick(await refusal(call(Cards.getCard({ code: '999' }))), 'status'),
      ]
    },
    [1, ['004'], 1, ['366', '신한카드'], [404]],
  ),
  stateful(
    'finds a Kakao Pay order on its day in Seoul only',
    ['Kakao.getOrders'],
    async (server) => {
      await server.control('/payments', { ...seededPayment, pg_provider: 'kakaopay' })
      const { call } = open(server)
      const on = (payment_request_date: string) =>
        call(Kakao.getOrders({ payment_request_date, cid: 'TC0ONETIME', page: 1 }))
      const [day, dayAfter] = [await on('20400102'), await on('20400103')]
      return [day, dayAfter].map(({ orders }) => pickEach(orders, 'partner_order_id', 'status'))
    },
    [[['order-1', 'SUCCESS_PAYMENT']], []],
  ),
  stateful(
    'reports order statuses to PAYCO until a final one',
    ['Payco.postOrderStatus'],
    async (server) => {
      await server.control('/payments', { ...seededPayment, pg_provider: 'payco' })
      const { call } = open(server)
      const report = (status: string) => call(Payco.postOrderStatus({ imp_uid, status }))
      const sent = await report('DELIVERY_START')
      const over = await report('PURCHASE_DECISION')
      return [sent['status'], over['status'], pick(await refusal(report('CANCELED')), 'status')]
    },
    ['DELIVERY_START', 'PURCHASE_DECISION', [400]],
  ),
]

/** Static methods that build no request. */
const inner = ['length', 'name', 'prototype']

/** `iamport-rest-client-nodejs`, the second official Node client. */
export const restClient: ThirdPartyClient = {
  client: 'iamport-rest-client-nodejs',
  calls: Object.entries(Request).flatMap(([group, builders]) =>
    Object.getOwnPropertyNames(builders)
      .filter((name) => !inner.includes(name))
      .map((name) => `${group}.${name}`),
  ),
  scenarios: [...reading, ...changing, ...billing, ...documents, ...naver, ...codes],
}
