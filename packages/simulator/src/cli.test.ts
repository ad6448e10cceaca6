import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
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

  it('says that test payments are hidden, and which flag shows them', async () => {
    const { startMessage } = await start()
    expect(startMessage).toContain(
      'hidden from GET /payments/{imp_uid} without ?include_sandbox=true; --show-sandbox shows them',
    )
    const shown = await start('--show-sandbox')
    expect(shown.startMessage).toContain('shown to every client (--show-sandbox)')
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

async function start(...more: string[]) {
  const port = await freePort()
  const child = launch(port, ...more)
  const startMessage = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (bytes) => {
      output += String(bytes)
      if (output.includes('Ctrl+C stops it')) resolve(output)
    })
    child.once('exit', (code) => reject(new Error(`The simulator ended with ${code}`)))
  })
  return { child, port, startMessage }
}

function launch(port: number, ...more: string[]): ChildProcess {
  const flags = ['--host', '127.0.0.1', '--port', String(port), ...more]
  const child = spawn(process.execPath, ['tools/run/simulator.mjs', ...flags], {
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
