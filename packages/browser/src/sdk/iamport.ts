/** The provider's browser script, as far as it is used here. */
export interface Iamport {
  /** Names the merchant account (고객사 식별코드, `imp00000000`). */
  init(userCode: string): void
  /** Forgets the account, before another one is named; absent in older versions. */
  deinit?(): void
  /** Names the account of an agency and the sub-merchant (`tier_code`); absent in older versions. */
  agency?(userCode: string, tierCode: string): void
  /** Opens the window of a payment. The callback may never be called. */
  request_pay(params: object, callback: (response: unknown) => void): void
  /** Opens the window of an identity verification. The callback may never be called. */
  certification(params: object, callback: (response: unknown) => void): void
  /** Closes a window that is a frame of the page; absent in older versions. */
  close?(): void
}

/** Why there is no script to open a window with. */
export type SdkFailure = 'sdk_unavailable' | 'sdk_incompatible'

/** The script, or why there is none. */
export type SdkResult =
  | { readonly ok: true; readonly value: Iamport }
  | { readonly ok: false; readonly reason: SdkFailure }

/** The script that a page has; null while it has none. */
export function findSdk(page: object): SdkResult | null {
  const imp: unknown = Reflect.get(page, 'IMP')
  if (imp === undefined || imp === null) {
    // The script of V2 has another name, and other methods.
    const hasV2 = typeof Reflect.get(page, 'PortOne') === 'object'
    return hasV2 ? { ok: false, reason: 'sdk_incompatible' } : null
  }
  return isIamport(imp) ? { ok: true, value: imp } : { ok: false, reason: 'sdk_incompatible' }
}

function isIamport(value: unknown): value is Iamport {
  return ['init', 'request_pay', 'certification'].every(
    (name) => typeof Reflect.get(Object(value), name) === 'function',
  )
}
