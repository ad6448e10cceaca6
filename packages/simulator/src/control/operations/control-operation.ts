/** What a member of a request body is. */
export type MemberKind = 'text' | 'integer' | 'amount' | 'flag' | 'seconds' | 'object' | 'list'

/** One operation of the control API. */
export interface ControlOperation {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** Below `/_simulator`; members in braces. */
  readonly path: string
  readonly summary: string
  readonly tag: ControlTag
  /** The members of the body; those that end with `!` are required. */
  readonly body?: Readonly<Record<string, MemberKind>>
  /** Whether the body may have further members. */
  readonly isOpen?: true
  /** The statuses of refusals, beside 403 for requests of other sites. */
  readonly refusals: readonly (400 | 404 | 409)[]
}

/** Groups of operations. */
export type ControlTag =
  | 'simulator'
  | 'scenarios'
  | 'payments'
  | 'records'
  | 'billing'
  | 'naver'
  | 'account'
  | 'clock'
  | 'webhooks'
  | 'faults'

/** The refusals of an operation that has none. */
export const none: readonly [] = []
