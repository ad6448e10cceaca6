import { describe, expect, it } from 'vitest'
import { toClientAddress } from '../src/server/client-address.ts'
import { parseTrustedProxies } from '../src/settings/trusted-proxies.ts'

/** The client's address behind proxies that the setting names. */
function clientOf(setting: string, peer: string, forwardedFor: string | null): string | null {
  const trusted = parseTrustedProxies(setting)
  if (trusted === null) throw new TypeError(`${setting} is malformed`)
  return toClientAddress({ peer, forwardedFor }, trusted)
}

const forged = '203.0.113.9'

describe('the address of a client', () => {
  it('T95: is that of the socket, whatever a client claims', () => {
    for (const claim of [forged, `${forged}, 10.0.0.1`, '52.78.100.19', 'garbage', '']) {
      expect(clientOf('0', '198.51.100.7', claim)).toBe('198.51.100.7')
      expect(clientOf('10.0.0.0/8', '198.51.100.7', claim)).toBe('198.51.100.7')
    }
  })

  it('T95: is what the nearest trusted proxy saw, and not what the client had written before it', () => {
    expect(clientOf('10.0.0.0/8', '10.0.0.2', `${forged}, 198.51.100.7`)).toBe('198.51.100.7')
    expect(clientOf('10.0.0.0/8', '10.0.0.2', `${forged}, 198.51.100.7, 10.0.0.1`)).toBe(
      '198.51.100.7',
    )
    expect(clientOf('1', '10.0.0.2', `${forged}, 198.51.100.7`)).toBe('198.51.100.7')
    expect(clientOf('2', '10.0.0.2', `${forged}, 198.51.100.7, 192.0.2.1`)).toBe('198.51.100.7')
  })

  it('is the farthest that is known when fewer proxies were passed', () => {
    expect(clientOf('2', '10.0.0.2', '198.51.100.7')).toBe('198.51.100.7')
    expect(clientOf('2', '198.51.100.7', null)).toBe('198.51.100.7')
    expect(clientOf('10.0.0.0/8', '10.0.0.2', '10.0.0.3')).toBe('10.0.0.3')
  })

  it('is that of the proxy where the proxy writes something that is no address', () => {
    expect(clientOf('1', '10.0.0.2', 'unknown')).toBe('10.0.0.2')
    expect(clientOf('10.0.0.0/8', '10.0.0.2', '_hidden, 10.0.0.1')).toBe('10.0.0.1')
  })

  it('is not known behind an internal proxy that nobody named, so that all buyers do not count as one', () => {
    for (const proxy of ['127.0.0.1', '::1', '::ffff:172.17.0.1', '192.168.0.4', 'fd12::3']) {
      expect(clientOf('0', proxy, '198.51.100.7')).toBe(null)
      expect(clientOf('0', proxy, null)).toBe(proxy.replace('::ffff:', ''))
    }
  })

  it('is read with a port, in brackets, in capitals, and embedded in IPv6', () => {
    expect(clientOf('1', '::ffff:10.0.0.2', '198.51.100.7:4711')).toBe('198.51.100.7')
    expect(clientOf('1', '10.0.0.2', '[2001:DB8::7]:4711')).toBe('2001:db8::7')
    expect(clientOf('1', '10.0.0.2', '[2001:db8::7]')).toBe('2001:db8::7')
    expect(clientOf('10.0.0.0/8, fd00::/8', '::ffff:10.0.0.2', '2001:db8::7, FD00::1')).toBe(
      '2001:db8::7',
    )
  })

  it('knows malformed lists of proxies', () => {
    for (const text of [
      '11',
      '-1',
      '1.5',
      '10.0.0.0/33',
      'fd00::/129',
      '10.0.0.0/8/8',
      'nginx',
      ',',
    ]) {
      expect([text, parseTrustedProxies(text)]).toEqual([text, null])
    }
  })
})
