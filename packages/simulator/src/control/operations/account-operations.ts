import { type ControlOperation, none } from './control-operation.ts'

const reads = (path: string, summary: string): ControlOperation => ({
  method: 'get',
  path,
  tag: 'account',
  summary,
  refusals: none,
})

/** Channels, contracts and sub-merchants. */
export const ofAccount: readonly ControlOperation[] = [
  reads('/channels', 'Lists the channels'),
  {
    method: 'put',
    path: '/channels',
    tag: 'account',
    summary: 'Replaces the channels',
    body: { 'channels!': 'list' },
    refusals: [400],
  },
  {
    method: 'post',
    path: '/channels',
    tag: 'account',
    summary: 'Adds a channel, or replaces the one of its key',
    body: { 'pg_provider!': 'text', 'pg_id!': 'text', channel_key: 'text' },
    isOpen: true,
    refusals: [400],
  },
  {
    method: 'delete',
    path: '/channels/{channel_key}',
    tag: 'account',
    summary: 'Removes a channel',
    refusals: [404],
  },
  reads('/contracts', 'Lists the contracts'),
  {
    method: 'put',
    path: '/contracts',
    tag: 'account',
    summary: 'Concludes and ends contracts',
    body: {},
    isOpen: true,
    refusals: [400],
  },
  reads('/tiers', 'Lists the sub-merchants'),
  {
    method: 'post',
    path: '/tiers',
    tag: 'account',
    summary: 'Adds or renames a sub-merchant',
    body: { 'tier_code!': 'text', 'tier_name!': 'text' },
    refusals: [400],
  },
]
