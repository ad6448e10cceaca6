import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { createFolder, run, serve, settings, until } from './program.ts'
import { createShop, listen, startProvider, startReceiver } from './shop-and-provider.ts'

/** A server that has stopped, after its receiver refused the event of a payment. */
async function createStoppedServer() {
  const provider = await startProvider()
  let status = 500
  const receiver = await startReceiver(() => status)
  const folder = createFolder()
  const env = { ...settings, PROVIDER_URL: provider.url, EVENT_URL: receiver.url }
  const server = await serve(env, folder)
  const shop = createShop(server.url)
  for (const id of ['ORD-1', 'ORD-2']) {
    await shop.createOrder(id)
    await shop.complete(id, await provider.pay(id))
  }
  await until(
    () => new Set(receiver.received).size,
    (size) => size === 2,
  )
  await server.stop()
  return {
    env,
    folder,
    received: receiver.received,
    acceptEvents: () => (status = 204),
    events: (...args: readonly string[]) => run(['events', ...args], env, folder),
    /** Three days later. */
    failPermanently: (id: string) => {
      const database = new DatabaseSync(join(folder, 'quayside.db'))
      database.prepare('UPDATE outbox SET due_at = NULL WHERE id = ?').run(id)
      database.close()
    },
  }
}

const rowsOf = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/))

describe('quayside events', () => {
  let stopped: Awaited<ReturnType<typeof createStoppedServer>>
  beforeEach(async () => {
    stopped = await createStoppedServer()
  })

  it('lists what did not arrive, sends it again, and lists it as delivered, without a running server', async () => {
    const { events, failPermanently, acceptEvents, received } = stopped
    failPermanently('ORD-2:1')
    const listed = await events('list')
    const [headings, ...rows] = rowsOf(listed.stdout)
    expect([listed.code, headings]).toEqual([
      0,
      ['EVENT', 'TYPE', 'STATE', 'TRIES', 'CREATED', 'NEXT TRY', 'LAST FAILURE'],
    ])
    expect(rows.map(([id, type, state]) => [id, type, state])).toEqual([
      ['ORD-2:1', 'order.paid', 'failed_permanently'],
      ['ORD-1:1', 'order.paid', 'pending'],
    ])
    expect(listed.stdout.match(/receiver_refused: 500/g)).toHaveLength(2)

    const refused = await events('resend', 'ORD-1:1')
    expect([refused.code, refused.stdout]).toEqual([
      1,
      'EVENT    RESULT\n' +
        'ORD-1:1  not accepted: it is tried again later, see quayside events list\n',
    ])
    acceptEvents()
    received.length = 0
    expect(await events('resend', '--failed')).toEqual({
      code: 0,
      stdout: 'EVENT    RESULT\nORD-2:1  delivered\n',
      stderr: '',
    })
    expect(await events('resend', 'ORD-1:1', '--lang', 'ko')).toEqual({
      code: 0,
      stdout: '이벤트   결과\nORD-1:1  전송됨\n',
      stderr: '',
    })
    expect(received).toEqual(['ORD-2:1', 'ORD-1:1'])
    const delivered = await events('list', '--state', 'delivered', '--json', '--limit', '1')
    expect(JSON.parse(delivered.stdout)).toMatchObject({ id: 'ORD-1:1', state: 'delivered' })
    expect(delivered.stderr).toBe('more: quayside events list --state delivered --after ORD-1:1\n')
    const next = await events('list', '--state', 'delivered', '--json', '--after', 'ORD-1:1')
    expect(JSON.parse(next.stdout)).toMatchObject({ id: 'ORD-2:1', state: 'delivered' })
    expect((await events('list', '--state', 'pending')).stdout).toBe('no events\n')
    expect((await events('resend', '--failed')).stdout).toBe('nothing to send\n')
  })

  it('says why it cannot: an unknown event, wrong arguments, another folder', async () => {
    const { env, events } = stopped
    const unknown = await events('resend', 'ORD-9:1')
    expect(unknown).toEqual({
      code: 1,
      stdout: 'EVENT    RESULT\nORD-9:1  unknown\n',
      stderr: 'Event not found (event_unknown)\n',
    })
    for (const args of [
      ['resend'],
      ['resend', 'ORD-1:1', '--failed'],
      ['list', '--after', 'ORD-1:1'],
      ['list', '--state', 'lost'],
    ]) {
      expect((await events(...args)).code).toBe(2)
    }
    const limited = await events('list', '--limit', '0', '--lang', 'ko')
    expect([limited.code, limited.stderr]).toEqual([
      1,
      '빠졌거나 알 수 없거나 형식이 잘못된 항목이 있습니다: limit (request_invalid)\n',
    ])
    const elsewhere = await run(['events', 'list'], env)
    expect([elsewhere.code, elsewhere.stderr]).toEqual([
      3,
      'SQLite ./quayside.db does not exist. Set DATABASE_URL to the database of the server\n',
    ])
  })

  it('T100: uses a server at another address with the key alone, which follows no redirect and goes nowhere in plain text', async () => {
    const { env, folder } = stopped
    const server = await serve(env, folder)
    const remote = (url: string, ...args: readonly string[]) =>
      run(['events', ...args, '--url', url], { MERCHANT_API_KEY: env.MERCHANT_API_KEY })
    const listed = await remote(server.url, 'list', '--json')
    expect(listed.stdout.match(/"id":"ORD-\d:1"/g)).toHaveLength(2)
    expect((await remote(server.url, 'resend', 'ORD-1:1')).stdout).toBe(
      'EVENT    RESULT\nORD-1:1  due: a running server sends it within a minute\n',
    )
    const keys: unknown[] = []
    const other = await listen((request, response) => {
      keys.push(request.headers.authorization)
      response.end('{}')
    })
    const redirecting = await listen((_request, response) => {
      response.writeHead(307, { location: other }).end()
    })
    const redirected = await remote(redirecting, 'list')
    expect([redirected.code, redirected.stderr, keys]).toEqual([
      1,
      'What answers is no payment server. Check the address of --url and the proxy in front of it (HTTP 307)\n',
      [],
    ])
    for (const url of ['http://pay.shop.example', 'https://pay.shop.example/?a=1', 'pay']) {
      expect((await remote(url, 'list')).code).toBe(2)
    }
    expect((await run(['events', 'list', '--url', server.url])).stderr).toBe(
      'MERCHANT_API_KEY is missing: set it to the key of that server\n',
    )
  })

  it('T101: shows text of other servers as text: no escape sequence or line break reaches the terminal', async () => {
    const { env } = stopped
    const hostile = 'ORD\u001b[2J\u001b]0;x\u0007\r\nORD-1:1  order.paid  delivered\u202e'
    const other = await listen((_request, response) => {
      const event = { id: hostile, type: hostile, state: 'pending', failure: hostile }
      response.end(JSON.stringify({ events: [event], next: hostile }))
    })
    const { stdout, stderr } = await run(['events', 'list', '--url', other], env)
    expect(stdout + stderr).not.toMatch(/[\u202e]|[^\P{Cc}\n]/u)
    expect(stdout.trimEnd().split('\n')).toHaveLength(4)
    const refusing = await listen((_request, response) => {
      response.writeHead(409).end(JSON.stringify({ error: hostile, title: hostile }))
    })
    const refused = await run(['events', 'list', '--url', refusing], env)
    expect(refused.stderr).not.toMatch(/[\u202e]|[^\P{Cc}\n]/u)
  })
})
