import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build, type Plugin } from 'esbuild'
import { bundleNodeProgram } from '../../../tools/run/bundle/bundle-programs.mjs'
import { type Deployment, type Peers, settingsFor } from '../blackbox/environment.ts'
import { type Program, startProgram } from '../deployment/deployment.ts'

/** Instances of the server on one database. Requests go to one after the other. */
export interface Instances extends Deployment {
  readonly count: number
  /** Kills one of them, and starts it again. */
  restart(at: number): Promise<void>
  /** Kills all of them, starts them again, and resolves when every lease of theirs has ended. */
  restartAll(): Promise<void>
}

/** The program of an instance. */
export interface InstanceProgram {
  readonly args: readonly string[]
  /** Whether its minutes pass on request and its clock can be ahead; else they are those of the machine. */
  readonly isControlled: boolean
}

/** How many instances there are, and what they run on. */
export interface InstanceOptions {
  readonly program: InstanceProgram
  readonly count: number
  readonly databaseUrl: string
  readonly peers: Peers
}

/** After this every lease has ended, and every event is due again. */
const leaseMs = 3 * 60_000
/** The minutes of the machine pass by themselves, three of them while the leases end: this is for what was sent last. */
const jobsMs = 5_000

/** Bundles an instance whose minutes pass on request. */
export async function bundleInstance(
  name: string,
  plugins: Plugin[] = [],
): Promise<InstanceProgram> {
  const outfile = resolve(`.cache/simulation/servers/${name}.mjs`)
  await build({
    entryPoints: ['tests/simulation/servers/instance.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    plugins,
    external: ['mysql2', 'pg'],
    logLevel: 'error',
  })
  return { args: [outfile], isControlled: true }
}

/** Bundles `quayside serve`. */
export async function bundleServe(): Promise<InstanceProgram> {
  return { args: [resolve(await bundleNodeProgram()), 'serve'], isControlled: false }
}

/** Starts instances on a migrated database. */
export async function startInstances(options: InstanceOptions): Promise<Instances> {
  const { program, count, databaseUrl, peers } = options
  const settings = {
    ...settingsFor(peers),
    DATABASE_URL: databaseUrl,
    PORT: '0',
    TRUSTED_PROXIES: '1',
    RATE_LIMIT: '0',
    // No response may depend on how busy the machine is.
    DATABASE_CONNECT_SECONDS: '60',
    DATABASE_STATEMENT_SECONDS: '60',
  }
  let aheadMs = 0
  const start = (): Promise<Program> =>
    startProgram(program.args, { ...settings, CLOCK_AHEAD_MS: String(aheadMs) })
  const programs = await Promise.all(Array.from({ length: count }, start))
  const down = new Set<number>()
  let restarted: Promise<unknown> = Promise.resolve()
  let requests = 0

  const restarts = programs.map(() => Promise.resolve())
  const restart = (at: number): Promise<void> => {
    down.add(at)
    const before = restarts[at]
    const done = (async () => {
      await before
      await programs[at]?.kill()
      programs[at] = await start()
      down.delete(at)
    })()
    restarts[at] = done
    restarted = Promise.all([restarted, done])
    return done
  }
  const runJobs = async (running: Program): Promise<void> => {
    try {
      const response = await fetch(`${running.url}/_jobs`)
      await response.arrayBuffer()
    } catch (error) {
      // One that was killed meanwhile does not respond.
      if (programs.includes(running) && down.size === 0) throw error
    }
  }
  return {
    count,
    url: () => programs[requests++ % count]?.url ?? '',
    async whenUp() {
      await restarted
    },
    restart,
    killAndRestart: () => restart(0),
    async restartAll() {
      if (program.isControlled) aheadMs = leaseMs
      await Promise.all(programs.map((_, at) => restart(at)))
      if (!program.isControlled) await sleep(leaseMs)
    },
    async runCron() {
      if (program.isControlled) await Promise.all(programs.map(runJobs))
      else await sleep(jobsMs)
    },
    async close() {
      await Promise.all(programs.map((each) => each.kill()))
    },
  }
}
