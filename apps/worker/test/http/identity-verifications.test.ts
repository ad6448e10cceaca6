import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createShop, now } from '../fixtures/merchant.ts'

// On D1, with every response compared with its description. What is verified is tested in packages/sql/test/identity.

const adult = { customer_id: 'customer/1', purpose: 'adult', minimum_age: 19 }

function createMerchant() {
  const shop = createShop({ PERSON_KEY_SECRET: 'person-key-secret-of-the-tests' })
  const create = async (body: object = {}) => {
    const created = await shop.post('/identity-verifications', { ...adult, ...body })
    return { id: String(created.body['id']), token: String(created.body['token']) }
  }
  /** The provider's record of a window that was completed, and what the page reports of it. */
  const complete = async (id: string, birthday = '1990-01-31') => {
    const certified_at = now.getTime() / 1_000
    const seeded = await shop.control('/certifications', {
      pg_provider: 'danal',
      merchant_uid: id,
      birthday,
      certified_at,
    })
    const { imp_uid } = (await seeded.json()) as { readonly imp_uid: string }
    const report = { success: true, imp_uid, merchant_uid: id, pg_type: 'certification' }
    return shop.post('/payments/complete', report)
  }
  return { ...shop, create, complete }
}

describe('identity verifications of the worker', () => {
  it('are verified, read, used once, deleted at the provider, and sent as an event', async () => {
    const shop = createMerchant()
    const { id, token } = await shop.create({ once_per_person: true })
    expect((await shop.complete(id)).body['status']).toBe('success')
    const path = `/identity-verifications/${id}`
    const read = await shop.send(path)
    expect(read.body).toMatchObject({ status: 'verified', is_age_reached: true, sequence: 1 })
    expect(read.body['person_key']).toMatch(/^ci:[\w-]{43}$/)

    const authorization = `Bearer ${token}`
    const shown = await shop.send(`/payments/subjects/${id}`, { headers: { authorization } })
    expect(shown).toMatchObject({ status: 200, body: { status: 'success' } })

    const use = { purpose: 'adult', customer_id: 'customer/1', reference: 'ORD-1' }
    expect((await shop.post(`${path}/use`, use)).status).toBe(200)
    expect(await shop.post(`${path}/use`, { ...use, reference: 'ORD-2' })).toMatchObject({
      status: 409,
      body: { error: 'identity_verification_used' },
    })
    expect((await shop.post(`${path}/delete-record`, {})).body['provider_record']).toBe('deleted')

    const again = await shop.create({ once_per_person: true })
    expect((await shop.complete(again.id)).body['error_code']).toBe('person_already_verified')

    const { results } = await env.DB.prepare(
      "SELECT id FROM outbox WHERE merchant_uid LIKE 'identity%' ORDER BY created_at, id",
    ).all<{ id: string }>()
    expect(new Set(results.map((row) => row.id))).toEqual(new Set([`${id}:1`, `${again.id}:1`]))
    const events = await shop.send('/events?state=pending&limit=100')
    expect(JSON.stringify(events.body)).toContain('"type":"identity_verification.verified"')
    expect(JSON.stringify(events.body)).toContain('"type":"identity_verification.refused"')
  })

  it('T142: refuse a minor', async () => {
    const shop = createMerchant()
    const { id } = await shop.create()
    expect((await shop.complete(id, '2007-11-23')).body).toMatchObject({
      status: 'failed',
      error_code: 'age_below_minimum',
    })
  })

  it('name what is wrong with a request', async () => {
    const shop = createMerchant()
    const invalid = await shop.post('/identity-verifications', { ...adult, minimum_age: 0 })
    expect(invalid).toMatchObject({ status: 400, body: { detail: 'minimum_age' } })
    const unknown = '/identity-verifications/identity000000000000000000000000'
    expect((await shop.send(unknown)).status).toBe(404)
    expect((await shop.post(`${unknown}/delete-record`, {})).status).toBe(404)
  })
})
