// Compares docs/failures.md with the source: every reason has a row, and every row a reason in its package.
import { globSync, readFileSync } from 'node:fs'

const page = 'docs/failures.md'
const translation = 'docs/ko/failures.md'
const korean = readFileSync(translation, 'utf8')
/** The packages with failures, by the headings of the page. */
const packages = {
  Core: 'packages/core/src',
  Client: 'packages/client/src',
  'Completion routes': 'packages/hono/src',
  'Payment server': 'packages/server/src',
  Program: 'apps/node/src',
  Shop: 'apps/shop/src',
}

const quoted = /'([a-z]+(?:_[a-z]+)*)'/g
const declarations = [
  // { reason: 'a' | 'b' }, { reason: isIt ? 'a' : 'b' }, { error: 'a' }
  /\b(?:reason|error):\s*([^,;}\n]*'[^,;}\n]*)/g,
  // Refusal<'a'>
  /\b(?:Refusal|Unreadable)<('[a-z_]+')>/g,
  // type PlainReason = 'a' | 'b'
  /\btype \w*(?:Reason|Refusal) =\s*((?:\s*\|?\s*(?:'[a-z_]+'|[\w[\]']+))+)/g,
]

function reasonsOf(folder) {
  const found = new Set()
  const files = globSync(`${folder}/**/*.ts`).filter((file) => !/\.(test|contract)\.ts$/.test(file))
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
      .replace(/^\s*(\/\/|\*|\/\*\*).*$/gm, '')
      .replaceAll("['reason']", '')
    for (const declaration of declarations) {
      for (const [, part] of text.matchAll(declaration)) {
        for (const [, name] of part.matchAll(quoted)) found.add(name)
      }
    }
  }
  return found
}

const sections = readFileSync(page, 'utf8').split(/^## /m)
const listed = new Set()
const problems = []
const declared = Object.entries(packages).map(([name, folder]) => ({
  name,
  reasons: reasonsOf(folder),
}))
for (const { name, reasons } of declared) {
  const section = sections.find((text) => text.startsWith(`${name}\n`)) ?? ''
  for (const [, cell] of section.matchAll(/^\| (`[^|]+) \|/gm)) {
    for (const [, reason] of cell.matchAll(/`([a-z_]+)`/g)) {
      listed.add(reason)
      if (!reasons.has(reason))
        problems.push(`${name}: ${reason} has a row but is not in the source`)
    }
  }
}
for (const { name, reasons } of declared) {
  for (const reason of reasons) {
    if (!listed.has(reason)) problems.push(`${name}: ${reason} has no row in ${page}`)
    // The shop is read by those who work on it.
    if (name !== 'Shop' && !korean.includes(`\`${reason}\``)) {
      problems.push(`${name}: ${reason} has no row in ${translation}`)
    }
  }
}

for (const problem of problems) console.error(problem)
console.log(`${listed.size} reasons have a row`)
process.exitCode = problems.length === 0 ? 0 : 1
