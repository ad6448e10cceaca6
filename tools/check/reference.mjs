// Compares docs/reference with the client's comments and endpoints. `--write` writes the pages.
import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { tryExamples } from '../docs/examples.mjs'
import { writePages } from '../docs/pages.mjs'

const folder = 'docs/reference'
const outdir = '.cache/reference'
const recipes = globSync('docs/recipes/*.md')
  .map((file) => ({ file: basename(file), code: readFileSync(file, 'utf8') }))
  .filter(({ file }) => file !== 'README.md')
  .map((recipe) => ({ ...recipe, title: /^# (.*)$/m.exec(recipe.code)[1] }))
  .toSorted((a, b) => a.file.localeCompare(b.file))

const [client, simulator] = await load(['client', 'simulator'])
const { pages, operations, problems } = await writePages(client, recipes)
problems.push(...(await tryExamples(operations, client, simulator)))

mkdirSync(folder, { recursive: true })
if (process.argv.includes('--write')) {
  rmSync(folder, { recursive: true })
  mkdirSync(folder)
  for (const [file, text] of pages) writeFileSync(`${folder}/${file}`, text)
}
const written = readdirSync(folder)
for (const file of new Set([...written, ...pages.keys()])) {
  const same =
    written.includes(file) && readFileSync(`${folder}/${file}`, 'utf8') === pages.get(file)
  if (!same) problems.push(`${folder}/${file}: out of date; npm run reference`)
}

for (const problem of problems) console.error(problem)
console.log(`${operations.length} operations on ${pages.size} pages, ${problems.length} problems`)
process.exit(problems.length === 0 ? 0 : 1)

async function load(names) {
  await build({
    entryPoints: names.map((name) => ({ in: `packages/${name}/src/index.ts`, out: name })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    tsconfig: 'tsconfig.json',
    logLevel: 'error',
  })
  return Promise.all(
    names.map((name) => import(pathToFileURL(resolve(`${outdir}/${name}.mjs`)).href)),
  )
}
