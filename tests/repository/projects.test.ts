import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'

// Examples of frameworks are checked with our packages as they are published, by a test of their own.
const apart = /^examples\/(frameworks$|framework-builds\/)/

it('tsc -b checks every project', () => {
  const { references } = JSON.parse(readFileSync('tsconfig.json', 'utf8')) as {
    references: readonly { readonly path: string }[]
  }
  const projects = globSync('{packages,apps,examples,tests,bench,tools/run}/**/tsconfig.json', {
    exclude: (name) => name === 'node_modules',
  }).map(dirname)
  expect(references.map(({ path }) => path).toSorted()).toEqual(
    projects.filter((project) => !apart.test(project)).toSorted(),
  )
})
