import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Manifest {
  readonly publishConfig?: unknown
  readonly peerDependencies?: Readonly<Record<string, string>>
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
  const exact = /^(npm:@?[^@]+@)?\d+\.\d+\.\d+(-|$)/
  const sinceVersion = /^\^?\d+\.\d+\.\d+$/
  /** A library shares what it needs with its user's project, so it names ranges, and the lockfile names what is installed here. */
  const libraries = manifests.filter(
    (file) => file.startsWith('packages/') && read(file).publishConfig !== undefined,
  )

  it.each(manifests)(
    '%s pins every dependency to one exact version, or to a range of one major version in a library',
    (file) => {
      const { dependencies, devDependencies, optionalDependencies } = read(file)
      const pattern = libraries.includes(file) ? sinceVersion : exact
      const loose = [
        ...Object.entries({ ...dependencies, ...optionalDependencies }).filter(
          ([, version]) => !pattern.test(version),
        ),
        ...Object.entries(devDependencies ?? {}).filter(([, version]) => !exact.test(version)),
      ]
      expect(loose).toEqual([])
    },
  )

  it('core has no dependency, and the published packages only the listed ones', () => {
    expect(read('packages/core/package.json').dependencies).toBeUndefined()
    expect(Object.keys(read('packages/client/package.json').dependencies ?? {})).toEqual([
      '@quayside/core',
    ])
    const { dependencies, peerDependencies } = read('packages/hono/package.json')
    expect([dependencies, peerDependencies].map((each) => Object.keys(each ?? {}).sort())).toEqual([
      ['@quayside/client', '@quayside/core'],
      ['hono'],
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
