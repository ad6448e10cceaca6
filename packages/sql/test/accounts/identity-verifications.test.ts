import { describe, expect, it } from 'vitest'
import { type AccountName, type Body, control, createTwoAccounts } from './two-accounts.ts'

const second = { account: 'second' }

type Shop = Awaited<ReturnType<typeof createTwoAccounts>>

/** Creates a verification, and returns its id. */
async function create(shop: Shop, more: Body = {}) {
  const request = { customer_id: 'customer/1', purpose: 'sign-up', ...more }
  const { status, body } = await shop.send('/identity-verifications', request)
  if (status !== 201) throw new TypeError(JSON.stringify(body))
  return String(body['id'])
}

/** Stores the record of a person who was verified at a provider, without a window. */
async function certify(shop: Shop, of: AccountName, merchant_uid: string, imp_uid: string) {
  await control(shop.providers[of], '/certifications', {
    imp_uid,
    merchant_uid,
    name: '홍길동',
    birthday: '1990-01-31',
    phone: '01012345678',
  })
}

const complete = async (shop: Shop, merchant_uid: string, imp_uid: string) => {
  const { body } = await shop.send('/payments/complete', { success: true, merchant_uid, imp_uid })
  return body['status']
}

const readOne = async (shop: Shop, id: string) =>
  (await shop.read(`/identity-verifications/${id}`)).body

describe('an identity verification of another account', () => {
  it('T236: is completed by the record of its account', async () => {
    const shop = await createTwoAccounts()
    const created = await shop.send('/identity-verifications', {
      customer_id: 'customer/1',
      purpose: 'sign-up',
      ...second,
    })
    expect(created).toMatchObject({
      status: 201,
      body: { account: 'second', tier: null, user_code: 'imp22222222' },
    })
    const id = String(created.body['id'])
    await certify(shop, 'second', id, 'imp_1')
    expect(await complete(shop, id, 'imp_1')).toBe('success')
    expect(await readOne(shop, id)).toMatchObject({
      status: 'verified',
      imp_uid: 'imp_1',
      ...second,
    })
    await shop.nextMinute()
    expect(
      shop.events.map(({ type, data }) => [type, data['identity_verification']]),
    ).toMatchObject([['identity_verification.verified', { imp_uid: 'imp_1', ...second }]])
    expect(await shop.callsOf('first')).not.toHaveProperty('GET /certifications/{imp_uid}')
  })

  it('T236: is not completed by a record of another account', async () => {
    const shop = await createTwoAccounts()
    const id = await create(shop, second)
    await certify(shop, 'first', id, 'imp_1')
    expect(await complete(shop, id, 'imp_1')).not.toBe('success')
    expect(await readOne(shop, id)).toMatchObject({ status: 'pending', imp_uid: null })
    // Its own record with the same id still counts.
    await shop.advance(60_000)
    await certify(shop, 'second', id, 'imp_1')
    expect(await complete(shop, id, 'imp_1')).toBe('success')
  })

  it('T236: has a record with the id of another in the first account, and each is used once', async () => {
    const shop = await createTwoAccounts()
    const ids = { first: await create(shop), second: await create(shop, second) } as const
    for (const of of ['first', 'second'] as const) {
      await certify(shop, of, ids[of], 'imp_1')
      expect(await complete(shop, ids[of], 'imp_1')).toBe('success')
    }
    const others = [await create(shop), await create(shop, second)]
    for (const id of others) expect(await complete(shop, id, 'imp_1')).not.toBe('success')
  })

  it('whose record is to be deleted is deleted in its account, by the job as well', async () => {
    const shop = await createTwoAccounts()
    const id = await create(shop, { ...second, delete_record: true })
    await certify(shop, 'second', id, 'imp_1')
    await certify(shop, 'first', 'other', 'imp_1')
    await complete(shop, id, 'imp_1')
    shop.fault.answer = async (_, request) =>
      request.method === 'DELETE' ? new Response('', { status: 500 }) : null
    await shop.nextMinute()
    shop.fault.answer = null
    expect(await readOne(shop, id)).toMatchObject({ provider_record: 'deleting' })
    await shop.nextMinute()
    expect(await readOne(shop, id)).toMatchObject({ provider_record: 'deleted' })
    expect(await shop.callsOf('first')).not.toHaveProperty('DELETE /certifications/{imp_uid}')
  })

  it('T145: whose account the settings do not name any more is erased when its time is over', async () => {
    const shop = await createTwoAccounts()
    const id = await create(shop, {
      ...second,
      once_per_person: true,
      minimum_age: 19,
      delete_record: true,
      keep_days: 30,
      keep: ['person_key'],
    })
    await certify(shop, 'second', id, 'imp_1')
    shop.fault.answer = async (_, request) =>
      request.method === 'DELETE' ? new Response('', { status: 500 }) : null
    expect(await complete(shop, id, 'imp_1')).toBe('success')
    const use = { purpose: 'sign-up', customer_id: 'customer/1', reference: 'ORD-1' }
    expect(await shop.send(`/identity-verifications/${id}/use`, use)).toMatchObject({ status: 200 })
    shop.removeSecond()
    await shop.advance(31 * 24 * 60 * 60_000)
    await shop.nextMinute()
    expect(await shop.read(`/identity-verifications/${id}`)).toMatchObject({ status: 404 })
    const [row] = shop.rowsOf('identity_verifications')
    expect(row).toMatchObject({ id, imp_uid: 'imp_1~second', provider_record: 'deleting' })
    expect(row).toMatchObject({
      customer_id: '',
      purpose: '',
      minimum_age: null,
      pg_provider: null,
      expected: null,
      status: 'refused',
      reason: 'erased',
      detail: null,
      certified_at: null,
      person_key: null,
      unique_person: null,
      use_reference: null,
      used_at: null,
    })
    expect(shop.lines.filter((line) => line.includes('certification_not_deleted'))).toEqual([
      JSON.stringify({
        event: 'certification_not_deleted',
        merchantUid: id,
        impUid: 'imp_1~second',
        reason: 'unauthorized',
      }),
    ])
  })

  it('counts as one person with the verifications of every account', async () => {
    const shop = await createTwoAccounts()
    const once = { once_per_person: true }
    const own = await create(shop, once)
    await certify(shop, 'first', own, 'imp_1')
    expect(await complete(shop, own, 'imp_1')).toBe('success')
    const other = await create(shop, { ...once, ...second })
    await certify(shop, 'second', other, 'imp_2')
    expect(await complete(shop, other, 'imp_2')).toBe('failed')
    expect(await readOne(shop, other)).toMatchObject({ reason: 'person_already_verified' })
  })

  it.each([
    [{ account: 'third' }, 'account_unknown'],
    [{ account: 'second', tier: 'B02' }, 'tier_unknown'],
  ])('is not created for %o: %s', async (payee, error) => {
    const shop = await createTwoAccounts()
    const request = { customer_id: 'customer/1', purpose: 'sign-up', ...payee }
    expect(await shop.send('/identity-verifications', request)).toMatchObject({
      status: 422,
      body: { error },
    })
  })
})
