import { existsSync, globSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sections } from '../../docs/.vitepress/navigation.ts'

/** Written for those who work on the project, or in English by a generator: read in the repository, or from other pages. */
const english = [
  'README.md',
  'coverage.md',
  'mutation.md',
  'performance.md',
  'storage.md',
  'threats.md',
]
const generated = /^(api|decisions|recipes|reference|node_modules)\//

const list = (folder: string) =>
  globSync('**/*.md', { cwd: folder, exclude: ['node_modules', 'ko'] })
    .filter((file) => !generated.test(file))
    .sort()
const toFile = (path: string) => (path.endsWith('/') ? `${path}README.md` : `${path}.md`)

describe('the documentation', () => {
  it('has each page in Korean and in English', () => {
    expect(list('docs/ko')).toEqual(list('docs').filter((file) => !english.includes(file)))
  })

  it('has a place in the navigation for each page, and a page for each place', () => {
    const placed = sections.flatMap(({ pages }) => pages.map(([path]) => toFile(path)))
    const outside = placed.filter((file) => generated.test(file) || english.includes(file))
    expect(
      outside.filter((file) => !file.startsWith('api/') && !existsSync(`docs/${file}`)),
    ).toEqual([])
    const inside = placed.filter((file) => !outside.includes(file))
    expect([...inside, 'index.md'].sort()).toEqual(
      list('docs/ko').filter((file) => !/^(apps|frameworks)\/(?!README)/.test(file)),
    )
  })
})
