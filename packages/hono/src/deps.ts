import type { FetchPayment, Mode, OrderStore } from '@quayside/core'
import type { RecordEscrowChange } from './escrow/record-escrow-change.ts'
import type { ConfirmGuard } from './lookup/confirm-guard.ts'
import type { FindPaid } from './lookup/find-paid.ts'
import type { LookupGuard } from './lookup/lookup-guard.ts'
import type { CompletionReport } from './report.ts'
import type { Subject } from './subject.ts'

/** What every handler uses. */
export interface CompletionDeps {
  readonly store: OrderStore
  readonly fetchPayment: FetchPayment
  readonly lookupGuard: LookupGuard
  readonly findPaid: FindPaid
  readonly confirmGuard: ConfirmGuard
  /** Whether a request can be the provider's: only such a request reads why a payment was refused. */
  readonly isProvider: (request: Request) => boolean
  /** What notices may be about beside orders. */
  readonly subjects: readonly Subject[]
  /** Null where webhooks about escrow change nothing. */
  readonly recordEscrowChange: RecordEscrowChange | null
  readonly mode: Mode
  readonly report: (report: CompletionReport) => void
}
