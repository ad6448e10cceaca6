import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'

it('tsc -b checks every project', () => {
  const { references } = JSON.parse(readFileSync('tsconfig.json', 'utf8')) as {
    references: readonly { readonly path: string }[]
  }
  const projects = globSync('{packages,apps,examples,tests,bench,tools/run}/**/tsconfig.json', {
    // The frameworks are checked with our packages as they are published, by their own test.
    exclude: (name) => name === 'node_modules' || name === 'examples/frameworks',
  })
  expect(references.map(({ path }) => path).toSorted()).toEqual(projects.map(dirname).toSorted())
})
