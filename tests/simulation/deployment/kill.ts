import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Prng } from '../engine/prng.ts'
import { bundleDeployment, prepareDeployment, startProgram } from './deployment.ts'
import { type StubServices, startStubServices } from './stub-services.ts'

const key = 'merchant-key-of-the-kill-test'
const ordersPerRound = 6
const amount = 64_900

/** What a deployment came to that was killed again and again. */
export interface KillResult {
  readonly kills: number
  readonly orders: number
  /** Notices that a kill left without an answer. */
  readonly unanswered: number
  readonly violations: readonly string[]
}

/** Kills a deployment while notices arrive, starts it again on what it left, and at last lets it finish. */
export async function runKills(
  kills: number,
  prng: Prng,
  onKill: (kills: number) => void = () => undefined,
): Promise<KillResult> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-kill-'))
  const services = await startStubServices()
  const acknowledged = new Set<string>()
  let unanswered = 0
  const orders = new Map<string, string>()
  try {
    const settings = await prepareDeployment(folder, await bundleDeployment('kill'), {
      cronMs: 250,
      hasQueue: false,
      bindings: toBindings(services.url),
    })
    for (let round = 1; round <= kills; round++) {
      const program = await startProgram(settings)
      const ids = await openOrders(program.url, round, services)
      for (const [merchantUid, impUid] of ids) orders.set(merchantUid, impUid)
      // What died unanswered is sent again, by the provider's rule; what was answered is not.
      const open = [...orders].filter(([merchantUid]) => !acknowledged.has(merchantUid))
      const notices = open.map(([merchantUid, impUid]) =>
        sendWebhook(program.url, merchantUid, impUid).then((isAcknowledged) => {
          if (isAcknowledged) acknowledged.add(merchantUid)
          else unanswered++
        }),
      )
      await sleep(prng.below(250))
      await program.kill()
      await Promise.all(notices)
      onKill(round)
    }
    const program = await startProgram(settings)
    const violations = await finish(program.url, orders, acknowledged, services)
    await program.kill()
    return { kills, orders: orders.size, unanswered, violations }
  } finally {
    services.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Sends what is unanswered once more, waits for the events, and compares. */
async function finish(
  url: string,
  orders: ReadonlyMap<string, string>,
  acknowledged: ReadonlySet<string>,
  { paidEvents }: StubServices,
): Promise<readonly string[]> {
  for (const [merchantUid, impUid] of orders) {
    if (!acknowledged.has(merchantUid)) await sendWebhook(url, merchantUid, impUid)
  }
  for (let tries = 0; tries < 10 && paidEvents.size < orders.size; tries++) {
    // What was on its way when its process died waits for its lease, what was refused for its next try: asked
    // for again by hand, it comes at once and under its old id.
    for (const id of await listPending(url)) {
      await ask(`${url}/events/${encodeURIComponent(id)}/replay`, { method: 'POST' })
    }
    await sleep(2_000)
  }
  const violations: string[] = []
  for (const merchantUid of orders.keys()) {
    const text = await ask(`${url}/orders/${merchantUid}`)
    if (!text.includes('"status":"paid"')) violations.push(`${merchantUid} was lost: ${text}`)
    const ids = paidEvents.get(merchantUid)?.size ?? 0
    if (ids !== 1) violations.push(`${merchantUid} was told by ${ids} events`)
  }
  if (violations.length > 0) violations.push(`pending: ${(await listPending(url)).join(', ')}`)
  return violations
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
  round: number,
  services: StubServices,
): Promise<readonly (readonly [string, string])[]> {
  const ids = Array.from({ length: ordersPerRound }, (_, at) => `${round}-${at}`)
  await Promise.all(
    ids.map(async (id) => {
      const body = JSON.stringify({ merchant_uid: `K-${id}`, amount, currency: 'KRW' })
      const order = await ask(`${url}/orders`, { method: 'POST', body })
      if (!order.includes('"status":"pending"')) throw new Error(`Cannot open order: ${order}`)
      services.pay(`imp_${id}`, `K-${id}`, amount)
    }),
  )
  return ids.map((id) => [`K-${id}`, `imp_${id}`])
}

/** Whether the notice was taken; a process that died while it read it did not take it. */
async function sendWebhook(url: string, merchantUid: string, impUid: string): Promise<boolean> {
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

function toBindings(services: string): Readonly<Record<string, string>> {
  return {
    MODE: 'test',
    PROVIDER_URL: services,
    IMP_KEY: 'key',
    IMP_SECRET: 'secret',
    MERCHANT_API_KEY: key,
    ORDER_TOKEN_SECRET: 'token-secret-of-the-kill-test',
    SHOP_ORIGINS: 'https://shop.example',
    RESULT_PAGES: 'https://shop.example/result',
    EVENT_URL: `${services}/events`,
    EVENT_SECRETS: `whsec_${btoa('the secret of the kill test, 32+')}`,
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
