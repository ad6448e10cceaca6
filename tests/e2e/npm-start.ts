import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { launch } from './browser.ts'

/** The URLs of what `npm start` starts, on ports of its own and with an empty database. */
export interface Addresses {
  readonly shop: string
  readonly simulator: string
  readonly worker: string
}

const phone = {
  viewport: { width: 390, height: 844 },
  userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148',
  isMobile: true,
  hasTouch: true,
}

/** Runs `npm start` and a browser for the tests of one file. */
export function setUpNpmStart() {
  let child: ChildProcess | null = null
  let browser: Browser | null = null
  let started: Addresses | null = null
  let state = ''
  const contexts: BrowserContext[] = []

  let flags: readonly string[] = []

  const start = async (more: readonly string[] = []) => {
    child = spawn(process.execPath, ['tools/run/local/start.mjs', ...flags, ...more], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await readiness(child)
  }

  beforeAll(async () => {
    state = await mkdtemp(join(tmpdir(), 'quayside-'))
    const [worker, simulator, shop] = await Promise.all([freePort(), freePort(), freePort()])
    const ports = ['--worker-port', worker, '--simulator-port', simulator, '--shop-port', shop]
    flags = [...ports.map(String), '--state', state]
    await Promise.all([
      start(),
      launch().then((launched) => {
        browser = launched
      }),
    ])
    started = {
      shop: `http://localhost:${shop}`,
      simulator: `http://localhost:${simulator}`,
      worker: `http://localhost:${worker}`,
    }
  })

  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
  })

  afterAll(async () => {
    await browser?.close()
    await stop(child)
    await rm(state, { recursive: true, force: true })
  })

  const addresses = (): Addresses => {
    if (started === null) throw new TypeError('npm start has not finished')
    return started
  }

  const openPage = async (options: Parameters<Browser['newContext']>[0]): Promise<Page> => {
    if (browser === null) throw new TypeError('The browser has not started')
    const context = await browser.newContext({ locale: 'en-US', ...options })
    // A page may take as long as the machine needs; the timeout of the test ends what hangs.
    context.setDefaultTimeout(0)
    contexts.push(context)
    return context.newPage()
  }

  return {
    addresses,
    /** The folder with the keys and the database. */
    state: () => state,
    onDesktop: (options: { readonly locale?: string } = {}) =>
      openPage({ viewport: { width: 1280, height: 800 }, ...options }),
    onPhone: (options: { readonly locale?: string } = {}) => openPage({ ...phone, ...options }),
    /** Stops everything and starts it again, with the same state and ports. */
    restart: async (more?: readonly string[]): Promise<void> => {
      await stop(child)
      await start(more)
    },
    /** Calls the payment server's merchant API. */
    merchantApi: async (
      method: 'GET' | 'POST',
      path: string,
      body?: unknown,
    ): Promise<Record<string, unknown>> => {
      const { merchantKey } = JSON.parse(await readFile(join(state, 'keys.json'), 'utf8'))
      const response = await fetch(`${addresses().worker}${path}`, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${merchantKey}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return response.json()
    },
    /** Posts to the simulator's REST API with the keys of this start. */
    simulatorApi: async (path: string, body: unknown): Promise<Record<string, unknown>> => {
      const { impKey, impSecret } = JSON.parse(await readFile(join(state, 'keys.json'), 'utf8'))
      const post = async (to: string, sent: unknown, authorization = '') => {
        const response = await fetch(`${addresses().simulator}${to}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization },
          body: JSON.stringify(sent),
        })
        const { code, message, response: result } = await response.json()
        if (code !== 0) throw new Error(`${to}: ${message}`)
        return result
      }
      const keys = { imp_key: impKey, imp_secret: impSecret }
      const { access_token: token } = await post('/users/getToken', keys)
      return post(path, body, token)
    },
    /** Calls the simulator's control API. */
    control: async (
      method: 'GET' | 'POST' | 'PUT' | 'DELETE',
      path: string,
      body?: unknown,
    ): Promise<Record<string, unknown>> => {
      const response = await fetch(`${addresses().simulator}/_simulator${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return response.json()
    },
  }
}

/**
 * Returns a free port, from below those that systems give to outgoing connections: one of these could take it before
 * a server does.
 */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const port = randomInt(12_000, 32_000)
    const server = createServer()
    server.once('error', () => resolve(freePort()))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)))
  })
}

function readiness(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (printed.includes('Ctrl+C stops')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${printed}`)))
  })
}

async function stop(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exited
}
