import type { PaymentFrame, PaymentFrames } from './frames.ts'

/** Parameters as the shop passes them, responses as the provider writes them. */
export type Fields = Record<string, unknown>

/** A channel as the provider's list names it. */
export interface Channel {
  readonly pg_provider: string
  readonly pg_id: string
  readonly channel_key: string
  readonly type: string
  readonly sandbox: boolean
  readonly store_id: string
  readonly module: string
}

/** One `request_pay` that has no result yet. */
export interface PendingRequest {
  readonly id: string
  readonly params: Fields
  readonly channel: Channel | null
  readonly callback: ((response: Fields) => void) | null
  popup: Window | null
  frame: PaymentFrame | null
  impUid: string | null
  timer: number
}

/** The state of the script in one page. */
export interface SdkState {
  readonly page: Window
  readonly baseUrl: string
  readonly isMobile: boolean
  readonly frameHost: PaymentFrames
  userCode: string | null
  tierCode: string | null
  channels: readonly Channel[]
  readonly frames: Map<Channel, PaymentFrame>
  readonly requests: Map<string, PendingRequest>
}
