// The merchant's console: its channels, contracts and sub-merchants.
import type { SimulatorContext } from '../context.ts'
import type { Channel } from '../domain/channel/channel.ts'
import { contractNames } from '../domain/contract.ts'
import type { Params } from '../runtime/params.ts'
import {
  createFieldReader,
  type FieldReader,
  type InvalidField,
  type ReadResult,
  resultOf,
} from './field-reader.ts'
import { addTiers, type Tier } from './sub-merchants.ts'

/** PGs of the new modules, which the page itself calls. */
const newModules =
  'tosspayments ksnet smartro_v2 nice_v2 toss_brandpay welcome tosspay_v2 paypal_v2 kicc_v2 mobilians_v2 inicis_jp payletter_global galaxia kcp_v2'.split(
    ' ',
  )
const channelTypes = ['payment', 'api_payment', 'certification'] as const

/** Reads one channel; a key is made from PG and id when none is given. */
export function readChannel(params: Params): ReadResult<Channel> {
  const fields = createFieldReader(params)
  return resultOf(fields, channelFrom(fields))
}

/** Reads a list of channels, default first, with a key of its own each. */
export function readChannels(params: Params): ReadResult<readonly Channel[]> {
  const fields = createFieldReader(params)
  fields.allowOnly(['channels'])
  const channels = fields.list('channels', channelFrom)
  const keys = channels.map(({ channel_key }) => channel_key)
  if (channels.length === 0) fields.fail('channels', 'a list of one or more channels')
  if (new Set(keys).size < keys.length) fields.fail('channels', 'channels with different keys')
  return resultOf(fields, channels)
}

/** Concludes or ends the contracts a request names. */
export function updateContracts(
  { contracts }: SimulatorContext,
  params: Params,
): InvalidField | null {
  const fields = createFieldReader(params)
  fields.allowOnly(contractNames)
  const changed = contractNames.map((name) => [name, fields.flag(name, contracts[name])] as const)
  const failure = fields.failure()
  if (failure !== null) return failure
  for (const [name, isHeld] of changed) contracts[name] = isHeld
  return null
}

/** Adds a sub-merchant, or renames the one with its code. */
export function saveTier(context: SimulatorContext, params: Params): ReadResult<Tier> {
  const fields = createFieldReader(params)
  fields.allowOnly(['tier_code', 'tier_name'])
  const tier_code = fields.text('tier_code', { max: 3 })
  const tier_name = fields.text('tier_name', { max: 40, fallback: `하위상점 ${tier_code}` })
  if (!/^[A-Z0-9]{3}$/.test(tier_code)) fields.fail('tier_code', 'three letters A–Z or digits')
  const failure = fields.failure()
  if (failure !== null) return { ok: false, failure }
  const existing = context.tiers.get(tier_code)
  if (existing === undefined) addTiers(context, [{ tier_code, tier_name }])
  else context.tiers.set(tier_code, { ...existing, name: tier_name })
  return { ok: true, value: { tier_code, tier_name } }
}

function channelFrom(fields: FieldReader): Channel {
  fields.allowOnly([
    'pg_provider',
    'pg_id',
    'channel_key',
    'type',
    'sandbox',
    'module',
    'store_id',
    'channel_group_id',
  ])
  const pg_provider = fields.text('pg_provider', { max: 16 })
  if (!/^[a-z0-9_]*$/.test(pg_provider)) {
    fields.fail('pg_provider', 'the code of a PG, such as html5_inicis')
  }
  const pg_id = fields.text('pg_id', { max: 80 })
  const groupId = fields.optional('channel_group_id', 55)
  return {
    pg_provider,
    pg_id,
    channel_key: fields.text('channel_key', {
      max: 55,
      fallback: `channel-key-${pg_provider}-${pg_id}`.slice(0, 55),
    }),
    type: fields.oneOf('type', channelTypes, 'payment'),
    sandbox: fields.flag('sandbox', true),
    module: fields.oneOf(
      'module',
      ['legacy', 'new'],
      newModules.includes(pg_provider) ? 'new' : 'legacy',
    ),
    store_id: fields.text('store_id', { max: 55, fallback: 'store-simulator' }),
    ...(groupId === null ? {} : { channel_group_id: groupId }),
  }
}
