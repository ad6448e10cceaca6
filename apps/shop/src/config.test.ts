import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const given = {
  workerUrl: 'http://localhost:8787/',
  simulatorUrl: 'https://provider.example',
  merchantKey: 'key',
  userCode: 'imp00000000',
  eventSecret: `whsec_${btoa('s'.repeat(24))}`,
  port: '8789',
}

describe('readConfig()', () => {
  it('reads a complete configuration, with URLs without a trailing slash', () => {
    expect(readConfig(given)).toEqual({
      ok: true,
      value: {
        workerUrl: 'http://localhost:8787',
        simulatorUrl: 'https://provider.example',
        merchantKey: 'key',
        userCode: 'imp00000000',
        eventSecret: given.eventSecret,
        port: 8789,
        host: '127.0.0.1',
      },
    })
  })

  it('T47: names every setting that is missing, by flag and by variable, and assumes none', () => {
    expect(readConfig({ port: '8789' })).toEqual({
      ok: false,
      failure: {
        reason: 'settings_refused',
        problems: [
          '--worker-url (SHOP_WORKER_URL) is missing',
          '--simulator-url (SHOP_SIMULATOR_URL) is missing',
          '--merchant-key (SHOP_MERCHANT_KEY) is missing',
          '--user-code (SHOP_USER_CODE) is missing',
          '--event-secret (SHOP_EVENT_SECRET) is missing',
        ],
      },
    })
  })

  it('T51: is not reachable from the network unless configured', () => {
    const host = (overrides: object) => {
      const read = readConfig({ ...given, ...overrides })
      return read.ok ? read.value.host : read.failure.problems
    }
    expect(host({})).toBe('127.0.0.1')
    expect(host({ host: '0.0.0.0' })).toBe('0.0.0.0')
    expect(host({ host: '' })).toEqual(['--host (SHOP_HOST) is missing'])
  })

  it.each([
    [{ workerUrl: '' }, '--worker-url (SHOP_WORKER_URL) is missing'],
    [
      { workerUrl: 'javascript:alert(1)' },
      '--worker-url (SHOP_WORKER_URL) must be an http or https URL',
    ],
    [
      { simulatorUrl: 'nowhere' },
      '--simulator-url (SHOP_SIMULATOR_URL) must be an http or https URL',
    ],
    [{ merchantKey: ' ' }, '--merchant-key (SHOP_MERCHANT_KEY) must be a key without spaces'],
    [{ userCode: 'shop' }, '--user-code (SHOP_USER_CODE) must look like imp00000000'],
    [{ eventSecret: 'secret' }, '--event-secret (SHOP_EVENT_SECRET) must look like whsec_…'],
    [{ port: '70000' }, '--port (SHOP_PORT) must be a port'],
    [{ port: 'http' }, '--port (SHOP_PORT) must be a port'],
  ])('T47: refuses %o', (wrong, problem) => {
    expect(readConfig({ ...given, ...wrong })).toEqual({
      ok: false,
      failure: { reason: 'settings_refused', problems: [problem] },
    })
  })

  it('T45: never repeats the merchant key in a message', () => {
    const refused = readConfig({ ...given, merchantKey: 'a secret with spaces' })
    expect(JSON.stringify(refused)).not.toContain('a secret')
  })
})
