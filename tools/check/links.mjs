// Every link of the documentation from one of our pages to another, and to a heading of it.
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

const pages = globSync('{*,docs/**/*,{packages,apps}/*/*,tests/*/*,tools/*/*,bench/*}.md')
const link = /\]\(([^)\s]+)\)/g

const headings = new Map()
function headingsOf(page) {
  const known = headings.get(page)
  if (known !== undefined) return known
  const text = readFileSync(page, 'utf8').replaceAll(/^```[^]*?^```/gm, '')
  const found = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
  headings.set(page, found)
  return found
}

const problems = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(link)].flatMap(([, target]) => {
    if (/^\w+:/.test(target)) return []
    const [path, heading] = target.split('#')
    const file = path === '' ? page : normalize(join(dirname(page), path))
    if (!existsSync(file)) return [`${page}: ${target} is not there`]
    if (heading === undefined || statSync(file).isDirectory()) return []
    return headingsOf(file).includes(heading) ? [] : [`${page}: ${target} has no such heading`]
  }),
)
for (const problem of problems) console.error(problem)
console.log(`${pages.length} pages, ${problems.length} links that lead nowhere`)
process.exit(problems.length === 0 ? 0 : 1)
