/**
 * Deletes the oldest entries of a map that has outgrown its limit, a tenth of the limit at once. One at a time would be slow:
 * the gap that a deleted entry leaves is walked over on the way to the first one.
 */
export function dropOldest(entries: Map<unknown, unknown>, most: number): void {
  if (entries.size <= most) return
  const kept = most - Math.floor(most / 10)
  for (const oldest of entries.keys()) {
    if (entries.size <= kept) break
    entries.delete(oldest)
  }
}
