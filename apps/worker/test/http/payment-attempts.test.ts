import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createShop } from '../fixtures/merchant.ts'

async function rowsOf(table: string): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(`SELECT * FROM ${table}`).all()
  return results
}

async function tableNames(): Promise<string[]> {
  const found = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'",
  ).all<{ name: string }>()
  return found.results.map(({ name }) => name)
}

const amount = 64_900
const order = (merchant_uid: string) => ({ merchant_uid, amount, currency: 'KRW' })

describe('what the worker stores', () => {
  it('T46: contains the access token in no table and no log line', async () => {
    const { post, pay, report, simulator, lines } = createShop()
    await post('/orders', order('T46'))
    expect((await report('T46', await pay('T46'))).body['status']).toBe('success')

    // Asked again before it expires, the provider returns the token that is in use.
    const tokenResponse = await simulator.fetch('https://api.iamport.kr/users/getToken', {
      method: 'POST',
      body: new URLSearchParams({ imp_key: env.IMP_KEY, imp_secret: env.IMP_SECRET }),
    })
    const { response } = (await tokenResponse.json()) as { response: { access_token: string } }
    const rows = await Promise.all((await tableNames()).map(rowsOf))
    expect(rows.flat().length).toBeGreaterThan(1)
    expect(JSON.stringify([rows, lines])).not.toContain(response.access_token)
  })

  it('T55: shows afterwards which payment was offered for which order, what was decided, and why', async () => {
    const { post, pay, report, control } = createShop()
    await post('/orders', order('T55'))
    await post('/orders', order('T55-other'))
    const first = await pay('T55')
    // No payment window opens for a paid order; two that were open before can both be paid.
    const created = await control('/payments', { merchant_uid: 'T55', amount, status: 'paid' })
    const { imp_uid: second } = (await created.json()) as { imp_uid: string }
    const foreign = await pay('T55-other')
    for (const impUid of [foreign, first, second]) await report('T55', impUid)

    const attempts = (await rowsOf('attempts')).filter(({ merchant_uid }) => merchant_uid === 'T55')
    expect(
      attempts.map(
        ({ imp_uid, verdict, reason, payment_merchant_uid, payment_status, amount }) => ({
          imp_uid,
          verdict,
          reason,
          payment_merchant_uid,
          payment_status,
          amount,
        }),
      ),
    ).toEqual(
      expect.arrayContaining([
        {
          imp_uid: first,
          verdict: 'accepted',
          reason: null,
          payment_merchant_uid: 'T55',
          payment_status: 'paid',
          amount,
        },
        {
          imp_uid: second,
          verdict: 'duplicate_paid',
          reason: null,
          payment_merchant_uid: 'T55',
          payment_status: 'paid',
          amount,
        },
        {
          imp_uid: foreign,
          verdict: 'refused',
          reason: 'order_mismatch',
          payment_merchant_uid: 'T55-other',
          payment_status: 'paid',
          amount,
        },
      ]),
    )
    const events = (await rowsOf('outbox')).filter(({ merchant_uid }) => merchant_uid === 'T55')
    expect(events.map(({ sequence, kind }) => ({ sequence, kind }))).toEqual([
      { sequence: 1, kind: 'paid' },
      { sequence: 2, kind: 'duplicate_paid' },
    ])
  })

  it('T23: may get columns of a newer version while this one still runs', async () => {
    for (const table of await tableNames()) {
      await env.DB.prepare(`ALTER TABLE ${table} ADD COLUMN of_a_newer_deployment TEXT`).run()
    }
    const { post, pay, report, send } = createShop()
    expect((await post('/orders', order('T23'))).status).toBe(201)
    expect((await report('T23', await pay('T23'))).body['status']).toBe('success')
    expect((await send('/orders/T23')).body['status']).toBe('paid')
  })
})
