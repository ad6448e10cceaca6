// Compares the client's operations with the documented facts, and docs/coverage.md with both.
// `--write` writes the page.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { coverage } from './endpoint-coverage.mjs'
import { callsIn, compareTable } from './endpoint-table.mjs'
import { compareTypes } from './endpoint-types.mjs'

const folder = '.cache/endpoints'
const page = 'docs/coverage.md'
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))
const facts = readJson('packages/client/facts/operations.json')
const reasons = readJson('packages/client/facts/differences.json')
const listed = Object.keys(reasons)

const calls = callsIn(await load('client'))
const types = compareTypes(calls, facts, listed, folder)
const found = [...compareTable(calls, facts), ...types.differences]
const usedByTypes = listed.filter((one) => /^\w+Annotation \w+: not documented$/.test(one))

const problems = [
  ...found.filter((one) => !listed.includes(one)),
  ...listed
    .filter((one) => !found.includes(one) && !usedByTypes.includes(one))
    .map((one) => `${one} (listed in differences.json, but no longer a difference)`),
]

const { page: text, current } = await coverage(calls, facts, await load('simulator'))
if (process.argv.includes('--write')) writeFileSync(page, text)
if (!existsSync(page) || readFileSync(page, 'utf8') !== text) {
  problems.push(`${page}: out of date; node tools/check/endpoints.mjs --write`)
}
for (const { operation, served, tested } of current) {
  if (!served) problems.push(`${operation}: the simulator does not serve it`)
  if (!tested) problems.push(`${operation}: no test of the client makes this call`)
}

for (const problem of problems) console.error(problem)
console.log(
  `${current.length} operations, ${calls.length} calls, ${types.proved} facts checked against their types, ` +
    `${listed.length} differences with a reason, ${problems.length} without`,
)
process.exit(problems.length === 0 ? 0 : 1)

async function load(name) {
  const outfile = `${folder}/${name}.mjs`
  await build({
    entryPoints: [`packages/${name}/src/index.ts`],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    tsconfig: 'tsconfig.json',
    logLevel: 'error',
  })
  return import(pathToFileURL(resolve(outfile)).href)
}
