import { env } from 'cloudflare:workers'
import type { D1Database } from '@cloudflare/workers-types'
import type { Mode } from '@quayside/core'
import { Webhook } from 'standardwebhooks'
import { createDelivery } from '../src/delivery/deliver.ts'
import { createSend } from '../src/delivery/send.ts'
import { sleepOnTimer } from '../src/sleep.ts'
import { createOutbox } from '../src/store/outbox.ts'

export const secret = `whsec_${btoa('the secret of the receiver here!')}`
export const url = 'https://shop.example/events'

/** What arrived at the merchant's server. */
export interface Arrival {
  readonly id: string
  readonly at: number
  readonly body: string
}

type Answer = (arrival: Arrival, count: number) => Response | Promise<Response>

/** A merchant's server that lets in only what is signed, as a published library sees it. */
export function createReceiver(answer: Answer = () => new Response(null, { status: 204 })) {
  const arrivals: Arrival[] = []
  const counts = new Map<string, number>()
  const webhook = new Webhook(secret)
  return {
    arrivals,
    fetch: async (request: Request): Promise<Response> => {
      const body = await request.text()
      const id = request.headers.get('webhook-id') ?? ''
      const at = Number(request.headers.get('webhook-timestamp'))
      // The library's own check of the time would compare a moved clock with the real one.
      const signature = webhook.sign(id, new Date(at * 1000), body)
      if (request.url !== url || request.headers.get('webhook-signature') !== signature) {
        return new Response(null, { status: 401 })
      }
      const arrival = { id, at, body }
      arrivals.push(arrival)
      const count = (counts.get(id) ?? 0) + 1
      counts.set(id, count)
      return answer(arrival, count)
    },
  }
}

/** A clock that goes only when it is told to. */
export function createClock(start: Date = new Date('2026-11-22T03:00:00.000Z')) {
  let ms = start.getTime()
  return {
    now: () => new Date(ms),
    forward: (by: number) => {
      ms += by
    },
  }
}

interface World {
  readonly answer?: Answer
  readonly db?: D1Database
  readonly mode?: Mode
  readonly limitMs?: number
}

/** Delivery from the real outbox to a receiver in the same process. */
export function createPost({ answer, db = env.DB, mode = 'test', limitMs = 1_000 }: World = {}) {
  const lines: string[] = []
  const clock = createClock()
  const receiver = createReceiver(answer)
  const outbox = createOutbox(db, clock.now)
  const send = createSend({
    url,
    secrets: [secret],
    mode,
    limitMs,
    fetch: receiver.fetch,
    now: clock.now,
    sleep: sleepOnTimer,
  })
  const log = (event: string) => lines.push(event)
  const delivery = createDelivery({ outbox, send, now: clock.now, log })
  return { lines, clock, receiver, outbox, send, delivery }
}

/** Writes an event as a change of an order would. */
export async function put(id: string, at: Date, kind = 'paid'): Promise<void> {
  const [merchantUid = '', sequence = '1'] = id.split(':')
  await env.DB.prepare(
    `INSERT INTO outbox (id, merchant_uid, sequence, kind, payload, created_at, due_at, tries)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 0)`,
  )
    .bind(id, merchantUid, Number(sequence), kind, '{"status":"paid"}', at.getTime())
    .run()
}

/** Every row of the outbox that has one of these ids, as far as its delivery goes. */
export async function readRow(id: string) {
  return env.DB.prepare('SELECT tries, failure, due_at, delivered_at FROM outbox WHERE id = ?1')
    .bind(id)
    .first()
}

export async function clear(): Promise<void> {
  await env.DB.prepare('DELETE FROM outbox').run()
}
