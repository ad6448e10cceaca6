// What each PG demands of a request for a window, as data.

/** When a duty applies: every path has one of its values. `true` means given, `false` absent. */
export type Condition = Readonly<Record<string, readonly (string | boolean)[]>>

/** What a value must be. All but `given` and `absent` say nothing about an absent value. */
export type Rule =
  | 'given'
  | 'absent'
  | { readonly matches: RegExp }
  | { readonly oneOf: readonly string[] }
  | { readonly noneOf: readonly string[] }
  | { readonly atLeast: number }
  | { readonly maxLength: number }
  | { readonly maxBytes: number }
  | { readonly eachHas: readonly string[] }
  | { readonly is: (params: Readonly<Record<string, unknown>>) => boolean }

/** One demand of a PG. */
export interface Duty {
  /** The parameter, or the path to a member of one. */
  readonly param: string
  readonly rule: Rule
  readonly when?: Condition
  /** The provider's text where it is public, else ours. */
  readonly text: string
  /** `advised`: a page calls it required, but shops do without; refused only on request. */
  readonly strength?: 'advised'
  /** The page of the provider's guide: `opi/ko/integration/pg/v1` where no other folder is named. */
  readonly source: string
}

/** A request for a window, as a duty sees it. */
export interface DutyRequest {
  readonly pgProvider: string
  readonly isSandbox: boolean
  readonly device: 'pc' | 'mobile'
  readonly params: Readonly<Record<string, unknown>>
}

/** The text for a parameter without a public one. */
export function missing(param: string): string {
  return `${param} 파라메터는 필수 입력입니다.`
}

/** The text for a value without a public one. */
export function wrong(param: string): string {
  return `${param} 파라메터가 올바르지 않습니다.`
}

/** The first duty that a request does not meet; null when it meets all. */
export function findUnmetDuty(
  duties: readonly Duty[],
  request: DutyRequest,
  includesAdvised: boolean,
): Duty | null {
  return (
    duties.find(
      (duty) =>
        (includesAdvised || duty.strength !== 'advised') &&
        applies(duty.when ?? {}, request) &&
        !isMet(duty, request),
    ) ?? null
  )
}

function applies(condition: Condition, request: DutyRequest): boolean {
  return Object.entries(condition).every(([path, allowed]) => {
    const value = valueAt(request, path)
    return allowed.some((each) =>
      typeof each === 'boolean' ? isGiven(value) === each : String(value) === each,
    )
  })
}

function isMet({ param, rule }: Duty, request: DutyRequest): boolean {
  const value = valueAt(request, param)
  if (rule === 'given') return isGiven(value)
  if (rule === 'absent') return !isGiven(value)
  if ('is' in rule) return rule.is(request.params)
  if (!isGiven(value)) return true
  if ('matches' in rule) return rule.matches.test(String(value))
  if ('oneOf' in rule) return rule.oneOf.includes(String(value))
  if ('noneOf' in rule) return !rule.noneOf.includes(String(value))
  if ('atLeast' in rule) return Number(value) >= rule.atLeast
  if ('maxLength' in rule) return String(value).length <= rule.maxLength
  if ('maxBytes' in rule) return new TextEncoder().encode(String(value)).length <= rule.maxBytes
  return isListOf(value, rule.eachHas)
}

function isListOf(value: unknown, names: readonly string[]): boolean {
  if (!Array.isArray(value) || value.length === 0) return false
  return value.every((item) => names.every((name) => isGiven(memberOf(item, name))))
}

/** A value of the request; `device`, `intent` and `mode` are of the request itself. */
function valueAt({ device, params, isSandbox }: DutyRequest, path: string): unknown {
  switch (path) {
    case 'device':
      return device
    case 'mode':
      return isSandbox ? 'sandbox' : 'live'
    case 'intent':
      return isGiven(params['customer_uid']) ? 'issue_key' : 'pay'
    case 'pay_method':
      return params['pay_method'] ?? 'card'
    default:
      return path.split('.').reduce<unknown>(memberOf, params)
  }
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}
