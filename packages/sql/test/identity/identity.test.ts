import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { afterRestore, createSqliteStore, migrateSqlite } from '../../src/index.ts'
import { tables } from '../databases.ts'
import {
  adult,
  completed,
  createIdentityShop,
  type IdentityShop,
  type IdentityShopOptions,
  type Person,
} from './identity-shop.ts'

interface OpenShop extends IdentityShop {
  /** Everything that the database holds. */
  readonly dump: () => string
}

async function openShop(options: Partial<IdentityShopOptions> = {}): Promise<OpenShop> {
  const database = new DatabaseSync(':memory:')
  await migrateSqlite(database)
  const shop = createIdentityShop({
    connect: (now) => createSqliteStore(database, { now }),
    ...options,
  })
  const dump = () =>
    JSON.stringify(tables.map((table) => database.prepare(`SELECT * FROM ${table}`).all()))
  return { ...shop, dump }
}

/** Changes the record of each verification that the provider returns. */
const changing =
  (changes: Readonly<Record<string, unknown>>): NonNullable<IdentityShopOptions['interfere']> =>
  async (request, pass) => {
    const response = await pass()
    if (!request.url.includes('/certifications/') || !response.ok) return response
    const envelope = (await response.json()) as { readonly response: object }
    return Response.json({ ...envelope, response: { ...envelope.response, ...changes } })
  }

const response = (status: number, name: string, message: string, more: object = {}) => ({
  status,
  body: { status: name, message, ...more, mode: 'test' },
})
const success = response(200, 'success', 'Your identity is verified.')
const pending = response(202, 'pending', 'We are checking the verification. Please wait a moment.')
const forgery = response(
  409,
  'forgery',
  'This could not be confirmed as a payment of this order. If you have paid, please do not pay again and contact the shop.',
)
const failed = (more: object = {}) =>
  response(200, 'failed', 'Your identity was not verified.', more)
const refusedFor = (reason: string) => failed({ error_code: reason })

const problem = (status: number, error: string, title: string, detail?: string) => ({
  status,
  body: {
    type: `urn:quayside:problem:${error}`,
    title,
    status,
    ...(detail === undefined ? {} : { detail }),
    error,
  },
})

const minuteMs = 60_000
const later = (shop: IdentityShop, ms: number) =>
  shop.clock.set(new Date(shop.clock.now().getTime() + ms))

describe('an identity verification', () => {
  it('is created, completed through the callback, read, and sent as one event', async () => {
    const shop = await openShop()
    const created = await shop.api('POST', '/identity-verifications', {
      customer_id: 'customer/1',
      purpose: 'sign-up',
      minimum_age: 19,
      channel_key: 'channel-key-danal',
    })
    const id = String(created.body['id'])
    expect(id).toMatch(/^identity[0-9a-z]{24}$/)
    const unfinished = {
      id,
      customer_id: 'customer/1',
      purpose: 'sign-up',
      status: 'pending',
      reason: null,
      detail: null,
      minimum_age: 19,
      is_age_reached: null,
      once_per_person: false,
      person_key: null,
      imp_uid: null,
      certified_at: null,
      use: null,
      provider_record: null,
      sequence: 0,
      created_at: '2026-11-22T03:00:00.000Z',
      kept_until: '2027-02-20T03:00:00.000Z',
      mode: 'test',
    }
    expect(created).toEqual({
      status: 201,
      body: {
        ...unfinished,
        certification: {
          merchant_uid: id,
          channelKey: 'channel-key-danal',
          min_age: 19,
          m_redirect_url: 'https://pay.shop.example/payments/redirect',
        },
        token: expect.stringMatching(/^\d{5}-[\w-]{43}$/),
      },
    })
    expect(await shop.read(id)).toEqual(unfinished)

    const impUid = await shop.certify(id)
    expect(await shop.callback(completed(id, impUid))).toEqual(success)
    const verified = {
      ...unfinished,
      status: 'verified',
      is_age_reached: true,
      imp_uid: impUid,
      certified_at: '2026-11-22T03:00:00.000Z',
      provider_record: 'kept',
      sequence: 1,
    }
    expect(await shop.read(id)).toEqual(verified)

    await shop.nextMinute()
    const { mode, ...fields } = verified
    expect(shop.events).toEqual([
      {
        id: `${id}:1`,
        type: 'identity_verification.verified',
        data: { identity_verification: fields, mode },
      },
    ])
  })

  it('is completed by the return of a phone', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const impUid = await shop.certify(id)
    const query = { imp_uid: impUid, merchant_uid: id, success: 'true' }
    expect(await shop.redirect(query)).toBe('success')
    expect(await shop.read(id)).toMatchObject({ status: 'verified', imp_uid: impUid })
  })

  it('T146: is recorded once, whatever callback and return do at the same time', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const impUid = await shop.certify(id)
    const query = { imp_uid: impUid, merchant_uid: id, success: 'true' }
    const callbacks = Array.from({ length: 4 }, () => shop.callback(completed(id, impUid)))
    const redirects = Array.from({ length: 4 }, () => shop.redirect(query))
    expect(await Promise.all(callbacks)).toEqual(Array(4).fill(success))
    expect(await Promise.all(redirects)).toEqual(Array(4).fill('success'))
    await shop.nextMinute()
    expect(shop.events.map(({ id: eventId }) => eventId)).toEqual([`${id}:1`])
    expect(shop.calls.filter((call) => call === `GET /certifications/${impUid}`)).toHaveLength(1)
  })

  it('needs no lookup once it has a result', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const impUid = await shop.certify(id)
    await shop.callback(completed(id, impUid))
    const { length } = shop.calls
    expect(await shop.callback(completed(id, impUid))).toEqual(success)
    expect(await shop.callback(completed(id, 'imp_000000000000'))).toEqual(success)
    expect(shop.calls).toHaveLength(length)
  })
})

describe("T149: the visitor's page", () => {
  it('reads the status with the token of its verification alone', async () => {
    const shop = await openShop()
    const wanted = { customer_id: 'customer/1', purpose: 'sign-up', minimum_age: 19 }
    const created = await shop.api('POST', '/identity-verifications', wanted)
    const { id, token } = created.body
    const other = await shop.api('POST', '/identity-verifications', wanted)
    const read = async (path: unknown, bearer: unknown, origin = 'https://shop.example') => {
      const answer = await shop.request(`/payments/subjects/${String(path)}`, {
        headers: { authorization: `Bearer ${String(bearer)}`, origin },
      })
      return { status: answer.status, body: await answer.json() }
    }
    const unknown = {
      status: 404,
      body: { status: 'invalid', error: 'order_unknown', message: 'The request is not valid.' },
    }
    expect(await read(id, token)).toEqual(pending)
    expect(await read(id, other.body['token'])).toEqual(unknown)
    expect(await read('identity000000000000000000000000', token)).toEqual(unknown)
    expect(await read('ORD-1', token)).toEqual(unknown)
    expect(await read(id, '')).toEqual(unknown)
    expect(await read(id, token, 'https://evil.example')).toEqual({
      status: 403,
      body: { status: 'invalid', error: 'origin_refused' },
    })
    const impUid = await shop.certify(String(id), { ...adult, birthday: '2010-01-31' })
    await shop.callback(completed(String(id), impUid))
    expect(await read(id, token)).toEqual(refusedFor('age_below_minimum'))
    expect(shop.calls.filter((call) => call.includes('/certifications/'))).toHaveLength(1)
    await later(shop, 31 * 24 * 60 * minuteMs)
    expect(await read(id, token)).toEqual(unknown)
  })
})

describe('a window that was not completed', () => {
  it('is neither success nor failure while it is open', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const window = await shop.openWindow(id)
    expect(await shop.callback(completed(id, window.impUid))).toEqual(pending)
    expect(await shop.redirect({ imp_uid: window.impUid, merchant_uid: id })).toBe('pending')
    expect(await shop.read(id)).toMatchObject({ status: 'pending', imp_uid: null })
    await later(shop, 10 * minuteMs)
    await window.certify()
    expect(await shop.callback(completed(id, window.impUid))).toEqual(success)
  })

  it('that the visitor closed is reported as failed, and may be opened again', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const window = await shop.openWindow(id)
    await window.cancel()
    const cancelled = {
      ...completed(id, window.impUid),
      success: false,
      error_code: 'F400',
      error_msg: '본인인증이 완료되지 않았습니다.',
    }
    expect(await shop.callback(cancelled)).toEqual(
      failed({ error_code: 'F400', error_msg: '본인인증이 완료되지 않았습니다.' }),
    )
    const query = { imp_uid: window.impUid, merchant_uid: id, success: 'false' }
    expect(await shop.redirect(query)).toBe('failed')
    expect(await shop.read(id)).toMatchObject({ status: 'pending' })
    const impUid = await shop.certify(id)
    expect(await shop.callback(completed(id, impUid))).toEqual(success)
    await shop.nextMinute()
    expect(shop.events).toHaveLength(1)
  })

  it('T140: a failure that the page reports decides nothing: the record was completed', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const impUid = await shop.certify(id)
    const query = { imp_uid: impUid, merchant_uid: id, success: 'false' }
    expect(await shop.redirect(query)).toBe('success')
  })

  it('that was refused before it opened has no record', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const refused = { success: false, merchant_uid: id, error_code: '9010', error_msg: 'KT' }
    expect(await shop.callback({ ...refused, pg_type: 'certification' })).toEqual(
      failed({ error_code: '9010', error_msg: 'KT' }),
    )
    expect(shop.calls).toEqual([])
  })
})

describe('T140: a verification of somebody else', () => {
  it("is refused for another visitor's request, and neither is changed", async () => {
    const shop = await openShop()
    const [mine, other] = [await shop.create(), await shop.create({ customer_id: 'customer/2' })]
    const impUid = await shop.certify(other)
    expect(await shop.callback(completed(mine, impUid))).toEqual(forgery)
    expect(await shop.redirect({ imp_uid: impUid, merchant_uid: mine, success: 'true' })).toBe(
      'pending',
    )
    expect(await shop.read(mine)).toMatchObject({ status: 'pending', imp_uid: null })
    expect(await shop.callback(completed(other, impUid))).toEqual(success)
    // Nor after it was used.
    expect(await shop.callback(completed(mine, impUid))).toEqual(forgery)
    expect(shop.lines.filter((line) => line.includes('verification_mismatch'))).toHaveLength(3)
  })

  it('of another merchant_uid is refused as well', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const impUid = await shop.certify('IDV-91')
    expect(await shop.callback(completed(id, impUid))).toEqual(forgery)
  })

  it.each(['imp_000000000000', 'imp_1'])('is refused when nobody has it: %s', async (impUid) => {
    const shop = await openShop()
    const id = await shop.create()
    expect(await shop.callback(completed(id, impUid))).toEqual(forgery)
    expect(shop.lines.filter((line) => line.includes('certification_not_found'))).toHaveLength(1)
  })

  it('is refused when it is a payment, even one with the id of the request', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const opened = shop.simulator.paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: 'test',
      params: { merchant_uid: id, amount: 1_000, pay_method: 'card' },
    })
    const impUid = opened.ok ? opened.imp_uid : ''
    await shop.simulator.paymentWindow.approve(impUid, { webhook: { timing: 'never' } })
    expect(await shop.callback(completed(id, impUid))).toEqual(forgery)
    expect(await shop.redirect({ imp_uid: impUid, merchant_uid: id })).toBe('pending')
    expect(await shop.read(id)).toMatchObject({ status: 'pending' })
  })

  it('is never the result of two requests', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const impUid = await shop.certify(id)
    await shop.callback(completed(id, impUid))
    const again = await shop.create()
    const record = completed(again, impUid)
    expect(await shop.callback(record)).toEqual(forgery)
  })
})

describe('T149: an unknown verification', () => {
  const unknown = 'identity000000000000000000000000'
  const headersOf = ({ headers }: Response) => JSON.stringify([...headers])

  it('gets the response of an unknown order, to the byte, and costs no lookup', async () => {
    const shop = await openShop()
    const read = async (merchantUid: string) => {
      const callback = await shop.request('/payments/complete', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'https://shop.example' },
        body: JSON.stringify({ imp_uid: 'imp_1', merchant_uid: merchantUid }),
      })
      const redirect = await shop.request(
        `/payments/redirect?imp_uid=imp_1&merchant_uid=${merchantUid}`,
      )
      return [
        callback.status,
        headersOf(callback),
        await callback.text(),
        redirect.status,
        headersOf(redirect),
        await redirect.text(),
      ]
    }
    expect(await read(unknown)).toEqual(await read('ORD-UNKNOWN'))
    expect(shop.calls).toEqual([])
  })

  it('is unknown to the merchant', async () => {
    const shop = await openShop()
    const notFound = problem(
      404,
      'identity_verification_unknown',
      'Identity verification not found',
    )
    for (const id of [unknown, 'ORD-1', 'identity', `${unknown}x`, unknown.toUpperCase()]) {
      const path = `/identity-verifications/${id}`
      expect(await shop.api('GET', path)).toEqual(notFound)
      const use = { purpose: 'sign-up', customer_id: 'customer/1', reference: 'R' }
      expect(await shop.api('POST', `${path}/use`, use)).toEqual(notFound)
      expect(await shop.api('POST', `${path}/delete-record`)).toEqual(notFound)
    }
  })

  it('is not created by an order', async () => {
    const shop = await openShop()
    const order = { merchant_uid: unknown, amount: 1_000, currency: 'KRW' }
    expect(await shop.api('POST', '/orders', order)).toEqual(
      problem(400, 'request_invalid', 'A field is missing, unknown or malformed', 'merchant_uid'),
    )
  })
})

describe('T142: a least age', () => {
  // The day of the birthday begins at 15:00 UTC of the day before.
  const born: Person = { ...adult, birthday: '2007-11-23' }

  const verifyAt = async (at: string, person: Person) => {
    const shop = await openShop()
    const id = await shop.create({ minimum_age: 19 })
    await shop.clock.set(new Date(at))
    const impUid = await shop.certify(id, person)
    const callback = await shop.callback(completed(id, impUid))
    const { status, reason, is_age_reached } = await shop.read(id)
    return { callback, status, reason, is_age_reached }
  }

  it.each([
    ['on the eve of the birthday', '2026-11-22T14:59:59Z', born],
    ['in the year of the birthday', '2026-11-22T14:59:59Z', { ...adult, birthday: '2007-12-31' }],
    ['on the last day of February', '2027-02-28T14:59:59Z', { ...adult, birthday: '2008-02-29' }],
  ])('is not reached %s', async (_, at, person) => {
    expect(await verifyAt(at, person)).toEqual({
      callback: refusedFor('age_below_minimum'),
      status: 'refused',
      reason: 'age_below_minimum',
      is_age_reached: false,
    })
  })

  it.each([
    ['on the birthday in Seoul', '2026-11-22T15:00:00Z', born],
    [
      'on 1 March, born on 29 February',
      '2027-02-28T15:00:00Z',
      { ...adult, birthday: '2008-02-29' },
    ],
  ])('is reached %s', async (_, at, person) => {
    expect(await verifyAt(at, person)).toEqual({
      callback: success,
      status: 'verified',
      reason: null,
      is_age_reached: true,
    })
  })

  it('is refused for good: a new request is needed on the birthday', async () => {
    const shop = await openShop()
    const id = await shop.create({ minimum_age: 19 })
    await shop.clock.set(new Date('2026-11-22T14:59:59Z'))
    const impUid = await shop.certify(id, born)
    expect(await shop.callback(completed(id, impUid))).toEqual(refusedFor('age_below_minimum'))
    expect(await shop.redirect({ imp_uid: impUid, merchant_uid: id })).toBe('failed')
    await later(shop, minuteMs)
    expect(await shop.callback(completed(id, impUid))).toEqual(refusedFor('age_below_minimum'))
    await shop.nextMinute()
    expect(shop.events.map(({ type }) => type)).toEqual(['identity_verification.refused'])
  })
})

describe('T144: the time of a verification', () => {
  it('that is older than half an hour is over', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const impUid = await shop.certify(id)
    await later(shop, 30 * minuteMs + 1)
    expect(await shop.callback(completed(id, impUid))).toEqual(refusedFor('certification_expired'))
  })

  it('from before the request does not count', async () => {
    const shop = await openShop()
    const id = await shop.create()
    await later(shop, -6 * minuteMs)
    const impUid = await shop.certify(id)
    await later(shop, 6 * minuteMs)
    expect(await shop.callback(completed(id, impUid))).toEqual(
      refusedFor('certified_before_request'),
    )
  })

  it('is not believed while our clock is set back, and counts afterwards', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const impUid = await shop.certify(id)
    await later(shop, -6 * minuteMs)
    expect(await shop.callback(completed(id, impUid))).toEqual(pending)
    expect(await shop.read(id)).toMatchObject({ status: 'pending' })
    await later(shop, 7 * minuteMs)
    expect(await shop.callback(completed(id, impUid))).toEqual(success)
  })
})

describe('T148: the channel', () => {
  it('that the page chose instead of the requested one does not count', async () => {
    const shop = await openShop()
    const id = await shop.create({ pg: 'danal.A010002002' })
    const impUid = await shop.certify(id, adult, 'channel-key-inicis_unified')
    expect(await shop.callback(completed(id, impUid))).toEqual(refusedFor('channel_mismatch'))
  })

  it('that was requested counts', async () => {
    const shop = await openShop()
    const id = await shop.create({ pg: 'danal.A010002002' })
    const impUid = await shop.certify(id)
    expect(await shop.callback(completed(id, impUid))).toEqual(success)
  })
})

describe('an expected person', () => {
  it.each([
    ['name', { name: '성춘향' }, 'person_mismatch'],
    ['birthday', { name: '홍 길동', birthday: '1990-02-01' }, 'person_mismatch'],
    ['phone', { phone: '010-1234-5679' }, 'person_mismatch'],
    ['person_key', { person_key: `ci:${'A'.repeat(43)}` }, 'person_mismatch'],
  ])('is refused by another %s', async (detail, expected, reason) => {
    const shop = await openShop()
    const id = await shop.create({ expected })
    const impUid = await shop.certify(id)
    expect(await shop.callback(completed(id, impUid))).toEqual(refusedFor(reason))
    expect(await shop.read(id)).toMatchObject({ status: 'refused', reason, detail })
  })

  it('is verified by name, birthday, phone and the key of an earlier verification', async () => {
    const shop = await openShop()
    const first = await shop.create({ keep: ['person_key'] })
    await shop.callback(completed(first, await shop.certify(first)))
    const { person_key } = await shop.read(first)
    expect(person_key).toMatch(/^ci:[\w-]{43}$/)
    const expected = {
      name: '홍 길동',
      birthday: '1990-01-31',
      phone: '+82 10-1234-5678',
      person_key,
    }
    const created = await shop.api('POST', '/identity-verifications', {
      customer_id: 'customer/1',
      purpose: 'password',
      expected,
    })
    expect(created.body['certification']).toMatchObject({
      name: '홍 길동',
      phone: '+82 10-1234-5678',
    })
    const id = String(created.body['id'])
    expect(await shop.callback(completed(id, await shop.certify(id)))).toEqual(success)
    expect(await shop.read(id)).toMatchObject({ status: 'verified', person_key: null })
  })

  it('is refused where the channel does not report what is expected', async () => {
    const shop = await openShop({ interfere: changing({ phone: undefined }) })
    const id = await shop.create({ expected: { phone: adult.phone } })
    expect(await shop.callback(completed(id, await shop.certify(id)))).toEqual(
      refusedFor('person_detail_missing'),
    )
    expect(await shop.read(id)).toMatchObject({ detail: 'phone' })
  })
})

describe('T143: once per person', () => {
  const once = { once_per_person: true, purpose: 'coupon' }

  it('refuses the second verification of a person, and of no other person or purpose', async () => {
    const shop = await openShop()
    const verify = async (body: object, person: Person = adult, channel?: string) => {
      const id = await shop.create({ ...once, ...body })
      return shop.callback(completed(id, await shop.certify(id, person, channel)))
    }
    expect(await verify({})).toEqual(success)
    expect(await verify({ customer_id: 'customer/2' })).toEqual(
      refusedFor('person_already_verified'),
    )
    // The CI is the same at another PG.
    expect(await verify({}, adult, 'channel-key-kcp_v2')).toEqual(
      refusedFor('person_already_verified'),
    )
    expect(await verify({}, { ...adult, name: '성춘향' })).toEqual(success)
    expect(await verify({ purpose: 'sign-up' })).toEqual(success)
    expect(await verify({ once_per_person: false })).toEqual(success)
  })

  it('takes the DI of its PG where the channel reports no CI', async () => {
    const shop = await openShop({ interfere: changing({ unique_key: null }) })
    const verify = async () => {
      const id = await shop.create(once)
      const callback = await shop.callback(completed(id, await shop.certify(id)))
      const { person_key } = await shop.read(id)
      return { callback, person_key }
    }
    expect(await verify()).toEqual({
      callback: success,
      person_key: expect.stringMatching(/^di:[\w-]{43}$/),
    })
    expect(await verify()).toEqual({
      callback: refusedFor('person_already_verified'),
      person_key: null,
    })
  })

  it.each([
    ['empty', ''],
    ['null', null],
    ['blank', ' '],
  ])('takes an %s CI for nobody', async (_, unique_key) => {
    const shop = await openShop({ interfere: changing({ unique_key, unique_in_site: null }) })
    const id = await shop.create(once)
    expect(await shop.callback(completed(id, await shop.certify(id)))).toEqual(
      refusedFor('person_key_missing'),
    )
    const anybody = await shop.create()
    expect(await shop.callback(completed(anybody, await shop.certify(anybody)))).toEqual(success)
  })

  it.each([
    ['once_per_person', { once_per_person: true }],
    ['keep', { keep: ['person_key'] }],
    ['expected', { expected: { name: '홍길동' } }],
  ])('needs the secret: a request with %s names the setting', async (_, body) => {
    const without = await openShop({ hasPersonKeySecret: false })
    const wanted = { customer_id: 'customer/1', purpose: 'coupon', ...body }
    expect(await without.api('POST', '/identity-verifications', wanted)).toEqual(
      problem(
        500,
        'configuration',
        'The settings of the server are incomplete',
        'Missing setting: PERSON_KEY_SECRET',
      ),
    )
    const id = await without.create()
    expect(await without.callback(completed(id, await without.certify(id)))).toEqual(success)
  })
})

describe('T141: the use of a verification', () => {
  const use = { purpose: 'sign-up', customer_id: 'customer/1', reference: 'account/7' }

  it('takes place once, for its purpose and its customer', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const path = `/identity-verifications/${id}/use`
    const conflict = (error: string, title: string, detail?: string) =>
      problem(409, error, title, detail)
    expect(await shop.api('POST', path, use)).toEqual(
      conflict(
        'identity_verification_not_verified',
        'The identity verification is not verified',
        'pending',
      ),
    )
    await shop.callback(completed(id, await shop.certify(id)))
    const mismatch = (field: string) =>
      conflict(
        'identity_verification_mismatch',
        'The identity verification is of another purpose or another customer',
        field,
      )
    expect(await shop.api('POST', path, { ...use, purpose: 'adult' })).toEqual(mismatch('purpose'))
    expect(await shop.api('POST', path, { ...use, customer_id: 'customer/2' })).toEqual(
      mismatch('customer_id'),
    )
    const used = { reference: 'account/7', at: '2026-11-22T03:00:00.000Z' }
    for (let requests = 0; requests < 2; requests++) {
      const response = await shop.api('POST', path, use)
      expect(response).toEqual({ status: 200, body: { ...(await shop.read(id)), use: used } })
    }
    expect(await shop.api('POST', path, { ...use, reference: 'account/8' })).toEqual(
      conflict('identity_verification_used', 'The identity verification was already used'),
    )
  })

  it('does not take place for a person who was refused', async () => {
    const shop = await openShop()
    const id = await shop.create({ minimum_age: 120 })
    await shop.callback(completed(id, await shop.certify(id)))
    expect(await shop.api('POST', `/identity-verifications/${id}/use`, use)).toEqual(
      problem(
        409,
        'identity_verification_not_verified',
        'The identity verification is not verified',
        'refused',
      ),
    )
  })
})

describe("T147: the provider's record", () => {
  it('is deleted after the result where that was requested, and the result stays', async () => {
    const shop = await openShop()
    const id = await shop.create({ delete_record: true })
    const impUid = await shop.certify(id)
    await shop.callback(completed(id, impUid))
    expect(await shop.read(id)).toMatchObject({ provider_record: 'deleting' })
    await shop.nextMinute()
    expect(shop.calls.filter((call) => call.startsWith('DELETE'))).toEqual([
      `DELETE /certifications/${impUid}`,
    ])
    expect(await shop.read(id)).toMatchObject({ status: 'verified', provider_record: 'deleted' })
    expect(await shop.callback(completed(id, impUid))).toEqual(success)
    await later(shop, 60 * minuteMs)
    await shop.nextMinute()
    expect(shop.calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(1)
  })

  it('is deleted at the request of the merchant, and not before there is a result', async () => {
    const shop = await openShop()
    const id = await shop.create()
    const path = `/identity-verifications/${id}/delete-record`
    expect(await shop.api('POST', path)).toEqual(
      problem(
        409,
        'identity_verification_not_verified',
        'The identity verification is not verified',
        'pending',
      ),
    )
    const impUid = await shop.certify(id)
    await shop.callback(completed(id, impUid))
    for (let requests = 0; requests < 2; requests++) {
      expect(await shop.api('POST', path)).toMatchObject({
        status: 200,
        body: { status: 'verified', provider_record: 'deleted' },
      })
    }
    expect(shop.calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(1)
  })

  it('that was deleted and whose answer was lost is read, and found gone', async () => {
    const shop = await openShop({
      async interfere(request, pass) {
        const answer = await pass()
        if (request.method === 'DELETE') throw new TypeError('connection reset')
        return answer
      },
    })
    const id = await shop.create()
    await shop.callback(completed(id, await shop.certify(id)))
    expect(await shop.api('POST', `/identity-verifications/${id}/delete-record`)).toMatchObject({
      status: 200,
      body: { provider_record: 'deleted' },
    })
  })

  it('that the provider does not delete is deleted by the job when it does', async () => {
    let isDown = true
    const shop = await openShop({
      interfere: (request, pass) =>
        isDown && request.method === 'DELETE' ? new Response('down', { status: 500 }) : pass(),
    })
    const id = await shop.create()
    await shop.callback(completed(id, await shop.certify(id)))
    expect(await shop.api('POST', `/identity-verifications/${id}/delete-record`)).toMatchObject({
      status: 200,
      body: { provider_record: 'deleting' },
    })
    await shop.nextMinute()
    expect(await shop.read(id)).toMatchObject({ provider_record: 'deleting' })
    isDown = false
    await shop.nextMinute()
    expect(await shop.read(id)).toMatchObject({ provider_record: 'deleted' })
  })
})

describe('T145: personal data', () => {
  it('is in no row, no line of the log, no event, and no response but the first', async () => {
    const records: string[] = []
    const shop = await openShop({
      async interfere(request, pass) {
        const answer = await pass()
        if (request.url.includes('/certifications/')) records.push(await answer.clone().text())
        return answer
      },
    })
    const expected = { name: adult.name, birthday: adult.birthday, phone: adult.phone }
    const options = { expected, once_per_person: true, minimum_age: 19, delete_record: true }
    const responses: unknown[] = []
    for (const person of [adult, { ...adult, name: '성춘향' }]) {
      const id = await shop.create(options)
      const before = shop.dump()
      const impUid = await shop.certify(id, person)
      responses.push(before, await shop.callback(completed(id, impUid)), await shop.read(id))
      await shop.nextMinute()
    }
    const { response: record } = JSON.parse(records[0] ?? '') as {
      readonly response: Readonly<Record<string, unknown>>
    }
    const { unique_key: ci, unique_in_site: di, pg_tid } = record
    const secrets = [
      '홍길동',
      '성춘향',
      '1990-01-31',
      '19900131',
      '01012345678',
      ...[ci, di, pg_tid].map(String),
    ]
    const kept = [
      shop.dump(),
      ...shop.lines,
      JSON.stringify(shop.events),
      JSON.stringify(responses),
    ]
    expect(secrets.every((secret) => secret.length > 2)).toBe(true)
    expect(secrets.filter((secret) => kept.some((text) => text.includes(secret)))).toEqual([])
    // Nor has the database what was expected, once there is a result.
    expect(shop.dump()).not.toContain('personKey')
    expect(shop.events.map(({ type }) => type)).toEqual([
      'identity_verification.verified',
      'identity_verification.refused',
    ])
  })

  it('of a digest differs by request, so that no two requests are known to be about one person', async () => {
    const shop = await openShop()
    for (let requests = 0; requests < 2; requests++) {
      await shop.create({ expected: { name: adult.name } })
    }
    const digests = [...shop.dump().matchAll(/\\"name\\":\\"([\w-]{43})\\"/g)].map(
      ([, each]) => each,
    )
    expect(new Set(digests).size).toBe(2)
  })

  it('is deleted with the verification when its time is over', async () => {
    const shop = await openShop()
    const id = await shop.create({ keep_days: 1, keep: ['person_key'] })
    const kept = await shop.create({ keep_days: 2 })
    await shop.callback(completed(id, await shop.certify(id)))
    await later(shop, 24 * 60 * minuteMs)
    const use = { purpose: 'sign-up', customer_id: 'customer/1', reference: 'ORD-1' }
    expect(await shop.api('POST', `/identity-verifications/${id}/use`, use)).toMatchObject({
      status: 404,
      body: { error: 'identity_verification_unknown' },
    })
    await shop.nextMinute()
    expect(await shop.read(id)).toMatchObject({ error: 'identity_verification_unknown' })
    expect(await shop.read(kept)).toMatchObject({ status: 'pending' })
  })
})

describe('a malformed request', () => {
  const invalid = (field: string) =>
    problem(400, 'request_invalid', 'A field is missing, unknown or malformed', field)

  it.each([
    ['customer_id', { customer_id: '' }],
    ['customer_id', { customer_id: 'a\nb' }],
    ['customer_id', { customer_id: 'x'.repeat(129) }],
    ['purpose', { purpose: 'x'.repeat(65) }],
    ['purpose', { purpose: null }],
    ['minimum_age', { minimum_age: 0 }],
    ['minimum_age', { minimum_age: 18.5 }],
    ['expected', { expected: {} }],
    ['expected.birthday', { expected: { birthday: '2001-02-29' } }],
    ['expected.phone', { expected: { phone: 'call me' } }],
    ['expected.ci', { expected: { ci: 'Q2' } }],
    ['pg', { pg: 'danal/../..' }],
    ['keep_days', { keep_days: 4_000 }],
    ['unique_key', { unique_key: 'Q2' }],
  ])('names the field that is wrong: %s', async (field, change) => {
    const shop = await openShop()
    const wanted = { customer_id: '고객 1/🙂', purpose: '성인 인증', ...change }
    expect(await shop.api('POST', '/identity-verifications', wanted)).toEqual(invalid(field))
  })
})

describe('T146: after a restore', () => {
  it('the event of a verification gets no id that was sent after the backup', async () => {
    const database = new DatabaseSync(':memory:')
    await migrateSqlite(database)
    const shop = createIdentityShop({
      connect: (now) => createSqliteStore(database, { now }),
    })
    const id = await shop.create()
    const impUid = await shop.certify(id)
    // The backup is from before the result, which was sent.
    expect(await afterRestore({ kind: 'sqlite', database })).toEqual({ ok: true, value: 0 })
    expect(await shop.callback(completed(id, impUid))).toEqual(success)
    await shop.nextMinute()
    expect(shop.events.map((event) => event.id)).toEqual([`${id}:1001`])
  })
})
