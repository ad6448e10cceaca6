import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Chance } from '../engine/prng.ts'
import { bundleParts, prepareDeployment, startProgram } from './deployment.ts'
import { meetNeighbours, type Neighbours } from './stub-services.ts'

const key = 'merchant-key-of-the-kill-test'
const ordersPerLife = 6
const amount = 64_900

/** What a deployment came to that was killed again and again. */
export interface Killed {
  readonly kills: number
  readonly orders: number
  /** Notices that a kill left without an answer. */
  readonly unanswered: number
  readonly wrong: readonly string[]
}

/** Kills a deployment while notices arrive, starts it again on what it left, and at last lets it finish. */
export async function killAgainAndAgain(
  kills: number,
  chance: Chance,
  onKill: (kills: number) => void = () => undefined,
): Promise<Killed> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-kill-'))
  const neighbours = await meetNeighbours()
  const taken = new Set<string>()
  let unanswered = 0
  const orders = new Map<string, string>()
  try {
    const settings = await prepareDeployment(folder, await bundleParts('kill'), {
      cronMs: 250,
      hasQueue: false,
      bindings: toBindings(neighbours.url),
    })
    for (let life = 1; life <= kills; life++) {
      const program = await startProgram(settings)
      const ids = await openOrders(program.url, life, neighbours)
      for (const [merchantUid, impUid] of ids) orders.set(merchantUid, impUid)
      // What died unanswered is sent again, by the provider's rule; what was answered is not.
      const open = [...orders].filter(([merchantUid]) => !taken.has(merchantUid))
      const notices = open.map(([merchantUid, impUid]) =>
        notify(program.url, merchantUid, impUid).then((isTaken) => {
          if (isTaken) taken.add(merchantUid)
          else unanswered++
        }),
      )
      await sleep(chance.below(250))
      await program.kill()
      await Promise.all(notices)
      onKill(life)
    }
    const program = await startProgram(settings)
    const wrong = await finish(program.url, orders, taken, neighbours)
    await program.kill()
    return { kills, orders: orders.size, unanswered, wrong }
  } finally {
    neighbours.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Sends what is unanswered once more, waits for the events, and compares. */
async function finish(
  url: string,
  orders: ReadonlyMap<string, string>,
  taken: ReadonlySet<string>,
  { told }: Neighbours,
): Promise<readonly string[]> {
  for (const [merchantUid, impUid] of orders) {
    if (!taken.has(merchantUid)) await notify(url, merchantUid, impUid)
  }
  for (let tries = 0; tries < 10 && told.size < orders.size; tries++) {
    // What was on its way when its process died waits for its lease, what was refused for its next try: asked
    // for again by hand, it comes at once and under its old id.
    for (const id of await listPending(url)) {
      await ask(`${url}/events/${encodeURIComponent(id)}/replay`, { method: 'POST' })
    }
    await sleep(2_000)
  }
  const wrong: string[] = []
  for (const merchantUid of orders.keys()) {
    const text = await ask(`${url}/orders/${merchantUid}`)
    if (!text.includes('"status":"paid"')) wrong.push(`${merchantUid} was lost: ${text}`)
    const ids = told.get(merchantUid)?.size ?? 0
    if (ids !== 1) wrong.push(`${merchantUid} was told by ${ids} events`)
  }
  if (wrong.length > 0) wrong.push(`pending: ${(await listPending(url)).join(', ')}`)
  return wrong
}

async function listPending(url: string): Promise<readonly string[]> {
  const page: { readonly events: readonly { readonly id: string }[] } = JSON.parse(
    await ask(`${url}/events?state=pending&limit=100`),
  )
  return page.events.map(({ id }) => id)
}

/** Asks the merchant's API. */
async function ask(url: string, init: RequestInit = {}): Promise<string> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  return (await fetch(url, { ...init, headers })).text()
}

async function openOrders(
  url: string,
  life: number,
  neighbours: Neighbours,
): Promise<readonly (readonly [string, string])[]> {
  const ids = Array.from({ length: ordersPerLife }, (_, at) => `${life}-${at}`)
  await Promise.all(
    ids.map(async (id) => {
      const body = JSON.stringify({ merchant_uid: `K-${id}`, amount, currency: 'KRW' })
      const order = await ask(`${url}/orders`, { method: 'POST', body })
      if (!order.includes('"status":"pending"')) throw new Error(`Cannot open order: ${order}`)
      neighbours.pay(`imp_${id}`, `K-${id}`, amount)
    }),
  )
  return ids.map((id) => [`K-${id}`, `imp_${id}`])
}

/** Whether the notice was taken; a process that died while it read it did not take it. */
async function notify(url: string, merchantUid: string, impUid: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/payments/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ imp_uid: impUid, merchant_uid: merchantUid, status: 'paid' }),
    })
    return response.ok
  } catch {
    return false
  }
}

function toBindings(neighbours: string): Readonly<Record<string, string>> {
  return {
    MODE: 'test',
    PROVIDER_URL: neighbours,
    IMP_KEY: 'key',
    IMP_SECRET: 'secret',
    MERCHANT_API_KEY: key,
    ORDER_TOKEN_SECRET: 'token-secret-of-the-kill-test',
    SHOP_ORIGINS: 'https://shop.example',
    RESULT_PAGES: 'https://shop.example/result',
    EVENT_URL: `${neighbours}/events`,
    EVENT_SECRETS: `whsec_${btoa('the secret of the kill test, 32+')}`,
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
