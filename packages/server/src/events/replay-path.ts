/** The path under which the merchant's server schedules an event again. */
export function toReplayPath(id: string): string {
  return `/events/${encodeURIComponent(id)}/replay`
}
