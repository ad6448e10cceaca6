import { BlockList, isIP } from 'node:net'
import type { TrustedProxies } from '../settings/trusted-proxies.ts'

/** Where a request came from. */
export interface Origin {
  /** The address of the socket; null when it is closed already. */
  readonly peer: string | null
  /** The header `X-Forwarded-For`; null without one. */
  readonly forwardedFor: string | null
}

/** Addresses of which many clients share one, when they are those of a proxy: loopback, private, link-local, shared. */
const internal = new BlockList()
internal.addSubnet('127.0.0.0', 8)
internal.addSubnet('10.0.0.0', 8)
internal.addSubnet('172.16.0.0', 12)
internal.addSubnet('192.168.0.0', 16)
internal.addSubnet('169.254.0.0', 16)
internal.addSubnet('100.64.0.0', 10)
internal.addAddress('::1', 'ipv6')
internal.addSubnet('fc00::', 7, 'ipv6')
internal.addSubnet('fe80::', 10, 'ipv6')

/**
 * Returns the address of the client that sent a request: that of the socket, or what proxies that are trusted say.
 *
 * @returns The address; null when it is not known. So is that of an internal proxy that is not among the trusted ones: it
 * would count all buyers as one.
 */
export function toClientAddress(origin: Origin, trusted: TrustedProxies): string | null {
  const peer = origin.peer === null ? null : toAddress(origin.peer)
  if (peer === null || origin.forwardedFor === null) return peer
  // The last entry is what the nearest proxy saw; each entry before it is what the next one claims.
  const claimed = origin.forwardedFor.split(',').map(toAddress).toReversed()
  switch (trusted.kind) {
    case 'none':
      return isIn(internal, peer) ? null : peer
    case 'hops':
      return followHops([peer, ...claimed], trusted.count)
    case 'networks':
      return followNetworks([peer, ...claimed], trusted.networks)
  }
}

/** What a proxy says is believed as far as it can be read: then the address is that of this proxy. */
function followHops(addresses: readonly (string | null)[], count: number): string | null {
  let client: string | null = null
  for (const address of addresses.slice(0, count + 1)) {
    if (address === null) break
    client = address
  }
  return client
}

function followNetworks(addresses: readonly (string | null)[], networks: BlockList): string | null {
  let client: string | null = null
  for (const address of addresses) {
    if (address === null) break
    client = address
    if (!isIn(networks, address)) break
  }
  return client
}

/** Reads an address, with or without a port; an IPv4 address that IPv6 embeds is itself. */
function toAddress(text: string): string | null {
  const trimmed = text.trim()
  const [, bare = trimmed] =
    /^\[(.+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(trimmed)?.filter(Boolean) ?? []
  const address = bare
    .toLowerCase()
    .replace(/^::ffff:(?=[\d.]+$)/, '')
    .replace(/%.*$/, '')
  return isIP(address) === 0 ? null : address
}

function isIn(networks: BlockList, address: string): boolean {
  return networks.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}
