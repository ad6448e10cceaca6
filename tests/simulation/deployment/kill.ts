import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Prng } from '../engine/prng.ts'
import { bundleDeployment, prepareDeployment, startProgram } from './deployment.ts'
import { type StubServices, startStubServices } from './stub-services.ts'

const key = 'merchant-key-of-the-kill-test'
const ordersPerRound = 6
const amount = 64_900
/** The provider resends a webhook without a 2xx response five times, a minute apart; here it resends sooner. */
const resends = 5
const resendMs = 250

/** The result of killing a deployment again and again. */
export interface KillResult {
  readonly kills: number
  readonly orders: number
  /** Notices that a kill left without a response. */
  readonly unanswered: number
  readonly violations: readonly string[]
}

/** Kills a deployment while notices arrive, starts it again on its database, and at last lets it finish. */
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
      // By the provider's rule a notice is sent again that got no response; one that got a response is not.
      const open = [...orders].filter(([merchantUid]) => !acknowledged.has(merchantUid))
      // The kill comes when some notices have a response and others are still open.
      let remaining = prng.below(open.length)
      const due = Promise.withResolvers<void>()
      const notices = open.map(([merchantUid, impUid]) =>
        sendWebhook(program.url, merchantUid, impUid).then((isAcknowledged) => {
          if (isAcknowledged) acknowledged.add(merchantUid)
          else unanswered++
          if (--remaining <= 0) due.resolve()
        }),
      )
      if (remaining === 0) due.resolve()
      await due.promise
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

/** Sends the unanswered notices once more, waits for the events, and compares. */
async function finish(
  url: string,
  orders: ReadonlyMap<string, string>,
  acknowledged: ReadonlySet<string>,
  { paidEvents }: StubServices,
): Promise<readonly string[]> {
  for (const [merchantUid, impUid] of orders) {
    for (let tries = 0; tries <= resends && !acknowledged.has(merchantUid); tries++) {
      if (await sendWebhook(url, merchantUid, impUid)) break
      await sleep(resendMs)
    }
  }
  for (let ids = await listPending(url); ids.length > 0; ids = await listPending(url)) {
    // An event that was being sent when the process was killed waits for its lease, a refused one for its next
    // try: a replay sends either at once, under its old id.
    for (const id of ids) {
      await callApi(`${url}/events/${encodeURIComponent(id)}/replay`, { method: 'POST' })
    }
    await sleep(resendMs)
  }
  const violations: string[] = []
  for (const merchantUid of orders.keys()) {
    const text = await callApi(`${url}/orders/${merchantUid}`)
    if (!text.includes('"status":"paid"')) violations.push(`${merchantUid} was lost: ${text}`)
    const ids = paidEvents.get(merchantUid)?.size ?? 0
    if (ids !== 1) violations.push(`${merchantUid} has ${ids} paid events`)
  }
  if (violations.length > 0) violations.push(`pending: ${(await listPending(url)).join(', ')}`)
  return violations
}

async function listPending(url: string): Promise<readonly string[]> {
  const page: { readonly events: readonly { readonly id: string }[] } = JSON.parse(
    await callApi(`${url}/events?state=pending&limit=100`),
  )
  return page.events.map(({ id }) => id)
}

/** Calls the merchant's API. */
async function callApi(url: string, init: RequestInit = {}): Promise<string> {
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
      const order = await callApi(`${url}/orders`, { method: 'POST', body })
      if (!order.includes('"status":"pending"')) throw new Error(`Cannot open order: ${order}`)
      services.pay(`imp_${id}`, `K-${id}`, amount)
    }),
  )
  return ids.map((id) => [`K-${id}`, `imp_${id}`])
}

/** Whether the notice was acknowledged; a process that was killed while it read it did not acknowledge it. */
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
