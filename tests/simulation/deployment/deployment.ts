import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readD1Migrations } from '@cloudflare/vitest-plugin'
import { build } from 'esbuild'
import type { Deployment } from './platform.ts'

/** A running program of ours, with everything it started. */
export interface Program {
  readonly url: string
  kill(): Promise<void>
}

/** What one deployment differs in from another. */
export type Plan = Pick<Deployment, 'bindings' | 'cronMs' | 'hasQueue'>

/** The worker as it is deployed, and the platform that runs it: two files. */
export interface Parts {
  readonly worker: string
  readonly platform: string
}

/** Builds what deployments start from. Who runs beside others names a place of his own. */
export async function bundleParts(place: string): Promise<Parts> {
  const parts = {
    worker: resolve(`.cache/proof/${place}/worker.mjs`),
    platform: resolve(`.cache/proof/${place}/platform.mjs`),
  }
  await Promise.all([
    build({
      entryPoints: ['apps/worker/src/index.ts'],
      outfile: parts.worker,
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
      outfile: parts.platform,
      bundle: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    }),
  ])
  return parts
}

/** Writes down what every life of a deployment is told; gives what `startProgram` takes. */
export async function prepareDeployment(
  folder: string,
  parts: Parts,
  plan: Plan,
): Promise<readonly string[]> {
  const deployment: Deployment = {
    script: parts.worker,
    persist: join(folder, 'd1'),
    migrations: await readD1Migrations('apps/worker/migrations'),
    ...plan,
  }
  const file = join(folder, 'deployment.json')
  writeFileSync(file, JSON.stringify(deployment))
  return [parts.platform, file]
}

/** Starts a Node program that says where it listens. It leads a process group, so that what it started dies by the same kill. */
export async function startProgram(args: readonly string[]): Promise<Program> {
  const child = spawn(process.execPath, [...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }
  // A group of its own outlives whoever started it, unless he sees to it.
  process.once('exit', end)
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve())).finally(() =>
    process.off('exit', end),
  )
  const url = await readUrl(child)
  return {
    url,
    async kill() {
      end()
      await gone
    },
  }
}

function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += String(chunk)
    })
    child.stdout?.on('data', (chunk) => {
      const url = /http:\/\/[\w.]+:\d+/.exec(String(chunk))?.[0]
      if (url !== undefined) resolve(url)
    })
    child.once('exit', (code) => reject(new Error(`The program ended with ${code}: ${said}`)))
  })
}
