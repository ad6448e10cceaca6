import type { Fetch } from '@quayside/client'
import { fail, type Mode, ok, type Result } from '@quayside/core'
import { Webhook } from 'standardwebhooks'
import type { StoredEvent } from '../domain/event.ts'
import { toEventBody } from '../events/event-body.ts'
import type { Sleep } from '../timers.ts'

/** Why an event did not arrive, as far as the sender knows: a lost response looks like none. */
export type SendFailure =
  | { readonly reason: 'event_unreadable'; readonly cause: unknown }
  | { readonly reason: 'receiver_refused'; readonly status: number }
  | { readonly reason: 'receiver_timeout' }
  | { readonly reason: 'receiver_unreachable'; readonly cause: unknown }

/** Sends one event to the merchant's receiver. */
export type Send = (event: StoredEvent) => Promise<Result<null, SendFailure>>

export interface SendOptions {
  readonly url: string
  /** Each signs: while a receiver changes its secret, both the old and the new one verify. */
  readonly secrets: readonly string[]
  readonly mode: Mode
  readonly fetch: Fetch
  readonly now: () => Date
  readonly sleep: Sleep
  readonly timeoutMs: number
}

/** Returns the headers that sign a body: its id, the time in seconds, and one signature for each secret. */
export type SignEvent = (id: string, at: Date, body: string) => Readonly<Record<string, string>>

/**
 * Makes what signs events as [Standard Webhooks](https://www.standardwebhooks.com) defines, for a program that sends a
 * test event to the merchant's receiver. Events of the outbox are signed by the server itself.
 *
 * @param secrets The secrets, each `whsec_…`; a receiver accepts a body that any of them signed.
 * @returns What signs a body: `webhook-id`, `webhook-timestamp` and `webhook-signature`.
 *
 * @example
 * ```ts
 * import { createEventSigner } from '@quayside/server'
 *
 * const sign = createEventSigner(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])
 * console.log(sign('test:1', new Date(0), '{}')['webhook-timestamp']) // 0
 * ```
 */
export function createEventSigner(secrets: readonly string[]): SignEvent {
  const signers = secrets.map((secret) => new Webhook(secret))
  return (id, at, body) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signers.map((signer) => signer.sign(id, at, body)).join(' '),
  })
}

/** Makes the sender: Standard Webhooks, one POST, no redirects. Any 2xx response means that the event arrived. */
export function createSend(options: SendOptions): Send {
  const { url, secrets, mode, fetch, now, sleep, timeoutMs } = options
  const sign = createEventSigner(secrets)

  const toRequest = (event: StoredEvent, signal: AbortSignal): Request => {
    const body = toEventBody(event, mode)
    const at = now()
    return new Request(url, {
      method: 'POST',
      // A redirect would send a signed event to a URL that is not configured.
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Quayside',
        ...sign(event.id, at, body),
      },
      body,
      signal,
    })
  }

  const post = async (request: Request): Promise<Response> => {
    const response = await fetch(request)
    // The body is not used, and an unread body keeps its connection open.
    await response.body?.cancel()
    return response
  }

  return async (event) => {
    const controller = new AbortController()
    let request: Request
    try {
      request = toRequest(event, controller.signal)
    } catch (cause) {
      return fail({ reason: 'event_unreadable', cause })
    }
    try {
      const response = await Promise.race([
        post(request),
        sleep(timeoutMs, controller.signal).then(() => null),
      ])
      if (response === null) return fail({ reason: 'receiver_timeout' })
      return response.ok ? ok(null) : fail({ reason: 'receiver_refused', status: response.status })
    } catch (cause) {
      return fail({ reason: 'receiver_unreachable', cause })
    } finally {
      controller.abort()
    }
  }
}

/** Returns a failure as it is stored: what a merchant can act on. */
export function toFailureText(failure: SendFailure): string {
  return failure.reason === 'receiver_refused'
    ? `${failure.reason}: ${failure.status}`
    : failure.reason
}
