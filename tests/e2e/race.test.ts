import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { setUpNpmStart } from './npm-start.ts'

const { addresses, control, state } = setUpNpmStart()

const json = { 'content-type': 'application/json' }

async function openOrder(merchant_uid: string, amount = 10_000): Promise<void> {
  const { merchantKey } = JSON.parse(readFileSync(`${state()}/keys.json`, 'utf8'))
  const response = await fetch(`${addresses().worker}/orders`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${merchantKey}` },
    body: JSON.stringify({ merchant_uid, amount, currency: 'KRW' }),
  })
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
}

async function pay(merchant_uid: string, amount = 10_000): Promise<string> {
  const record = await control('POST', '/payments', { merchant_uid, amount, status: 'paid' })
  return String(record['imp_uid'])
}

interface Sending {
  readonly n: number
  readonly ids: Ids
  readonly status?: number
}

const isOpen = ({ status }: Sending): boolean => status === 202 || status === 503

type Ids = { readonly imp_uid: string; readonly merchant_uid: string }

/** Sends one notice over one of the three channels. Returns the status of the response. */
function sendNotice(channel: number, ids: Ids): Promise<number> {
  const { worker } = addresses()
  if (channel === 0) return send(`${worker}/payments/complete`, json, JSON.stringify(ids))
  if (channel === 1) {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams({ ...ids, status: 'paid' }).toString()
    return send(`${worker}/payments/webhook`, form, body)
  }
  return send(`${worker}/payments/redirect?${new URLSearchParams(ids)}`)
}

/** A request without a timeout; `fetch` gives up after five minutes. */
function send(url: string, headers: Record<string, string> = {}, body?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST'
    request(url, { method, headers, agent: false }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0))
    })
      .once('error', reject)
      .end(body)
  })
}

/** Queries the database of the running worker directly. */
function query(sql: string): unknown[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      'node_modules/wrangler/bin/wrangler.js',
      'd1',
      'execute',
      'DB',
      '--local',
      '--json',
      '--persist-to',
      state(),
      '--command',
      sql,
    ],
    { encoding: 'utf8', env: { ...process.env, CI: '1', WRANGLER_LOG_PATH: `${state()}/logs` } },
  )
  try {
    return JSON.parse(stdout)[0].results
  } catch {
    throw new Error(`${stdout}${stderr}`)
  }
}

describe('T13, T20: a thousand notices at once, over all channels, for orders with two paid payments each', () => {
  it('pay every order once, by a payment of its own, and report each second payment once', async () => {
    const orders = Array.from({ length: 25 }, (_, i) => `race-${i}`)
    const tries: Ids[] = []
    for (const merchant_uid of orders) {
      await openOrder(merchant_uid)
      for (let n = 0; n < 2; n++) tries.push({ merchant_uid, imp_uid: await pay(merchant_uid) })
    }
    const notices = tries.flatMap((ids, i) => {
      const foreign = tries[(i + 7) % tries.length]
      if (foreign === undefined) throw new TypeError('no other payment')
      const offered = { merchant_uid: ids.merchant_uid, imp_uid: foreign.imp_uid }
      return Array.from({ length: 20 }, (_, n) => ({ n, ids: n % 7 === 6 ? offered : ids }))
    })
    // A stride that shares no factor with the count reaches every notice, far from its neighbours.
    const shuffled = notices.flatMap((_, i) => notices[(i * 367) % notices.length] ?? [])
    const sendAll = (batch: readonly Sending[]): Promise<Sending[]> =>
      Promise.all(
        batch.map(async ({ n, ids }) => ({ n, ids, status: await sendNotice(n % 3, ids) })),
      )
    const first = await sendAll(shuffled)
    expect(first.length).toBe(1000)
    // On a busy machine some lookups take too long: their notices get pending or 503.
    const final = first.filter((each) => !isOpen(each))
    let open = first.filter(isOpen)
    // These are sent again until their responses are final. While the provider seems to be failing, no lookup is
    // made for up to a minute.
    while (open.length > 0) {
      await pause(250)
      const again = await sendAll(open.slice(0, 20))
      final.push(...again.filter((each) => !isOpen(each)))
      open = [...again.filter(isOpen), ...open.slice(20)]
    }
    expect(new Set(final.map(({ status }) => status))).toEqual(new Set([200, 303, 409]))
    expect(open).toEqual([])

    const own = new Map(tries.map(({ imp_uid, merchant_uid }) => [imp_uid, merchant_uid]))
    const rows = query(
      "SELECT merchant_uid, imp_uid, status FROM orders WHERE merchant_uid LIKE 'race-%'",
    ) as { merchant_uid: string; imp_uid: string; status: string }[]
    expect(rows.map(({ status }) => status)).toEqual(orders.map(() => 'paid'))
    expect(rows.map(({ imp_uid }) => own.get(imp_uid))).toEqual(
      rows.map(({ merchant_uid }) => merchant_uid),
    )
    expect(
      query(
        "SELECT kind, COUNT(*) AS events, COUNT(DISTINCT merchant_uid) AS orders FROM outbox WHERE merchant_uid LIKE 'race-%' GROUP BY kind ORDER BY kind",
      ),
    ).toEqual([
      { kind: 'duplicate_paid', events: 25, orders: 25 },
      { kind: 'paid', events: 25, orders: 25 },
    ])
    // The second payment of each order has to be refunded: it must be recorded.
    expect(
      query("SELECT COUNT(*) AS second FROM attempts WHERE verdict = 'duplicate_paid'"),
    ).toEqual([{ second: 25 }])
  })
})
