import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { toRecord } from '../test/merchant.ts'

const running = new Set<ChildProcess>()

afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
})

describe('npm run simulator', () => {
  it('charges a payment over HTTP and ends with Ctrl+C', async () => {
    const { child, port, startMessage } = await start()
    const origin = `http://127.0.0.1:${port}`
    expect(startMessage).toContain(`i'mport simulator: ${origin}\n`)

    const post = async (path: string, body: string, authorization = '') => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization }
      const response = await fetch(`${origin}${path}`, { method: 'POST', headers, body })
      return toRecord(toRecord(await response.json())['response'])
    }
    const keys = 'imp_key=simulator-key&imp_secret=simulator-secret'
    const { access_token: token } = await post('/users/getToken', keys)
    const card = 'card_number=4518-4212-3456-7894&expiry=2048-12&birth=900101'
    const order = 'merchant_uid=order-1&amount=1000&name=%EC%8B%A0%EB%B0%9C'
    const paid = await post('/subscribe/payments/onetime', `${order}&${card}`, String(token))
    const { status, amount, name } = paid
    expect({ status, amount, name }).toEqual({ status: 'paid', amount: 1000, name: '신발' })

    child.kill('SIGINT')
    expect(await exitOf(child)).toBe(0)
  })

  it('accepts HTTP/1.0, chunked bodies and Expect: 100-continue', async () => {
    const { port } = await start()
    const body = 'imp_key=simulator-key&imp_secret=wrong'
    const form = 'Content-Type: application/x-www-form-urlencoded'
    const [head, tail] = [body.slice(0, 10), body.slice(10)]
    const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
    const requestHead = `POST /users/getToken HTTP/1.1\r\nHost: simulator\r\nConnection: close\r\n${form}`
    const length = `Content-Length: ${body.length}`
    const requests = {
      'HTTP/1.0': [`POST /users/getToken HTTP/1.0\r\n${form}`, length],
      'chunks of a body': [requestHead, 'Transfer-Encoding: chunked'],
      'a body held back': [requestHead, 'Expect: 100-continue', length],
    }
    for (const [name, lines] of Object.entries(requests)) {
      const sent = name.startsWith('chunks') ? `${chunk(head)}${chunk(tail)}${chunk('')}` : body
      const received = await sendRaw(port, `${lines.join('\r\n')}\r\n\r\n${sent}`)
      const [, response = ''] = /\r\n\r\n(\{.*\})/.exec(received) ?? []
      expect([name, JSON.parse(response)]).toEqual([
        name,
        {
          code: -1,
          message: '인증에 실패하였습니다. API키와 secret을 확인하세요.',
          response: null,
        },
      ])
    }
  })

  it('T212: shows a page whose own name resolves to this machine neither console nor control API', async () => {
    const statusesAt = async (port: number, host: string) => {
      const paths = [
        '/',
        '/console/script.js',
        '/_simulator',
        '/%5Fsimulator/state',
        '/v1/iamport.js',
      ]
      const messages = paths.map((path) =>
        sendRaw(port, `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: close\r\n\r\n`),
      )
      return (await Promise.all(messages)).map((text) => Number(text.split(' ')[1]))
    }
    const { port } = await start()
    for (const host of ['localhost', '127.0.0.1', '[::1]', 'LOCALHOST']) {
      expect(await statusesAt(port, host)).toEqual([200, 200, 200, 200, 200])
    }
    for (const host of ['evil.example', 'localhost.evil.example', '192.168.0.5']) {
      expect(await statusesAt(port, host)).toEqual([403, 403, 403, 403, 200])
    }
    const everywhere = await start('--host', '0.0.0.0')
    expect(await statusesAt(everywhere.port, 'simulator')).toEqual([200, 200, 200, 200, 200])
  })

  it('T212: takes REST calls by any name', async () => {
    const { port } = await start()
    const keys = 'imp_key=simulator-key&imp_secret=simulator-secret'
    const head =
      'POST /users/getToken HTTP/1.1\r\nHost: tunnel.example\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded'
    const received = await sendRaw(port, `${head}\r\nContent-Length: ${keys.length}\r\n\r\n${keys}`)
    expect(received).toMatch(/^HTTP\/1\.1 200 [^]*"code":0/)
  })

  it('says that test payments are hidden, and which flag shows them', async () => {
    const { startMessage } = await start()
    expect(startMessage).toContain(
      'hidden from GET /payments/{imp_uid} without ?include_sandbox=true; --show-sandbox shows them',
    )
    const shown = await start('--show-sandbox')
    expect(shown.startMessage).toContain('shown to every client (--show-sandbox)')
  })

  it('gives out addresses of slips that lead to it, or to the origin it is told', async () => {
    const slipOf = async (port: number) => {
      const body = 'merchant_uid=order-1&amount=1000'
      const url = `http://127.0.0.1:${port}/_simulator/payments`
      return toRecord(await (await fetch(url, form(body))).json())['receipt_url']
    }
    const own = await start()
    const slip = String(await slipOf(own.port))
    expect(slip).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${own.port}/slips\\?tid=`))
    expect((await fetch(slip)).status).toBe(200)

    const everywhere = await start('--host', '0.0.0.0')
    expect(await slipOf(everywhere.port)).toMatch(`http://localhost:${everywhere.port}/slips?tid=`)
    const proxied = await start('--origin', 'https://simulator.example/')
    expect(await slipOf(proxied.port)).toMatch('https://simulator.example/slips?tid=')
  })

  it('has the channels of a file, and lacks the named contracts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
    const file = join(folder, 'channels.json')
    await writeFile(file, '{"channels":[{"pg_provider":"settle","pg_id":"shop1"}]}')
    const { port } = await start('--channels', file, '--without-contract', 'vbanks')
    const read = async (path: string) =>
      toRecord(await (await fetch(`http://127.0.0.1:${port}/_simulator${path}`)).json())

    expect((await read('/channels'))['channels']).toEqual([
      expect.objectContaining({ pg_provider: 'settle', pg_id: 'shop1', sandbox: true }),
    ])
    expect(await read('/contracts')).toMatchObject({ vbanks: false, escrow: true })
    await rm(folder, { recursive: true })
  })

  it.each([
    [['--without-contract', 'vbank'], /Must be one of vbanks, /],
    [['--channels', 'package.json'], /channels: expected|name: expected/],
    [['--channels', 'none.json'], /Cannot read none\.json/],
    [['--origin', 'https://simulator.example/pay'], /without a path/],
  ])('refuses the flags %j with the reason', async (flags, reason) => {
    const child = launch(await freePort(), ...flags)
    const output = collect(child.stderr)
    expect(await exitOf(child)).toBe(1)
    expect(await output).toMatch(reason)
  })

  it('keeps its payments and its time over a kill, and refuses a damaged state', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quayside-simulator-'))
    try {
      const flags = ['--state', folder]
      const first = await start(...flags)
      const control = (port: number, path: string, body?: string) =>
        fetch(`http://127.0.0.1:${port}/_simulator${path}`, body === undefined ? {} : form(body))
      await control(first.port, '/payments', 'imp_uid=imp_1&merchant_uid=order-1&amount=1000')
      await control(first.port, '/clock', 'advance_ms=86400000')
      first.child.kill('SIGKILL')
      await exitOf(first.child)

      const second = await start(...flags)
      expect(second.startMessage).toContain(`its state is kept in ${folder}/simulator.json`)
      const state = toRecord(await (await control(second.port, '/state')).json())
      const clock = toRecord(await (await control(second.port, '/clock')).json())
      expect(state['payments']).toMatchObject([{ imp_uid: 'imp_1', status: 'paid' }])
      expect(clock['ahead_ms']).toBe(86_400_000)
      second.child.kill('SIGTERM')
      await exitOf(second.child)

      appendFileSync(join(folder, 'simulator.json'), '{}')
      const third = launch(await freePort(), ...flags)
      const output = collect(third.stderr)
      expect(await exitOf(third)).toBe(1)
      expect(await output).toContain(`The state ${folder}/simulator.json is damaged.`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('reports why it cannot start', async () => {
    const { port } = await start()
    const second = launch(port)
    const output = collect(second.stderr)
    expect(await exitOf(second)).toBe(1)
    expect(await output).toMatch(/^Cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/)
  })
})

describe('the commands for a running simulator', () => {
  it('trigger plays a scenario of an order, and reports what the shop responded', async () => {
    const { server, address, received } = await startShop()
    const { port } = await start('--webhook-url', address)
    const order = ['--order', 'ORD-1', '--amount', '64900']
    const { code, output } = await command(port, 'trigger', 'deposited', ...order)
    const again = await command(port, 'resend', '1')
    server.close()

    expect(received.map((body) => toRecord(JSON.parse(body))['status'])).toEqual([
      'ready',
      'paid',
      'ready',
    ])
    expect(code).toBe(0)
    expect(output.replace(/imp_\d+/g, 'imp_…').split('\n')).toEqual([
      'imp_… of order ORD-1 is paid.',
      `#1 {"imp_uid":"imp_…","merchant_uid":"ORD-1","status":"ready"} → ${address}: 200`,
      `#2 {"imp_uid":"imp_…","merchant_uid":"ORD-1","status":"paid"} → ${address}: 200`,
      '',
    ])
    expect(again.output).toMatch(/^#3 .*"status":"ready"\} → .*: 200\n$/)
  })

  it('trigger without a name lists the scenarios, and without a webhook URL says how to set one', async () => {
    const { port } = await start()
    const list = await command(port, 'trigger')
    const paid = await command(port, 'trigger', 'paid')
    const unknown = await command(port, 'trigger', 'stolen')
    expect([list.code, list.output]).toEqual([
      0,
      expect.stringMatching(/^paid +A card is charged: webhook paid\.\n/),
    ])
    expect(paid.output).toContain('No webhook was sent. There is no webhook URL: set one')
    expect([unknown.code, unknown.output]).toEqual([
      1,
      'There is no such scenario; `trigger` without a name lists them.\n',
    ])
  })

  it('clock reads the time and moves it', async () => {
    const { port } = await start()
    const seconds = ({ output }: { output: string }) =>
      Date.parse(output.split('\n')[0] ?? '') / 1000
    const before = await command(port, 'clock')
    const moved = await command(port, 'clock', '--advance', '3d')
    const nothing = await command(port, 'clock', '--to-next-due')
    const wrong = await command(port, 'clock', '--advance', 'soon')
    expect(before.output).toMatch(/Z\nnext due: nothing\n$/)
    expect(seconds(moved) - seconds(before)).toBeGreaterThanOrEqual(3 * 86_400)
    expect([nothing.code, nothing.output]).toEqual([1, 'Nothing falls due.\n'])
    expect([wrong.code, wrong.output]).toEqual([1, expect.stringContaining('s, m, h or d.')])
  })

  it('say so when no simulator answers', async () => {
    const port = await freePort()
    const { code, output } = await command(port, 'clock')
    expect([code, output]).toEqual([
      1,
      `No simulator answers at http://127.0.0.1:${port}. Start one with \`npx @quayside/simulator\`, or name it with --url.\n`,
    ])
  })
})

describe('a port that is taken', () => {
  it('is stepped over where none was asked for', async () => {
    const first = await startOn([])
    const second = await startOn([])
    expect(portIn(second)).toBeGreaterThan(portIn(first))
    const response = await fetch(`http://127.0.0.1:${portIn(second)}/_simulator`)
    expect(response.status).toBe(200)
  })
})

function portIn(startMessage: string): number {
  return Number(/i'mport simulator: http:\/\/[^:]+:(\d+)/.exec(startMessage)?.[1])
}

/** Starts a simulator without a port of its own; resolves with what it printed. */
function startOn(flags: readonly string[]): Promise<string> {
  const child = spawnProgram(['--host', '127.0.0.1', ...flags])
  return startMessageOf(child)
}

async function command(port: number, name: string, ...flags: string[]) {
  const child = spawnProgram([name, '--url', `http://127.0.0.1:${port}`, ...flags])
  const [code, output, errors] = await Promise.all([
    exitOf(child),
    collect(child.stdout),
    collect(child.stderr),
  ])
  return { code, output: output + errors }
}

/** A shop's server that takes every webhook. */
async function startShop() {
  const received: string[] = []
  const server = createHttpServer((request, response) => {
    let body = ''
    request.on('data', (bytes) => {
      body += String(bytes)
    })
    request.on('end', () => {
      received.push(body)
      response.end('ok')
    })
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { server, received, address: `http://127.0.0.1:${port}/webhook` }
}

async function start(...more: string[]) {
  const port = await freePort()
  const child = launch(port, ...more)
  return { child, port, startMessage: await startMessageOf(child) }
}

function startMessageOf(child: ChildProcess): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (bytes) => {
      output += String(bytes)
      if (output.includes('Ctrl+C stops it')) resolve(output)
    })
    child.once('exit', (code) => reject(new Error(`The simulator ended with ${code}`)))
  })
}

function launch(port: number, ...more: string[]): ChildProcess {
  return spawnProgram(['--host', '127.0.0.1', '--port', String(port), ...more])
}

function spawnProgram(words: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, ['tools/run/local/simulator.mjs', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  return child
}

function form(body: string): RequestInit {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', headers, body }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve))
}

async function collect(stream: ChildProcess['stderr']): Promise<string> {
  let output = ''
  for await (const bytes of stream ?? []) output += String(bytes)
  return output
}

function sendRaw(port: number, message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(message))
    let received = ''
    socket.on('data', (bytes) => {
      received += String(bytes)
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(received))
  })
}
