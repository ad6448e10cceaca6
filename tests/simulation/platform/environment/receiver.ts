import { readEventRequest } from '../../worker/peers/event-receiver.ts'
import type { Peer } from './network.ts'

/** An event as the merchant received it. */
export interface ReceivedEvent {
  readonly id: string
  readonly type: string
  readonly atMs: number
  readonly data: Readonly<Record<string, unknown>>
}

/** The merchant's receiver of events. */
export interface Receiver extends Peer {
  behaviour: 'accepts' | 'refuses' | 'hangs'
  latency: number
  readonly requests: () => number
}

/** Makes a receiver; `onEvent` is called with each event that it accepts, repeated ones included. */
export function createReceiver(
  clock: { readonly ms: number },
  onEvent: (event: ReceivedEvent) => void,
): Receiver {
  let requests = 0
  const receiver: Receiver = {
    behaviour: 'accepts',
    latency: 0,
    requests: () => requests,
    latencyMs: () => receiver.latency,
    respond(request, text) {
      requests += 1
      if (receiver.behaviour === 'hangs') return null
      if (receiver.behaviour === 'refuses') return { status: 503, text: '' }
      const { id, body } = readEventRequest(request, text)
      const { type, data }: Pick<ReceivedEvent, 'type' | 'data'> = JSON.parse(body)
      onEvent({ id, type, data, atMs: clock.ms })
      return { status: 204, text: '' }
    },
  }
  return receiver
}
