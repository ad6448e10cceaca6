import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requestJson } from '../../http.ts'
import { toSettings } from '../../settings.ts'
import { median, percentile } from '../../statistics.ts'
import type { Scenario, ScenarioContext } from '../scenario.ts'

const program = 'apps/node/dist/quayside.js'

/** From the start of the process to its first response, with a database that is there already. */
export const coldStart: Scenario = {
  name: 'cold-start',
  async run(context) {
    if (!existsSync(program))
      throw new Error(`${program} is missing: node tools/run/bundle/build-node-program.mjs`)
    const folder = mkdtempSync(join(tmpdir(), 'quayside-bench-'))
    try {
      // The first creates the database.
      await start(folder, context)
      const startMs: number[] = []
      for (let n = 0; n < context.plan.coldStarts; n++) startMs.push(await start(folder, context))
      const p90 = percentile(startMs, 0.9)
      const note = `${startMs.length} starts: median ${median(startMs).toFixed(0)} ms, p90 ${p90.toFixed(0)} ms`
      return {
        lines: [{ subject: 'quayside serve', note, violations: [], samples: { startMs } }],
        targets: [],
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function start(folder: string, { provider, cores }: ScenarioContext): Promise<number> {
  const command = [process.execPath, program, 'serve']
  const pinned =
    cores.subject === null ? command : ['taskset', '-c', String(cores.subject), ...command]
  const [file = '', ...args] = pinned
  const at = performance.now()
  const child = spawn(file, args, {
    env: {
      ...process.env,
      ...toSettings(provider.url),
      DATABASE_URL: join(folder, 'orders.db'),
      PORT: '0',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  // It would go on without the benchmark.
  const end = () => child.kill()
  process.once('exit', end)
  try {
    await requestJson(`${await readUrl(child)}/healthz`)
    return performance.now() - at
  } finally {
    end()
    process.off('exit', end)
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
}

/** The program says on standard error where it listens, or why it does not. */
function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const url = /listens on (http:\/\/\S+?),/.exec(said)?.[1]
      if (url !== undefined) resolve(url)
    })
    child.once('exit', () => reject(new Error(`quayside serve ended: ${said}`)))
    child.once('error', reject)
  })
}
