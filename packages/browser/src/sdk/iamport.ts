/** The provider's browser script, as far as it is used here. */
export interface Iamport {
  init(userCode: string): void
  deinit?(): void
  agency?(userCode: string, tierCode: string): void
  request_pay(params: object, callback: (response: unknown) => void): void
  certification(params: object, callback: (response: unknown) => void): void
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
