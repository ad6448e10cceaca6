import { type Params, textOf } from '../../runtime/params.ts'
import type { Channel } from './channel.ts'

/** The channel a server's call names by channel_key or pg; a missing or unknown pg selects the first, an unknown key none. */
export function pickChannel(usable: readonly Channel[], params: Params): Channel | null {
  const channelKey = textOf(params, 'channel_key')
  if (channelKey !== null) {
    return usable.find(({ channel_key }) => channel_key === channelKey) ?? null
  }
  const [provider, ...mid] = (textOf(params, 'pg') ?? '').split('.')
  const ofProvider = usable.filter(({ pg_provider }) => pg_provider === provider)
  const exact = ofProvider.find(({ pg_id }) => pg_id === mid.join('.'))
  return exact ?? ofProvider[0] ?? usable[0] ?? null
}

/** The channels of some PGs that a server's call can use, those for servers first. */
export function usableChannels(
  channels: readonly Channel[],
  providers: readonly string[],
): readonly Channel[] {
  const usable = channels.filter(
    ({ type, pg_provider }) => type !== 'certification' && providers.includes(pg_provider),
  )
  return usable.toSorted(
    (a, b) => Number(b.type === 'api_payment') - Number(a.type === 'api_payment'),
  )
}
