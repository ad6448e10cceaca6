// docs/threats.md and the tests, held together: every threat has a test whose title carries its number.
import { globSync, readFileSync, writeFileSync } from 'node:fs'

const page = 'docs/threats.md'
const title = /\b(?:it|describe|test)(?:\.each)?\b[^'"`]*?['"`]([^'"`\n]*\bT\d+\b[^'"`\n]*)/g
const row = /^\| (T\d+) \|(.*)\|([^|]*)\|$/gm

const found = new Map()
for (const file of globSync('{packages,apps,examples,tests}/**/*.test.ts', {
  exclude: (name) => name === 'node_modules',
})
  // A contract of stores is run by the tests of each of them.
  .concat(globSync('packages/*/src/{**/*.contract.ts,contract/**/*.ts}'))
  .sort()) {
  const text = readFileSync(file, 'utf8')
  // Titles of tables stand in their rows, so a tag at the beginning of any string counts.
  const tags = text.matchAll(/['"`](?:[^'"`\n]*, )?((?:T\d+(?:, )?)+)(?=[:,])/g)
  for (const [, list] of tags) {
    for (const [tag] of list.matchAll(/T\d+/g)) {
      found.set(tag, (found.get(tag) ?? new Set()).add(file))
    }
  }
  for (const [, words] of text.matchAll(title)) {
    for (const [tag] of words.matchAll(/\bT\d+\b/g)) {
      found.set(tag, (found.get(tag) ?? new Set()).add(file))
    }
  }
}

const shortName = (file) => file.replace(/^(packages|apps)\//, '').replace(/\.test\.ts$/, '')
const testsOf = (tag) => [...(found.get(tag) ?? [])].map(shortName).join(', ')
const text = readFileSync(page, 'utf8')
const written = text.replace(row, (_, tag, middle) => `| ${tag} |${middle}| ${testsOf(tag)} |`)
const tags = [...text.matchAll(row)].map(([, tag]) => tag)
const bare = tags.filter((tag) => !found.has(tag))

if (process.argv.includes('--write')) writeFileSync(page, written)
else if (written !== text) {
  console.error(`${page} is not what the tests say: node tools/check/threats.mjs --write`)
  process.exitCode = 1
}
if (bare.length > 0) {
  console.error(`no test for ${bare.join(', ')}`)
  process.exitCode = 1
}
console.log(`${tags.length - bare.length} of ${tags.length} threats have a test`)
