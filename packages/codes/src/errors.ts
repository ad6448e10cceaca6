/**
 * Error codes: the provider's own, and those of PGs that it passes on unchanged.
 *
 * Only codes that payments and cancels commonly meet are listed, out of tens of thousands. Sources: the PGs' code books
 * that the provider's page `opi/ko/support/code-info/pg-3` links; for the provider's own codes, of which it publishes no
 * list, its browser script and public reports.
 *
 * @packageDocumentation
 */

import { danal } from './error-books/danal.ts'
import { html5Inicis } from './error-books/html5-inicis.ts'
import { kakaopay } from './error-books/kakaopay.ts'
import { kcp } from './error-books/kcp.ts'
import { portone } from './error-books/portone.ts'
import type { Retry, Row } from './error-books/row.ts'
import { uplus } from './error-books/uplus.ts'

export type { Retry }

/** Whose list of codes it is. `portone` is the provider's own. */
export type CodeBook = 'portone' | 'kcp' | 'uplus' | 'kakaopay' | 'html5_inicis' | 'danal'

const books: Readonly<Record<CodeBook, readonly Row[]>> = {
  portone,
  kcp,
  uplus,
  kakaopay,
  html5_inicis: html5Inicis,
  danal,
}

/** An error code and its meaning. */
export interface ErrorCode {
  /** Whose code it is: the same code means other things at other PGs. */
  readonly book: CodeBook
  /** The code, as the PG writes it. */
  readonly code: string
  /** What happened, as a sentence in Korean. */
  readonly ko: string
  /** What happened, as a sentence in English. */
  readonly en: string
  /** Whether a repetition helps, and what has to happen before. */
  readonly retry: Retry
  /** Whether the same request, unchanged, is worth a repetition: at once after a lookup, or on another day. */
  readonly isWorthRetry: boolean
}

const codesOf = (book: CodeBook): readonly ErrorCode[] =>
  books[book].map(([code, ko, en, retry]) => ({
    book,
    code,
    ko,
    en,
    retry,
    isWorthRetry: retry === 'look_up' || retry === 'another_day',
  }))

/** Every listed code. */
export const errorCodes: readonly ErrorCode[] = [
  ...codesOf('portone'),
  ...codesOf('kcp'),
  ...codesOf('uplus'),
  ...codesOf('kakaopay'),
  ...codesOf('html5_inicis'),
  ...codesOf('danal'),
]

/** PGs that use the codes of another one. */
const sharedBooks: ReadonlyMap<string, CodeBook> = new Map([
  ['kcp_billing', 'kcp'],
  ['kcp_quick', 'kcp'],
  ['inicis', 'html5_inicis'],
  ['danal_tpay', 'danal'],
])

/**
 * The meaning of an error code.
 *
 * @param pg The PG, as in `pg_provider`; any text is allowed.
 * @param code The code, such as a callback's `error_code`; the provider's own codes are found at every PG.
 * @returns The meaning; null for a code that is not listed, which says nothing about whether money moved.
 *
 * @example
 * ```ts
 * import { findError } from '@quayside/codes/errors'
 *
 * console.log(findError('kcp', 'CC10')?.en) // The balance is insufficient.
 * console.log(findError('kcp', 'F1002')?.isWorthRetry) // false
 * ```
 */
export function findError(pg: string, code: string): ErrorCode | null {
  const book = sharedBooks.get(pg) ?? pg
  return (
    errorCodes.find((error) => error.code === code && error.book === book) ??
    errorCodes.find((error) => error.code === code && error.book === 'portone') ??
    null
  )
}

/**
 * The meaning of the first listed code in a text: a payment's `fail_reason`, or a callback's `error_msg`.
 *
 * A code stands in square brackets (`[CC10] 잔액부족`), or where the provider quotes the PG
 * (`F0004:PG사 결제요청에 실패하여 중단합니다.(imp_…) CC10, …`).
 *
 * @param pg The PG, as in `pg_provider`; any text is allowed.
 * @param text The text; null when there is none.
 * @returns The meaning; null when no listed code stands in the text.
 *
 * @example
 * ```ts
 * import { findErrorIn } from '@quayside/codes/errors'
 *
 * console.log(findErrorIn('kcp', '[CC54] 유효기간 경과')?.retry) // other_means
 * ```
 */
export function findErrorIn(pg: string, text: string | null): ErrorCode | null {
  const quoted = (text ?? '').matchAll(/\[([^\]\s]{1,20})\]|\)\s?([^\s,]{1,20}),|^(F\d{3,4})\b/g)
  const found = [...quoted]
    .flatMap(([, bracketed, ofPg, own]) => bracketed ?? ofPg ?? own ?? [])
    .flatMap((code) => findError(pg, code) ?? [])
  return found.find(({ book }) => book !== 'portone') ?? found[0] ?? null
}

/**
 * Whether a text says that the buyer left the window. It is no proof: a payment may have been made all the same.
 *
 * @param text A callback's `error_msg`, or a payment's `fail_reason`.
 * @returns Whether it is a text that PGs use for it.
 *
 * @example
 * ```ts
 * import { saysBuyerCancelled } from '@quayside/codes/errors'
 *
 * console.log(saysBuyerCancelled('[결제포기] 사용자가 결제를 취소하셨습니다')) // true
 * ```
 */
export function saysBuyerCancelled(text: string): boolean {
  return /사용자가 결제를 취소|\[결제포기\]/.test(text)
}
