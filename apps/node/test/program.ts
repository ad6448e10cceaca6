import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { bundleNodeProgram } from '../../../tools/run/bundle/bundle-programs.mjs'

// The program as it is installed, in processes of its own, each in an empty folder.

const program = bundleNodeProgram().then((path) => resolve(path))

export const apiKey = 'merchant-key-of-the-tests'

/** Settings with which the program starts; the provider and the receiver of events are nowhere. */
export const settings = {
  MODE: 'test',
  IMP_KEY: 'simulator-key',
  IMP_SECRET: 'simulator-secret',
  MERCHANT_API_KEY: apiKey,
  ORDER_TOKEN_SECRET: 'token-secret-of-the-tests',
  SHOP_ORIGINS: 'https://shop.example',
  RESULT_PAGES: 'https://shop.example/result',
  EVENT_URL: 'http://127.0.0.1:1/events',
  EVENT_SECRETS: 'whsec_dGhlIHNlY3JldCBvZiB0aGUgcmVjZWl2ZXIgaGVyZSE=',
  PROVIDER_URL: 'http://127.0.0.1:1',
  PORT: '0',
} as const

type Env = Readonly<Record<string, string | undefined>>

/** How a process ended, and what it wrote. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A process that serves. */
export interface Serving {
  readonly url: string
  readonly child: ChildProcess
  /** The lines of its log so far. */
  readonly log: () => readonly Readonly<Record<string, unknown>>[]
  readonly stderr: () => string
  readonly ended: Promise<Ended>
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ended>
}

/** An empty folder, which is removed after the test. */
export function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-node-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Runs the program until it ends by itself. */
export async function run(args: readonly string[], env: Env = {}, cwd = createFolder()) {
  return (await start(args, env, cwd)).ended
}

/** Starts `quayside serve` and waits until it listens. Rejects with what it wrote when it ends before. */
export async function serve(
  env: Env = {},
  cwd = createFolder(),
  args: readonly string[] = [],
): Promise<Serving> {
  const { child, stdout, stderr, ended } = await start(
    ['serve', ...args],
    { ...settings, ...env },
    cwd,
  )
  const url = await new Promise<string>((found, failed) => {
    const search = () => {
      const [, address] = /listens on (http:\/\/[^\s,]+)/.exec(stderr()) ?? []
      if (address !== undefined) found(address)
    }
    child.stderr?.on('data', search)
    void ended.then((end) => failed(new Error(`It ended: ${JSON.stringify(end)}`)))
  })
  return {
    url,
    child,
    stderr,
    ended,
    log: () =>
      stdout()
        .split('\n')
        // What follows the last line break may be the beginning of a line.
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}

/** Asks until the answer is the expected one. */
export async function until<T>(ask: () => Promise<T> | T, isExpected: (value: T) => boolean) {
  for (;;) {
    const value = await ask()
    if (isExpected(value)) return value
    await new Promise((wake) => setTimeout(wake, 20))
  }
}

async function start(args: readonly string[], env: Env, cwd: string) {
  const child = spawn(process.execPath, [await program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, stdout: () => stdout, stderr: () => stderr, ended }
}
