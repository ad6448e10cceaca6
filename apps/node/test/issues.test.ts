import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { bundleNodeProgram } from '../../../tools/run/bundle/bundle-programs.mjs'
import { createFolder, run, serve, settings } from './program.ts'
import { createShop, startProvider } from './shop-and-provider.ts'

const postgresUrl = process.env['POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432'
const name = `quayside_issues_${crypto.randomUUID().slice(0, 8)}`
const admin = new pg.Pool({ connectionString: postgresUrl, max: 1 })
const isMissing = await admin.query(`CREATE DATABASE ${name}`).then(
  () => false,
  (error) => {
    if (process.env['CI'] === 'true') throw error
    return true
  },
)
afterAll(async () => {
  if (!isMissing) await admin.query(`DROP DATABASE ${name}`)
  await admin.end()
})

const note = isMissing ? ' (needs a server: start one, or set POSTGRES_URL to its address)' : ''
const databases = [
  { title: 'SQLite', address: './quayside.db', isSkipped: false },
  { title: `PostgreSQL${note}`, address: `${postgresUrl}/${name}`, isSkipped: isMissing },
]

/** Pays an order that is paid already, as a window that was open before can. */
async function payAgain(provider: string, merchant_uid: string): Promise<string> {
  const response = await fetch(`${provider}/_simulator/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ merchant_uid, amount: 64_900, currency: 'KRW', pay_method: 'card' }),
  })
  return ((await response.json()) as { readonly imp_uid: string }).imp_uid
}

/** A server that has stopped, after an order was paid twice: once more for each of these orders. */
async function createIssues(DATABASE_URL: string, orders: readonly string[]) {
  const provider = await startProvider()
  const folder = createFolder()
  const env = { ...settings, DATABASE_URL, PROVIDER_URL: provider.url }
  const server = await serve(env, folder, ['--migrate'])
  const shop = createShop(server.url)
  const second: Record<string, string> = {}
  for (const order of orders) {
    await shop.createOrder(order)
    await shop.complete(order, await provider.pay(order))
    const again = await payAgain(provider.url, order)
    await shop.complete(order, again)
    second[order] = again
  }
  await server.stop()
  return {
    idOf: (order: string) => `duplicate_paid:${second[order]}`,
    issues: (...args: readonly string[]) => run(['issues', ...args], env, folder),
    /** Types the answer of a question. */
    answer: async (text: string, ...args: readonly string[]) => {
      const program = resolve(await bundleNodeProgram())
      const child = spawn(process.execPath, [program, 'issues', ...args], {
        cwd: folder,
        env: { PATH: process.env['PATH'], ...env },
      })
      child.stdin.end(`${text}\n`)
      let stderr = ''
      child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part))
      const code = await new Promise<number | null>((ended) => child.once('close', ended))
      return { code, stderr }
    },
    /** How much of each second payment the provider has refunded, and in how many cancels. */
    refunds: async () => {
      const state = (await (await fetch(`${provider.url}/_simulator/state`)).json()) as {
        readonly payments: readonly {
          readonly imp_uid: string
          readonly cancel_amount: number
          readonly cancel_history: readonly unknown[]
        }[]
      }
      return orders.map((order) => {
        const payment = state.payments.find(({ imp_uid }) => imp_uid === second[order])
        return [order, payment?.cancel_amount, payment?.cancel_history.length]
      })
    },
  }
}

describe.each(databases)('quayside issues on $title', ({ address, isSkipped }) => {
  it.skipIf(isSkipped)(
    'lists an issue, refunds its payment once and only when told to, and closes another',
    async () => {
      const orders = ['ORD-1', 'ORD-2']
      const { idOf, issues, answer, refunds } = await createIssues(address, orders)
      const [first, second] = [idOf('ORD-1'), idOf('ORD-2')]
      const listed = await issues('list')
      const [headings, ...rows] = listed.stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/ {2,}/))
      expect([listed.code, headings?.slice(0, 5)]).toEqual([
        0,
        ['ISSUE', 'ORDER', 'AMOUNT', 'REASON', 'POLICY'],
      ])
      expect(new Set(rows.map((row) => row.slice(0, 3).join(' ')))).toEqual(
        new Set([`${first} ORD-1 64900 KRW`, `${second} ORD-2 64900 KRW`]),
      )

      const unanswered = await issues('refund', first)
      expect([unanswered.code, unanswered.stdout]).toEqual([1, ''])
      expect(unanswered.stderr).toContain('Nothing was refunded.\n')
      const refused = await answer('n', 'refund', first, '--lang', 'ko')
      expect(refused.code).toBe(1)
      expect(refused.stderr).toMatch(
        /^결제 imp_\w+\(주문 ORD-1, duplicate_paid\) 64900 KRW 중 남은 금액을 환불할까요\? \[y\/N\] /,
      )
      expect(await refunds()).toEqual([
        ['ORD-1', 0, 0],
        ['ORD-2', 0, 0],
      ])

      expect((await answer('y', 'refund', first)).code).toBe(0)
      expect(await issues('refund', first, '--yes')).toEqual({
        code: 0,
        stdout: `${first}: refunded and closed\n`,
        stderr: '',
      })
      expect(await refunds()).toEqual([
        ['ORD-1', 64_900, 1],
        ['ORD-2', 0, 0],
      ])
      expect(await issues('close', second)).toEqual({
        code: 0,
        stdout: `${second} is closed: closed_by_merchant\n`,
        stderr: '',
      })
      expect((await issues('list', '--lang', 'ko')).stdout).toBe('대사 불일치 건이 없습니다\n')
      const all = await issues('list', '--all', '--json')
      const outcomes = all.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly id: string; readonly outcome: string })
      expect(Object.fromEntries(outcomes.map(({ id, outcome }) => [id, outcome]))).toEqual({
        [first]: 'refunded',
        [second]: 'closed_by_merchant',
      })
      expect(await issues('close', 'late_paid:imp_0')).toMatchObject({
        code: 1,
        stderr: 'Reconciliation issue not found (reconciliation_issue_unknown)\n',
      })
    },
  )

  it.skipIf(isSkipped)(
    'T15: refunds once when three people refund the same issue at the same time',
    async () => {
      const { idOf, issues, refunds } = await createIssues(address, ['ORD-3'])
      const all = await Promise.all([1, 2, 3].map(() => issues('refund', idOf('ORD-3'), '--yes')))
      // Who comes second may be told that the outcome is not known yet.
      expect(all.some(({ code }) => code === 0)).toBe(true)
      expect(await refunds()).toEqual([['ORD-3', 64_900, 1]])
    },
  )
})
