import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readD1Migrations } from '@cloudflare/vitest-plugin'
import { build } from 'esbuild'
import type { Deployment } from './platform.ts'

/** A running Node program, with everything it started. */
export interface Program {
  readonly url: string
  /** May be repeated. Fails, with what the program printed last, when it had ended by itself. */
  kill(): Promise<void>
}

/** The settings in which one deployment differs from another. */
export type DeploymentOptions = Pick<Deployment, 'bindings' | 'cronMs' | 'hasQueue'>

/** The worker as it is deployed, and the platform that runs it: two files. */
export interface DeploymentFiles {
  readonly worker: string
  readonly platform: string
}

/** Builds the files that deployments start from, in a folder of its own for each name. */
export async function bundleDeployment(name: string): Promise<DeploymentFiles> {
  const files = {
    worker: resolve(`.cache/simulation/${name}/worker.mjs`),
    platform: resolve(`.cache/simulation/${name}/platform.mjs`),
  }
  await Promise.all([
    build({
      entryPoints: ['tests/simulation/deployment/worker.ts'],
      outfile: files.worker,
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      conditions: ['workerd', 'worker', 'import'],
      external: ['cloudflare:*', 'node:*'],
      logLevel: 'error',
    }),
    build({
      entryPoints: ['tests/simulation/deployment/platform.ts'],
      outfile: files.platform,
      bundle: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    }),
  ])
  return files
}

/** Writes the configuration that every start of a deployment reads; gives the arguments of `startProgram`. */
export async function prepareDeployment(
  folder: string,
  files: DeploymentFiles,
  options: DeploymentOptions,
): Promise<readonly string[]> {
  const deployment: Deployment = {
    script: files.worker,
    persist: join(folder, 'd1'),
    migrations: await readD1Migrations('packages/sql/migrations/d1'),
    ...options,
  }
  const file = join(folder, 'deployment.json')
  writeFileSync(file, JSON.stringify(deployment))
  return [files.platform, file]
}

/** Starts a Node program that prints its URL. It leads a process group, so that one kill ends what it started, too. */
export async function startProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const child = spawn(process.execPath, [...args], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let isKilled = false
  const end = (): void => {
    isKilled = true
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch (error) {
      // None of its group is left.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
  // A process group outlives the process that started it, unless that one kills it.
  process.once('exit', end)
  const output = collectOutput(child)
  let early: Error | null = null
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      process.off('exit', end)
      if (!isKilled)
        early = new Error(`The program ended by itself (${code ?? signal}):\n${output()}`)
      resolve()
    })
  })
  const url = await readUrl(child, output)
  return {
    url,
    async kill() {
      end()
      await exited
      if (early !== null) throw early
    },
  }
}

const outputLength = 4_000

/** Returns what a program printed last. */
function collectOutput(child: ChildProcess): () => string {
  let text = ''
  const add = (chunk: unknown): void => {
    text = (text + String(chunk)).slice(-outputLength)
  }
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  return () => text
}

function readUrl(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      const url = /http:\/\/[\w.]+:\d+/.exec(String(chunk))?.[0]
      if (url !== undefined) resolve(url)
    })
    child.once('exit', (code) => reject(new Error(`The program ended with ${code}: ${output()}`)))
  })
}
