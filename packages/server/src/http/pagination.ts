/** What the next page comes after; null when this one is the last. */
export function toNext(rows: readonly { readonly id: string }[], limit: number): string | null {
  return rows.length === limit ? (rows.at(-1)?.id ?? null) : null
}
