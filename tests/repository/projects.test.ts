import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'

it('tsc -b checks every project', () => {
  const { references } = JSON.parse(readFileSync('tsconfig.json', 'utf8')) as {
    references: readonly { readonly path: string }[]
  }
  const projects = globSync('{packages,apps,examples,tests,bench,tools/run}/**/tsconfig.json', {
    exclude: (name) => name === 'node_modules',
  })
  expect(references.map(({ path }) => path).toSorted()).toEqual(projects.map(dirname).toSorted())
})
