// docs/failures.md and the source, held together: every reason has a row, and every row a reason of its room.
import { globSync, readFileSync } from 'node:fs'

const page = 'docs/failures.md'
/** The rooms whose failures a merchant meets, by the headings of the page. */
const rooms = {
  Core: 'packages/core/src',
  Client: 'packages/client/src',
  Doors: 'packages/hono/src',
  Worker: 'packages/server/src',
  Shop: 'apps/shop/src',
}

const word = /'([a-z]+(?:_[a-z]+)*)'/g
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
        for (const [, name] of part.matchAll(word)) found.add(name)
      }
    }
  }
  return found
}

const sections = readFileSync(page, 'utf8').split(/^## /m)
const told = new Set()
const problems = []
const declared = Object.entries(rooms).map(([name, folder]) => ({
  name,
  reasons: reasonsOf(folder),
}))
for (const { name, reasons } of declared) {
  const section = sections.find((text) => text.startsWith(`${name}\n`)) ?? ''
  for (const [, cell] of section.matchAll(/^\| (`[^|]+) \|/gm)) {
    for (const [, reason] of cell.matchAll(/`([a-z_]+)`/g)) {
      told.add(reason)
      if (!reasons.has(reason))
        problems.push(`${name}: ${reason} has a row and is nowhere in the source`)
    }
  }
}
for (const { name, reasons } of declared) {
  for (const reason of reasons) {
    if (!told.has(reason)) problems.push(`${name}: ${reason} has no row in ${page}`)
  }
}

for (const problem of problems) console.error(problem)
console.log(`${told.size} reasons have a row`)
process.exitCode = problems.length === 0 ? 0 : 1
