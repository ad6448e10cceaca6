import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// What docs/packages.md says of each package, beside its package.json.

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly engines: { readonly node: string }
  readonly exports?: Readonly<Record<string, unknown>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const published = globSync('{packages,apps}/*/package.json')
  .map((file): Manifest => JSON.parse(readFileSync(file, 'utf8')))
  .filter((manifest) => manifest.private !== true)

const toRow = ({ name, engines, peerDependencies = {} }: Manifest) => ({
  name,
  node: engines.node.replace('>=', ''),
  peers: Object.entries(peerDependencies)
    .map(([peer, range]) => `\`${peer}\` ${range}`)
    .sort(),
})

const readRows = (text: string) =>
  [...text.matchAll(/^\| \[`([^`]+)`\]\([^)]+\) \| [^|]+ \| ([\d.]+) \| ([^|]+) \|$/gm)].map(
    ([, name = '', node = '', peers = '']) => ({
      name,
      node,
      peers: [...peers.matchAll(/`[^`]+` [>=^\d.]+\d/g)].map(([peer]) => peer).sort(),
    }),
  )

const byName = (one: { readonly name: string }, other: { readonly name: string }) =>
  one.name < other.name ? -1 : 1

describe.each(['docs/packages.md', 'docs/ko/packages.md'])('%s', (page) => {
  const text = readFileSync(page, 'utf8')

  it('has each package with its Node and its peers', () => {
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
