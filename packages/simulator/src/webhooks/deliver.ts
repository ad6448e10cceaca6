import type { SimulatorContext } from '../context.ts'
import type { WebhookPlan } from '../domain/channel/channel.ts'
import type { Payment } from '../domain/payment/payment.ts'
import type { Delivery, DeliveryResponse } from '../domain/records.ts'
import { wireStatus } from '../wire/serialize-payment.ts'

/** The body of a webhook. */
export interface WebhookBody {
  readonly imp_uid: string
  readonly [member: string]: Scalar | Readonly<Record<string, Scalar>>
}

type Scalar = string | number

interface OutgoingMessage {
  readonly kind: Delivery['kind']
  readonly url: string
  readonly body: WebhookBody
  readonly contentType: WebhookPlan['contentType']
}

const maxResends = 5
const resendAfterMs = 60_000

/** The webhook body of a payment with its present status. */
export function webhookOf(payment: Payment, cancellationId?: string): WebhookBody {
  return {
    imp_uid: payment.impUid,
    merchant_uid: payment.merchantUid,
    status: wireStatus(payment),
    ...(cancellationId === undefined ? {} : { cancellation_id: cancellationId }),
  }
}

/** The URLs of a payment's webhooks: its own notice_url, else the console's present URL. */
export function targetsOf(
  { webhook }: SimulatorContext,
  { noticeUrls }: Payment,
): readonly string[] {
  if (noticeUrls.length > 0) return noticeUrls
  return webhook.url === null ? [] : [webhook.url]
}

/** Sends the webhook of an event outside the window (deposit, cancel, late approval), after the planned delay. */
export function scheduleWebhook(
  context: SimulatorContext,
  payment: Payment,
  body: WebhookBody,
): void {
  if (payment.webhook.timing === 'never') return
  context.clock.after(payment.webhook.delayMs, () => deliverWebhook(context, payment, body))
}

/** Sends a webhook to all its targets as often as planned, concurrently; resolves when all have responded. */
export async function deliverWebhook(
  context: SimulatorContext,
  payment: Payment,
  body: WebhookBody,
): Promise<void> {
  const { times, contentType } = payment.webhook
  const messages = targetsOf(context, payment).flatMap((url) =>
    Array.from(
      { length: times },
      (): OutgoingMessage => ({ kind: 'webhook', url, body, contentType }),
    ),
  )
  await Promise.all(messages.map((message) => deliverMessage(context, message, 1)))
}

/** Sends the console's test webhook, with a payment that does not exist, to the saved URL; false when none is saved. */
export function deliverTestWebhook(context: SimulatorContext): boolean {
  const { url, contentType } = context.webhook
  if (url === null) return false
  const body = { imp_uid: 'imp_1234567890', merchant_uid: 'merchant_1234567890', status: 'paid' }
  context.clock.after(0, () => deliverMessage(context, { kind: 'test', url, body, contentType }, 1))
  return true
}

/** Sends one message and logs it with its response. */
export async function sendMessage(
  context: SimulatorContext,
  { kind, url, body, contentType }: OutgoingMessage,
  { attempt, timeoutMs }: { attempt: number; timeoutMs: number },
): Promise<DeliveryResponse> {
  const content_type =
    contentType === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
  const text = contentType === 'json' ? JSON.stringify(body) : formOf(body)
  const message = { kind, attempt, url, imp_uid: body.imp_uid, content_type, body: text }
  return postAndLog(context, message, timeoutMs)
}

/** Why a sent message is not sent again: a `confirm` asks for a decision that was made. */
export type ResendRefusal = 'delivery_unknown' | 'delivery_not_resendable'

/** Sends a message of the log again, as it was; returns why not, or null. */
export function resendDelivery(context: SimulatorContext, id: number): ResendRefusal | null {
  const sent = context.state.deliveries.find((delivery) => delivery.id === id)
  if (sent === undefined) return 'delivery_unknown'
  if (sent.kind === 'confirm') return 'delivery_not_resendable'
  const again = { ...sent, attempt: sent.attempt + 1 }
  context.clock.after(0, async () => {
    await postAndLog(context, again, context.timeouts.resendMs)
  })
  return null
}

async function postAndLog(
  context: SimulatorContext,
  message: Omit<Delivery, 'id' | 'at' | 'response'>,
  timeoutMs: number,
): Promise<DeliveryResponse> {
  const { deliveries } = context.state
  const id = (deliveries.at(-1)?.id ?? 0) + 1
  const entry: Delivery = { ...message, id, at: context.clock.seconds(), response: null }
  deliveries.push(entry)
  const response = await post(context, entry, timeoutMs)
  const index = deliveries.indexOf(entry)
  if (index >= 0) deliveries[index] = { ...entry, response }
  return response
}

async function deliverMessage(
  context: SimulatorContext,
  message: OutgoingMessage,
  attempt: number,
): Promise<void> {
  const { timeouts, webhook, clock } = context
  const timeoutMs = attempt === 1 ? timeouts.webhookMs : timeouts.resendMs
  const response = await sendMessage(context, message, { attempt, timeoutMs })
  const isLost = 'error' in response || response.status >= 500
  if (!isLost || !webhook.resend || attempt > maxResends) return
  clock.after(resendAfterMs, () => deliverMessage(context, message, attempt + 1))
}

async function post(
  { fetchMerchant }: SimulatorContext,
  { url, content_type, body }: Delivery,
  timeoutMs: number,
): Promise<DeliveryResponse> {
  const signal = AbortSignal.timeout(timeoutMs)
  const timedOut = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  try {
    const headers = { 'content-type': content_type }
    const pending = fetchMerchant(url, {
      method: 'POST',
      headers,
      body,
      signal,
      redirect: 'manual',
    })
    // A merchant's `fetch` function may ignore the signal.
    return await Promise.race([readResponse(pending), timedOut])
  } catch (error) {
    return { error: signal.aborted ? 'timeout' : 'network', detail: String(error) }
  }
}

async function readResponse(pending: Response | Promise<Response>): Promise<DeliveryResponse> {
  const response = await pending
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
