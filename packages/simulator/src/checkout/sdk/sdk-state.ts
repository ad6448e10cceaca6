import type { Sheet, Sheets } from './frames.ts'

/** Parameters as the shop gives them, answers as the provider writes them. */
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

/** One `request_pay` on its way. */
export interface Asked {
  readonly id: string
  readonly params: Fields
  readonly channel: Channel | null
  readonly callback: ((answer: Fields) => void) | null
  popup: Window | null
  sheet: Sheet | null
  impUid: string | null
  timer: number
}

/** What the script knows of its page and merchant. */
export interface Imp {
  readonly page: Window
  readonly core: string
  readonly phone: boolean
  readonly windows: Sheets
  userCode: string | null
  tierCode: string | null
  channels: readonly Channel[]
  readonly sheets: Map<Channel, Sheet>
  readonly asked: Map<string, Asked>
}
