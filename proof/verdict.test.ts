import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const judges = ['verdict', 'standing', 'ledger', 'answers', 'secrets', 'oracle'].map(
  (name) => `./${name}.ts`,
)

it('the judges know nothing but each other', () => {
  const known = judges.flatMap((judge) => {
    const source = readFileSync(new URL(judge, import.meta.url), 'utf8')
    return [...source.matchAll(/\bfrom\s+'([^']*)'|\bimport\s*\(?\s*'([^']*)'/g)].map(
      ([, from, bare]) => from ?? bare,
    )
  })
  expect(known.length).toBeGreaterThan(4)
  expect(known.filter((each) => !judges.includes(each ?? ''))).toEqual([])
})
