import type { Peer } from './network.ts'

/** An event as the merchant received it. */
export interface ReceivedEvent {
  readonly type: string
  /** The order, or the kind and the payment of an issue: `ORD-1`, `payment_missing:imp_1`. */
  readonly subject: string
  readonly atMs: number
}

interface EventBody {
  readonly type: string
  readonly data: {
    readonly merchant_uid?: string
    readonly reconciliation_issue?: { readonly kind: string; readonly imp_uid: string }
  }
}

/** The merchant's receiver of events. */
export interface Receiver extends Peer {
  behaviour: 'accepts' | 'refuses' | 'hangs'
}

/** Makes a receiver; `onEvent` is called with each event that it accepts, repeated ones included. */
export function createReceiver(
  clock: { readonly ms: number },
  onEvent: (event: ReceivedEvent) => void,
): Receiver {
  const receiver: Receiver = {
    behaviour: 'accepts',
    latencyMs: () => 0,
    respond(_, text) {
      if (receiver.behaviour === 'hangs') return null
      if (receiver.behaviour === 'refuses') return { status: 503, text: '' }
      const { type, data }: EventBody = JSON.parse(text)
      const issue = data.reconciliation_issue
      const subject = issue === undefined ? data.merchant_uid : `${issue.kind}:${issue.imp_uid}`
      onEvent({ type, subject: String(subject), atMs: clock.ms })
      return { status: 204, text: '' }
    },
  }
  return receiver
}
