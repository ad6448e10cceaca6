import { BlockList, isIP } from 'node:net'

/** Which senders of `X-Forwarded-For` are believed. */
export type TrustedProxies =
  /** Nobody. */
  | { readonly kind: 'none' }
  /** So many proxies stand before this server, whatever their addresses are. */
  | { readonly kind: 'hops'; readonly count: number }
  /** The proxies with these addresses. */
  | { readonly kind: 'networks'; readonly networks: BlockList }

const maxHops = 10

/** Reads `2`, or `127.0.0.1, 10.0.0.0/8, fd00::/8`; null where it is neither. */
export function parseTrustedProxies(text: string | null): TrustedProxies | null {
  if (text === null || text === '0') return { kind: 'none' }
  if (/^\d{1,2}$/.test(text)) {
    const count = Number(text)
    return count <= maxHops ? { kind: 'hops', count } : null
  }
  const networks = new BlockList()
  for (const each of text.split(',')) {
    const [address = '', bits, ...rest] = each.trim().split('/')
    const version = isIP(address)
    const widest = version === 4 ? 32 : 128
    const length = bits === undefined ? widest : Number(/^\d{1,3}$/.test(bits) ? bits : Number.NaN)
    if (version === 0 || rest.length > 0 || !(length <= widest)) return null
    networks.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6')
  }
  return { kind: 'networks', networks }
}
