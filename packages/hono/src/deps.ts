import type { FetchPayment, Mode, OrderStore } from '@quayside/core'
import type { Gate } from './lookup-guard.ts'
import type { Report } from './report.ts'

/** What every door is given. */
export interface Rooms {
  readonly store: OrderStore
  readonly fetchPayment: FetchPayment
  readonly gate: Gate
  readonly mode: Mode
  readonly report: (report: Report) => void
}
