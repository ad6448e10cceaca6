// Columns hold times as milliseconds since 1970.

export function toDate(ms: number): Date
export function toDate(ms: number | null): Date | null
export function toDate(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms)
}

export function toMs(instant: Date | null | undefined): number | null {
  return instant?.getTime() ?? null
}
