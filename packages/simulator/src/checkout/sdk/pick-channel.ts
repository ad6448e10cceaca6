import type { Channel, Fields } from './sdk-state.ts'

/**
 * Finds a request's channel by `channelKey`, else among the `candidates` by `pg`: provider, then MID.
 *
 * A `pg` that matches nothing silently selects the first candidate.
 */
export function pickChannel(
  channels: readonly Channel[],
  params: Fields,
  candidates: readonly Channel[] = channels,
): Channel | null {
  if (params.channelKey) {
    return channels.find(({ channel_key }) => channel_key === params.channelKey) ?? null
  }
  const [provider, ...mid] = typeof params.pg === 'string' ? params.pg.split('.') : []
  const ofProvider = candidates.filter(({ pg_provider }) => pg_provider === provider)
  const exact = ofProvider.find(({ pg_id }) => pg_id === mid.join('.'))
  return exact ?? ofProvider[0] ?? candidates[0] ?? null
}
