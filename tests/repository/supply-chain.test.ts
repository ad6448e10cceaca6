import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const read = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8'))
const manifests = [
  'package.json',
  ...globSync('{docs,tools,{bench,packages,apps,examples,tests,tools}/*}/package.json'),
].sort()

describe('T52: what is installed', () => {
  it.each(manifests)('%s pins every dependency to one exact version', (file) => {
    const { dependencies, devDependencies, optionalDependencies } = read(file)
    const named = { ...dependencies, ...devDependencies, ...optionalDependencies }
    const loose = Object.entries(named).filter(
      ([, version]) => !/^(npm:@?[^@]+@)?\d+\.\d+\.\d+(-|$)/.test(version),
    )
    expect(loose).toEqual([])
  })

  it('core has no dependency, and the published packages only the listed ones', () => {
    expect(read('packages/core/package.json').dependencies).toBeUndefined()
    expect(Object.keys(read('packages/client/package.json').dependencies ?? {})).toEqual([
      '@quayside/core',
    ])
    expect(Object.keys(read('packages/hono/package.json').dependencies ?? {}).sort()).toEqual([
      '@quayside/client',
      '@quayside/core',
      'hono',
    ])
  })

  it('no install script runs, and every locked package has an integrity hash', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { integrity?: string; link?: boolean; inBundle?: boolean }>
    }
    const bare = Object.entries(lock.packages).filter(
      ([path, { integrity, link, inBundle }]) =>
        path.includes('node_modules/') && !integrity && !link && !inBundle,
    )
    expect(bare).toEqual([])
    const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(new Set(Object.values(allowScripts))).toEqual(new Set([false]))
  })
})
