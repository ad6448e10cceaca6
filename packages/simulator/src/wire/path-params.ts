import type { Status } from '../domain/payment/payment.ts'

const statuses: readonly string[] = ['ready', 'paid', 'cancelled', 'failed'] satisfies Status[]

/** One reading of a path: an order's id and a status. */
export interface PathReading {
  readonly merchantUid: string
  readonly status: Status | null
}

/**
 * All readings of what follows `/payments/find/`, most likely first: ids contain raw slashes, pluses that
 * mean spaces and unencoded letters, and the status after them is optional.
 */
export function readTail(url: string, prefix: string): PathReading[] {
  const tail = new URL(url).pathname.slice(prefix.length).replace(/\/+$/, '')
  const cut = tail.lastIndexOf('/')
  const last = tail.slice(cut + 1)
  const withoutStatus = possibleDecodings(tail).map((merchantUid) => ({
    merchantUid,
    status: null,
  }))
  if (cut < 1 || !isStatus(last)) return withoutStatus
  const withStatus = possibleDecodings(tail.slice(0, cut).replace(/\/+$/, ''))
  return [...withStatus.map((merchantUid) => ({ merchantUid, status: last })), ...withoutStatus]
}

/** Whether the last segment is in the place of a status and is none. */
export function hasUnknownStatus(url: string, prefix: string): boolean {
  const tail = new URL(url).pathname.slice(prefix.length).replace(/\/+$/, '')
  return tail.includes('/') && !isStatus(tail.slice(tail.lastIndexOf('/') + 1))
}

/** Whether a value is one of the provider's four statuses. */
export function isStatus(value: unknown): value is Status {
  return typeof value === 'string' && statuses.includes(value)
}

/** The possible ids between a prefix and a suffix of a path, most likely first. */
export function idsAt(url: string, prefix: string, suffix = ''): string[] {
  const path = new URL(url).pathname.replace(/\/+$/, '')
  return possibleDecodings(path.slice(prefix.length, path.length - suffix.length))
}

/** The possible meanings of an encoded path value, most likely first. */
export function possibleDecodings(encoded: string): string[] {
  const exact = decode(encoded)
  const spaced = exact.replaceAll('+', ' ')
  return [...new Set([exact, spaced, ...decodeLatin1(exact)])]
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch (error) {
    if (error instanceof URIError) return encoded
    throw error
  }
}

// An unencoded Korean letter reaches an HTTP server as bytes, which it decodes as Latin-1.
function decodeLatin1(text: string): string[] {
  const bytes = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  if (bytes.every((byte) => byte < 0x80) || bytes.some((byte) => byte > 0xff)) return []
  const decoded = new TextDecoder().decode(new Uint8Array(bytes))
  return decoded.includes('\ufffd') ? [] : [decoded]
}
