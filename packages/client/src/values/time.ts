/**
 * Converts a time of the provider to a `Date`.
 *
 * @param seconds UNIX seconds as on the wire, e.g. `paid_at`.
 * @returns The date; null for "not yet", which is 0, null or absent on the wire.
 *
 * @example
 * ```ts
 * import { readTime } from '@quayside/client'
 *
 * console.log(readTime(1_767_225_600)?.toISOString()) // 2026-01-01T00:00:00.000Z
 * console.log(readTime(0)) // null
 * ```
 */
export function readTime(seconds: number | null | undefined): Date | null {
  return seconds === 0 || seconds === null || seconds === undefined
    ? null
    : new Date(seconds * 1000)
}
