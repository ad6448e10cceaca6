import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { limitRate, type RateLimiter } from './rate-limit.ts'

/** Counts like Cloudflare, but without its minute: three requests per key. */
function createLimiter() {
  const counts = new Map<string, number>()
  const rateLimiter: RateLimiter = {
    async limit({ key }) {
      counts.set(key, (counts.get(key) ?? 0) + 1)
      return { success: (counts.get(key) ?? 0) <= 3 }
    },
  }
  const app = new Hono()
    .use(limitRate(rateLimiter, () => undefined))
    .post('/payments/webhook', (c) => c.text('in'))
  const post = async (headers: Record<string, string>) => {
    const response = await app.request('/payments/webhook', { method: 'POST', headers })
    return [response.status, response.headers.get('retry-after')]
  }
  return { counts, post }
}

describe('limitRate()', () => {
  it('T25: refuses an address beyond its limit, and no other', async () => {
    const { post } = createLimiter()
    const flood = { 'CF-Connecting-IP': '198.51.100.7' }
    const responses = [await post(flood), await post(flood), await post(flood), await post(flood)]
    expect(responses).toEqual([
      [200, null],
      [200, null],
      [200, null],
      [429, '60'],
    ])
    expect(await post({ 'CF-Connecting-IP': '198.51.100.8' })).toEqual([200, null])
  })

  it('T34: counts by the address that Cloudflare received the request from, whatever headers claim', async () => {
    const { counts, post } = createLimiter()
    for (const forged of ['52.78.100.19', '10.0.0.1', '::ffff:52.78.100.19']) {
      await post({
        'CF-Connecting-IP': '198.51.100.7',
        'X-Forwarded-For': forged,
        'True-Client-IP': forged,
        'X-Real-IP': forged,
      })
    }
    expect([...counts]).toEqual([['198.51.100.7', 3]])
  })

  it('T25: counts a network of IPv6 addresses as one', async () => {
    const { counts, post } = createLimiter()
    for (const address of [
      '2001:db8:1:2::1',
      '2001:DB8:1:2:3:4:5:6',
      '2001:db8:1:2:ffff::',
      '2001:db8::1',
      '2001:db8:0:0:9::1',
      '::1',
    ]) {
      await post({ 'CF-Connecting-IP': address })
    }
    expect([...counts]).toEqual([
      ['2001:db8:1:2', 3],
      ['2001:db8:0:0', 2],
      ['0:0:0:0', 1],
    ])
  })

  it("has no limit for the provider's addresses: it would not send again after a 429", async () => {
    const { counts, post } = createLimiter()
    for (let times = 0; times < 5; times++) {
      expect(await post({ 'CF-Connecting-IP': '52.78.48.223' })).toEqual([200, null])
    }
    expect(counts.size).toBe(0)
  })

  it('has no limit while the limit cannot be read, and logs why', async () => {
    const lines: unknown[] = []
    const limit = async () => {
      throw new Error('binding')
    }
    const app = new Hono()
      .use(limitRate({ limit }, (event, fields) => lines.push([event, fields])))
      .get('/payments/redirect', (c) => c.text('in'))
    const headers = { 'CF-Connecting-IP': '198.51.100.7' }
    expect((await app.request('/payments/redirect', { headers })).status).toBe(200)
    expect(lines).toEqual([['rate_limit_unavailable', { detail: 'Error: binding' }]])
  })
})
