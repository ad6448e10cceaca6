/** Returns the `after` of the next page; null on the last one. */
export function toNext(rows: readonly { readonly id: string }[], limit: number): string | null {
  return rows.length === limit ? (rows.at(-1)?.id ?? null) : null
}
