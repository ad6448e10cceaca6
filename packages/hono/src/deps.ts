import type { FetchPayment, Mode, OrderStore } from '@quayside/core'
import type { LookupGuard } from './lookup-guard.ts'
import type { CompletionReport } from './report.ts'

/** What every handler uses. */
export interface CompletionDeps {
  readonly store: OrderStore
  readonly fetchPayment: FetchPayment
  readonly lookupGuard: LookupGuard
  readonly mode: Mode
  readonly report: (report: CompletionReport) => void
}
