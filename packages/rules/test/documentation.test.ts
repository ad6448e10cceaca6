import { readFileSync } from 'node:fs'
import { channels } from '@quayside/rules/all'
import { expect, it } from 'vitest'

const known = Object.values(channels).filter(({ rules, needs }) => rules.length + needs.length > 0)

/** Code, number of rules, of those that may refuse, and of methods, as the table of a page has them. */
function tableOf(page: string): readonly string[] {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8')
  return [...text.matchAll(/^\| `(\w+)` \| [^|]+ \| (\d+) \| (\d+) \| (\S+) \|/gm)].map(
    ([, code, rules, refusing, methods]) => `${code} ${rules} ${refusing} ${methods}`,
  )
}

it.each(['rules.md', 'ko/rules.md'])('%s counts the rules of each PG', (page) => {
  const counted = known.map(({ pg, rules, methods, easyPay }) => {
    const refusing = rules.filter(
      ({ strength, contradicted }) =>
        contradicted === undefined && (strength === 'refused' || strength === 'text'),
    )
    const offered = methods === null ? '–' : methods.length + easyPay.length
    return `${pg} ${rules.length} ${refusing.length} ${offered}`
  })
  expect(tableOf(page)).toEqual(counted)
})

it.each(['rules.md', 'ko/rules.md'])('%s counts all of them', (page) => {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8')
  const counts = [
    known.flatMap(({ rules }) => rules).length,
    known.length,
    known.flatMap(({ needs }) => needs).length,
  ]
  expect(counts).toEqual([693, 40, 32])
  for (const count of counts)
    expect(text).toMatch(new RegExp(String.raw`\b${count}\b|${count}개|${count}곳`))
})
