import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// What docs/packages.md says of each package, beside its package.json.

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly engines: { readonly node: string }
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const published = globSync('{packages,apps}/*/package.json')
  .map((file): Manifest => JSON.parse(readFileSync(file, 'utf8')))
  .filter((manifest) => manifest.private !== true)

/** The packages of this repository that are installed with one, without their scope. */
const toNeeds = ({ dependencies = {} }: Manifest): readonly string[] =>
  published
    .filter(({ name }) => name in dependencies)
    .flatMap((needed) => [needed.name.replace('@quayside/', ''), ...toNeeds(needed)])

const toRow = (manifest: Manifest) => ({
  ...toVersions(manifest),
  needs: [...new Set(toNeeds(manifest))].sort(),
})

const toVersions = ({ name, engines, peerDependencies = {} }: Manifest) => ({
  name,
  node: engines.node.replace('>=', ''),
  peers: Object.entries(peerDependencies)
    .map(([peer, range]) => `\`${peer}\` ${range}`)
    .sort(),
})

const readRows = (text: string) =>
  [
    ...text.matchAll(/^\| \[`([^`]+)`\]\([^)]+\) \| [^|]+ \| ([\d.]+) \| ([^|]+) \| ([^|]+) \|$/gm),
  ].map(([, name = '', node = '', peers = '', needs = '']) => ({
    name,
    node,
    peers: [...peers.matchAll(/`[^`]+` [>=^\d.]+\d/g)].map(([peer]) => peer).sort(),
    needs: [...needs.matchAll(/`([^`]+)`/g)].map(([, needed]) => needed),
  }))

const byName = (one: { readonly name: string }, other: { readonly name: string }) =>
  one.name < other.name ? -1 : 1

describe.each(['docs/packages.md', 'docs/ko/packages.md'])('%s', (page) => {
  const text = readFileSync(page, 'utf8')

  it('has each package with its Node, its peers and the packages that it needs', () => {
    expect(readRows(text).sort(byName)).toEqual(published.map(toRow).sort(byName))
  })

  it('names the entries of each package, of those for one PG and one group some', () => {
    const many = ['@quayside/rules', '@quayside/client', '@quayside/codes']
    const missing = published.flatMap(({ name, exports = {} }) => {
      const [entries = ''] = new RegExp(`^\\| \`${name}/.*$`, 'm').exec(text) ?? []
      return Object.keys(exports)
        .filter((entry) => !['.', './package.json'].includes(entry))
        .filter((entry) => !many.includes(name) && !entries.includes(entry.slice(1)))
        .map((entry) => `${name}${entry.slice(1)}`)
    })
    expect(missing).toEqual([])
  })
})
