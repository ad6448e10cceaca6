import { env } from 'cloudflare:workers'
import { createClient } from '@quayside/client'
import type { Payee } from '@quayside/core'
import { createSimulator } from '@quayside/simulator'
import { beforeEach, describe, expect, it } from 'vitest'
import { createPayees } from '../../../../packages/server/src/account-clients.ts'
import { recoveryJobs } from '../../../../packages/server/src/jobs/recovery-jobs.ts'
import { runJobs } from '../../../../packages/server/src/jobs/schedule/cron.ts'
import { createRoutingClient } from '../../../../packages/server/src/payees.ts'
import { requestControl } from '../../../../packages/server/test/simulator-control.ts'
import { immediateSleep } from '../../../../packages/server/test/timers.ts'
import { clearCursors, createRecoveryFixture, idOf, minuteMs } from '../fixtures/recovery.ts'

const second = 'second' as Payee
const amount = { minor: 64_900, currency: 'KRW' } as const

beforeEach(async () => {
  await clearCursors()
  await env.DB.prepare('DELETE FROM reconciliation_issues').run()
})

/** Recovery jobs of a shop with a second account, which is at a provider of its own. */
function createFixture() {
  const own = createRecoveryFixture()
  const { clock } = own
  const provider = createSimulator({ clock, fetch: () => new Response('ok') })
  const now = () => clock.now().getTime()
  const clientOfSecond = createClient({
    key: 'simulator-key',
    secret: 'simulator-secret',
    fetch: provider.fetch,
    now,
    random: () => 0,
    sleep: immediateSleep,
  })
  const account = { name: 'second', impKey: 'k', impSecret: 's', userCode: null, providerUrl: null }
  const config = { accounts: [{ ...account, tiers: [] }], tiers: [], userCode: null }
  const payees = createPayees(config, own.deps.client, () => clientOfSecond)
  const client = createRoutingClient(own.deps.client, payees)
  const deps = { ...own.deps, client, payees }
  return {
    ...own,
    deps,
    payInSecond: async (imp_uid: string, merchant_uid: string) => {
      const payment = { imp_uid, merchant_uid, amount: 64_900, currency: 'KRW' }
      const response = await requestControl(provider, '/payments', payment)
      if (!response.ok) throw new TypeError(await response.text())
    },
    sweep: async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute++) {
        await clock.advance(minuteMs)
        await runJobs(recoveryJobs(deps), '* * * * *', deps.log)
      }
    },
  }
}

describe('money in one account with the id of an order of another', () => {
  it('T185: pays no order, and is an issue of the account that has it', async () => {
    const { deps, order, payInSecond, read, sweep, select } = createFixture()
    await order('X-own')
    await sweep(1)
    await payInSecond('imp_1', 'X-own')
    await sweep(8)
    expect(await read('X-own')).toMatchObject({ status: 'pending', impUid: null })
    const issues = await deps.store.reconciliationIssues.list('open', '', 10)
    expect(issues.ok && issues.value).toMatchObject([
      { id: 'order_unknown:imp_1~second', kind: 'order_unknown', merchantUid: 'X-own' },
    ])
    const events = await select(
      "SELECT payload FROM outbox WHERE id = 'order_unknown:imp_1~second'",
    )
    expect(JSON.parse(String(events[0]?.['payload']))).toMatchObject({
      reconciliation_issue: { imp_uid: 'imp_1', account: 'second', tier: null },
    })
  })
})

describe('the daily comparison of several accounts', () => {
  it('T184: each has its own day, and misses only its own payments', async () => {
    const { clock, deps, order, pay, payInSecond, read, sweep } = createFixture()
    await sweep(1)
    await order('D-own')
    const created = await deps.store.orders.create(
      { merchantUid: idOf('D-second'), amount, allowances: [], payee: second },
      null,
    )
    expect(created.ok).toBe(true)
    await pay('D-own', { imp_uid: 'imp_5' })
    await payInSecond('imp_5', 'D-second')
    await sweep(3)
    expect(await read('D-own')).toMatchObject({ status: 'paid', impUid: 'imp_5' })
    expect(await read('D-second')).toMatchObject({ status: 'paid', impUid: 'imp_5~second' })
    await clock.advance(26 * 60 * minuteMs)
    await sweep(30)
    const issues = await deps.store.reconciliationIssues.list('all', '', 10)
    expect(issues).toMatchObject({ ok: true, value: [] })
    const days = await Promise.all(
      ['reconciled', 'reconciled:second'].map((name) => deps.store.cursors.position(name)),
    )
    expect(days.map((each) => each.ok && each.value !== null)).toEqual([true, true])
  })
})
