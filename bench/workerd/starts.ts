import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { createHttpClient } from '../http.ts'
import { toSettings } from '../settings.ts'
import { readThreadTime } from './workerd-process.ts'

/** The processor time of new processes until their first response, in milliseconds. */
export interface StartTimes {
  readonly ours: number[]
  readonly empty: number[]
}

const emptyWorker = 'export default { fetch: () => new Response() }'

// The one that Miniflare runs.
const { default: workerd }: { readonly default: string } = createRequire(
  resolve('node_modules/miniflare/package.json'),
)('workerd')

/**
 * Starts our worker and an empty one by turns, each in a new workerd, and asks it once. Without Miniflare, whose own workers
 * take ten times as long.
 */
export async function measureStarts(
  script: string,
  count: number,
  tick: () => void,
): Promise<StartTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-bench-'))
  const times: StartTimes = { ours: [], empty: [] }
  try {
    const configs = {
      ours: writeConfig(folder, 'ours', script),
      empty: writeConfig(folder, 'empty', emptyWorker),
    }
    for (let n = 0; n < count; n++) {
      for (const kind of n % 2 === 0
        ? (['ours', 'empty'] as const)
        : (['empty', 'ours'] as const)) {
        times[kind].push(await startOnce(configs[kind]))
        tick()
      }
    }
    return times
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function writeConfig(folder: string, name: string, script: string): string {
  const config = join(folder, `${name}.capnp`)
  // Nothing asks the database before the first response: it only has to be there.
  const bindings = Object.entries({ ...toSettings('http://localhost'), DB: 'none' }).map(
    ([key, value]) => `(name = ${JSON.stringify(key)}, text = ${JSON.stringify(value)})`,
  )
  writeFileSync(join(folder, `${name}.mjs`), script)
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "index.mjs", esModule = embed "${name}.mjs")],
    compatibilityDate = "2026-10-01",
    bindings = [${bindings.join(', ')}],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);`,
  )
  return config
}

async function startOnce(config: string): Promise<number> {
  const child = spawn(workerd, ['serve', config, '--control-fd=3'], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  })
  const exited = once(child, 'exit')
  const client = createHttpClient(1)
  try {
    const port = await Promise.race([readPort(child.stdio[3] as Readable), exited])
    if (typeof port !== 'number') throw new Error('workerd has ended')
    const { status } = await client.call(`http://127.0.0.1:${port}/healthz`)
    if (status !== 200) throw new Error(`A new worker responded ${status}`)
    return readThreadTime(child.pid ?? null) / 1000
  } finally {
    client.close()
    child.kill()
    await exited
  }
}

/** The port of the first socket that workerd reports. */
async function readPort(control: Readable): Promise<number> {
  for await (const line of createInterface(control)) {
    const { port }: { readonly port?: number } = JSON.parse(line)
    if (port !== undefined) return port
  }
  throw new Error('workerd reported no port')
}
