import { globSync } from 'node:fs'
import { expect, it } from 'vitest'

/** English only: what the generator writes, what is read by those who change Quayside, and tables of identifiers. */
const isEnglishOnly = (page: string) =>
  /^(api|decisions|node_modules|recipes|reference)\//.test(page) ||
  /^(README|coverage|mutation|performance|storage|threats)\.md$/.test(page)

it('every page of the documentation is there in Korean and in English', () => {
  const pages = globSync('**/*.md', { cwd: 'docs', exclude: ['node_modules'] })
  const inKorean = pages.filter((page) => page.startsWith('ko/')).map((page) => page.slice(3))
  const inEnglish = pages.filter((page) => !page.startsWith('ko/') && !isEnglishOnly(page))
  expect(inKorean.sort()).toEqual(inEnglish.sort())
})
