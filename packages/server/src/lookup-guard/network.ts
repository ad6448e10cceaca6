/**
 * Returns the network that an address counts as. An IPv6 subscriber has 2^64 addresses, so those with the same first 64
 * bits are one.
 *
 * @param address An IPv4 or IPv6 address.
 * @returns The IPv4 address itself, or the first four groups of an IPv6 address.
 *
 * @example
 * ```ts
 * import { toNetwork } from '@quayside/server'
 *
 * console.log(toNetwork('198.51.100.7'), toNetwork('2001:db8::1')) // 198.51.100.7 2001:db8:0:0
 * ```
 */
export function toNetwork(address: string): string {
  if (!address.includes(':')) return address
  const [left = '', right = ''] = address.toLowerCase().split('::')
  const head = left.split(':')
  const tail = right === '' ? [] : right.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0')
  return [...head, ...zeros, ...tail]
    .slice(0, 4)
    .map((group) => group || '0')
    .join(':')
}
