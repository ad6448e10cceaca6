import { isText, readImpUid } from './claim.ts'

/** What a return says. None of it is proven. */
export interface Return {
  /** The order that the return names. */
  readonly merchantUid: string
  /** Null where the return names no payment. */
  readonly impUid: string | null
  /** What it claims: `unknown` without a flag, which is usual. */
  readonly claim: 'success' | 'failure' | 'unknown'
  /** The provider's or the PG's code of a failure; null without one. */
  readonly errorCode: string | null
  /** The words of the PG. Show them as text, never as HTML. */
  readonly errorMessage: string | null
}

/** What is to be reported about a return. */
export interface ReadReturn {
  /** True; a failure has a `reason`. */
  readonly ok: true
  /** What the return says. */
  readonly value: Return
}

/** Why an address is not read as a return. */
export type ReturnFailure =
  /** It names no order: an ordinary address of the shop, or a return that lost its query. */
  | 'order_missing'
  /** It names two orders or two payments. */
  | 'ambiguous'

const names = /^((imp|merchant)_uid|(imp_)?success|imp_status|error_(code|msg))$/

/**
 * Reads the address to which a buyer came back from a window, of a page or of an app (`myapp://pay?imp_uid=…`).
 *
 * It reads what real returns look like: without a flag, with `imp_uid=null`, with an `&` that the browser script forgot or that
 * an app encoded (`%26`), and with the same value twice.
 *
 * @param url The address.
 * @returns What it says, or why it is no return.
 *
 * @example
 * ```ts
 * import { readReturn } from '@quayside/browser'
 *
 * const returned = readReturn('https://shop.example/done?imp_uid=imp_123%26merchant_uid=ORD-1%26imp_success=true')
 * if (returned.ok) console.log(returned.value.merchantUid, returned.value.claim) // ORD-1 success
 *
 * const other = readReturn('https://shop.example/')
 * if (!other.ok) console.log(other.reason) // order_missing
 * ```
 */
export function readReturn(
  url: string,
): ReadReturn | { readonly ok: false; readonly reason: ReturnFailure } {
  const found = findFields(url)
  const ids = ['merchant_uid', 'imp_uid'].map((name) => new Set(found.get(name)))
  if (ids.some(({ size }) => size > 1)) return { ok: false, reason: 'ambiguous' }
  const first = (name: string) => found.get(name)?.[0] ?? null
  const merchantUid = first('merchant_uid')
  if (merchantUid === null) return { ok: false, reason: 'order_missing' }
  const errorCode = first('error_code')
  const errorMessage = first('error_msg')
  const said = ['imp_success', 'success', 'imp_status'].map(first)
  const succeeds = said.includes('true')
  const fails = said.includes('false') || errorCode !== null || errorMessage !== null
  const claim = succeeds === fails ? 'unknown' : succeeds ? 'success' : 'failure'
  const impUid = readImpUid(first('imp_uid'))
  return { ok: true, value: { merchantUid, impUid, claim, errorCode, errorMessage } }
}

/** A return in the form of a callback. */
export function toResponse(returned: Return): object {
  return {
    imp_uid: returned.impUid,
    success: returned.claim === 'unknown' ? null : returned.claim === 'success',
    error_code: returned.errorCode,
    error_msg: returned.errorMessage,
  }
}

/**
 * The values of each name, without those that say nothing. Of an address whose scheme no parser knows, too; the query may be
 * that of a fragment.
 */
function findFields(url: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const parts = url.replace(/^[^?]*\?/, '').split(/[&#]/)
  for (const part of parts.flatMap(unfold)) {
    const at = `${part}=`.indexOf('=')
    const [name, value] = repair(decode(part.slice(0, at)), decode(part.slice(at + 1)))
    if (names.test(name) && isText(value)) found.set(name, [...(found.get(name) ?? []), value])
  }
  return found
}

/**
 * An app that encodes an address once more encodes its `&`. No id and no flag contains one, but the words of a PG, and
 * another address inside the query, may.
 */
function unfold(part: string): readonly string[] {
  if (/^(imp|merchant)_uid%3D/i.test(part)) return decode(part).split('&')
  return /^(\w+_uid|(imp_)?success|imp_status)=/.test(part) ? part.split(/%26/i) : [part]
}

/** The browser script forgets the `&` before its first field when the address has a longer query: `b=2imp_uid=null`. */
function repair(rawName: string, value: string): readonly [string, string] {
  const name = rawName.replace(/^.*\?/, '')
  const glued = names.test(name) ? null : /imp_uid=(.*)$/.exec(value)
  return [glued === null ? name : 'imp_uid', glued?.[1] ?? value]
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    // The script does not encode a `%` in the words of a PG.
    return spaced
  }
}
