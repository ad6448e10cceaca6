import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
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

  beforeAll(async () => {
    state = await mkdtemp(join(tmpdir(), 'quayside-'))
    const [worker, simulator, shop] = await Promise.all([freePort(), freePort(), freePort()])
    const ports = ['--worker-port', worker, '--simulator-port', simulator, '--shop-port', shop]
    child = spawn(
      process.execPath,
      ['tools/run/start.mjs', ...ports.map(String), '--state', state],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    await Promise.all([
      readiness(child),
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
    onDesktop: () => openPage({ viewport: { width: 1280, height: 800 } }),
    onPhone: () => openPage(phone),
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

/** Returns a free port. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('no free port')),
      )
    })
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
