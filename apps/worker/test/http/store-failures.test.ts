import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createFailing } from '../fixtures/failing-database.ts'
import { createShop } from '../fixtures/merchant.ts'

const message = 'D1_ERROR: Exceeded maximum DB size: SQLITE_FULL'
const failures = (lines: readonly string[]) =>
  lines
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({ event }) => event === 'store_failed')
    .map(({ operation, cause }) => ({ operation, cause }))

describe('a failure of the database', () => {
  it('is in the log with the operation and the database’s own text', async () => {
    const shop = createShop({}, createFailing(env.DB, 'FULL-1', message))
    const order = { merchant_uid: 'FULL-1', amount: 64_900, currency: 'KRW' }
    expect((await shop.post('/orders', order)).status).toBe(503)
    expect(failures(shop.lines)).toEqual([
      { operation: 'orders.create', cause: `Error: ${message}` },
    ])
  })

  it('is logged by a job as well, and contains no secret', async () => {
    const db = createFailing(env.DB, 'paid', `${message} near '${env.IMP_SECRET}'`)
    const shop = createShop({}, db)
    await shop.runCron('* * * * *')
    expect(failures(shop.lines)).toContainEqual({
      operation: 'cursors.acquire',
      cause: `Error: ${message} near '[redacted]'`,
    })
    expect(shop.lines.join('')).not.toContain(env.IMP_SECRET)
  })
})
