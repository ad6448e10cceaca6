import type { World } from '../context.ts'
import type { WebhookPlan } from '../domain/channel/channel.ts'
import type { Payment } from '../domain/payment/payment.ts'
import type { Delivery, DeliveryAnswer } from '../domain/records.ts'
import { shownStatus } from '../wire/serialize-payment.ts'

/** What a webhook says. */
export interface WebhookBody {
  readonly imp_uid: string
  readonly [member: string]: Scalar | Readonly<Record<string, Scalar>>
}

type Scalar = string | number

interface Letter {
  readonly kind: Delivery['kind']
  readonly url: string
  readonly body: WebhookBody
  readonly contentType: WebhookPlan['contentType']
}

const resends = 5
const resendAfterMs = 60_000

/** The webhook body of a payment as it stands. */
export function webhookOf(payment: Payment, cancellationId?: string): WebhookBody {
  return {
    imp_uid: payment.impUid,
    merchant_uid: payment.merchantUid,
    status: shownStatus(payment),
    ...(cancellationId === undefined ? {} : { cancellation_id: cancellationId }),
  }
}

/** Where a payment's webhooks go: its own notice_url, else the console's URL of now. */
export function targetsOf({ webhook }: World, { noticeUrls }: Payment): readonly string[] {
  if (noticeUrls.length > 0) return noticeUrls
  return webhook.url === null ? [] : [webhook.url]
}

/** Sends an event that no browser waits for (deposit, cancel, late approval), after the planned delay. */
export function announce(world: World, payment: Payment, body: WebhookBody): void {
  if (payment.webhook.timing === 'never') return
  world.clock.after(payment.webhook.delayMs, () => deliver(world, payment, body))
}

/** Sends a webhook to all its targets as often as planned, all at once; resolves when all were answered. */
export async function deliver(world: World, payment: Payment, body: WebhookBody): Promise<void> {
  const { times, contentType } = payment.webhook
  const letters = targetsOf(world, payment).flatMap((url) =>
    Array.from({ length: times }, (): Letter => ({ kind: 'webhook', url, body, contentType })),
  )
  await Promise.all(letters.map((letter) => deliverOne(world, letter, 1)))
}

/** The console's "call test": a payment that does not exist, to the saved URL. False when none is saved. */
export function deliverTest(world: World): boolean {
  const { url, contentType } = world.webhook
  if (url === null) return false
  const body = { imp_uid: 'imp_1234567890', merchant_uid: 'merchant_1234567890', status: 'paid' }
  world.clock.after(0, () => deliverOne(world, { kind: 'test', url, body, contentType }, 1))
  return true
}

/** Sends one message and logs it with its answer. */
export async function send(
  world: World,
  { kind, url, body, contentType }: Letter,
  { attempt, timeoutMs }: { attempt: number; timeoutMs: number },
): Promise<DeliveryAnswer> {
  const { deliveries } = world.ledger
  const content_type =
    contentType === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
  const entry: Delivery = {
    id: (deliveries.at(-1)?.id ?? 0) + 1,
    kind,
    attempt,
    at: world.clock.seconds(),
    url,
    imp_uid: body.imp_uid,
    content_type,
    body: contentType === 'json' ? JSON.stringify(body) : formOf(body),
    answer: null,
  }
  deliveries.push(entry)
  const answer = await post(world, entry, timeoutMs)
  const index = deliveries.indexOf(entry)
  if (index >= 0) deliveries[index] = { ...entry, answer }
  return answer
}

async function deliverOne(world: World, letter: Letter, attempt: number): Promise<void> {
  const { patience, webhook, clock } = world
  const timeoutMs = attempt === 1 ? patience.webhookMs : patience.resendMs
  const answer = await send(world, letter, { attempt, timeoutMs })
  const isLost = 'error' in answer || answer.status >= 500
  if (!isLost || !webhook.resend || attempt > resends) return
  clock.after(resendAfterMs, () => deliverOne(world, letter, attempt + 1))
}

async function post(
  { send: request }: World,
  { url, content_type, body }: Delivery,
  timeoutMs: number,
): Promise<DeliveryAnswer> {
  const signal = AbortSignal.timeout(timeoutMs)
  const given = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  try {
    const headers = { 'content-type': content_type }
    const answer = request(url, { method: 'POST', headers, body, signal, redirect: 'manual' })
    // A merchant handed in as a function may not listen to the signal.
    return await Promise.race([readAnswer(answer), given])
  } catch (error) {
    return { error: signal.aborted ? 'timeout' : 'network', detail: String(error) }
  }
}

async function readAnswer(answer: Response | Promise<Response>): Promise<DeliveryAnswer> {
  const response = await answer
  return { status: response.status, body: await response.text() }
}

function formOf(body: WebhookBody): string {
  return new URLSearchParams(
    Object.entries(body).flatMap(([name, value]): [string, string][] =>
      typeof value === 'object'
        ? Object.entries(value).map(([member, text]) => [`${name}[${member}]`, String(text ?? '')])
        : [[name, String(value)]],
    ),
  ).toString()
}
