// Every example of the documentation, type-checked and run: the `ts` blocks of doc comments, READMEs and recipes.
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const folder = '.cache/examples'
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const files = [
  'README.md',
  ...globSync('docs/{recipes,reference}/*.md').filter((file) => !file.endsWith('client.md')), // of src
  ...globSync('packages/*/README.md'),
  ...globSync('packages/*/src/**/*.ts').filter((file) => !/\.(test|contract)\.ts$/.test(file)),
].sort((a, b) => a.localeCompare(b))

const fence = /^```ts\n([^]*?)^```$/gm
const blocksOf = (text) => [...text.matchAll(fence)].map(([, code]) => code)
const examples = files.flatMap((file) => {
  const text = readFileSync(file, 'utf8')
  if (file.endsWith('.md')) {
    const story = blocksOf(text).join('\n')
    return story === '' ? [] : [{ file, code: story, runs: !story.includes('process.env') }]
  }
  const blocks = blocksOf(text.replace(/^ *\*\/?( |$)/gm, ''))
  return blocks.map((code) => ({ file, code, runs: true }))
})

for (const [number, { file, code }] of examples.entries()) {
  writeFileSync(`${folder}/${number}.ts`, `// ${file}\n${code}\nexport {}\n`)
}
writeFileSync(
  `${folder}/tsconfig.json`,
  JSON.stringify({
    extends: '../../tsconfig.json',
    compilerOptions: { lib: ['ES2024', 'WebWorker'], types: ['node'], noUnusedLocals: false },
    include: ['*.ts'],
  }),
)
const types = spawnSync('node_modules/.bin/tsc', ['--noEmit', '-p', folder], { encoding: 'utf8' })
if (types.status !== 0) {
  console.error(types.stdout)
  process.exit(1)
}

await build({
  entryPoints: examples.map((_, number) => `${folder}/${number}.ts`),
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  tsconfig: 'tsconfig.json',
  // CommonJS that requires Node's own modules cannot be part of an ES module.
  external: ['@libsql/client', 'mysql2', 'pg'],
  logLevel: 'error',
})

// What an example prints is for its reader.
console.log = () => undefined
let failed = 0
const runnable = [...examples.entries()].filter(([, { runs }]) => runs)
for (const [number, { file }] of runnable) {
  try {
    await import(pathToFileURL(resolve(folder, `${number}.mjs`)).href)
  } catch (error) {
    failed++
    console.error(`${file} (${folder}/${number}.ts):`, error)
  }
}
console.info(
  `${examples.length} examples compile, ${runnable.length - failed} of ${runnable.length} run`,
)
process.exit(failed === 0 ? 0 : 1)
