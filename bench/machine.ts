import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { isRecord } from './http.ts'

/** The machine and the versions that the figures were measured with. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGiB: number
  readonly versions: Readonly<Record<string, string>>
}

/** Describes this machine and the versions of what is measured. */
export function describeMachine(
  installed: readonly string[] = ['express', 'hono', 'miniflare', 'workerd'],
): Machine {
  const processors = cpus()
  return {
    processor: processors[0]?.model.trim() ?? 'unknown processor',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    versions: {
      node: process.versions.node,
      ...Object.fromEntries(installed.map((name) => [name, readVersion(name)])),
    },
  }
}

/** The description on one line. */
export function toLine({ processor, cores, memoryGiB, versions }: Machine): string {
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return `${processor}, ${cores} cores, ${memoryGiB} GiB · ${names.join(' · ')}`
}

function readVersion(name: string): string {
  const manifest: unknown = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'))
  return isRecord(manifest) ? String(manifest['version']) : 'unknown'
}
