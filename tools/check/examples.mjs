// Every example of the documentation: `ts` blocks of pages and doc comments are type-checked and run, the blocks of other languages
// are parsed.
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, transformSync } from 'esbuild'

const folder = '.cache/examples'
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const pages = [
  'README.md',
  // The pages of a package's exports and `client.md` have the examples of src.
  ...globSync(['docs/*.md', 'docs/*/**/*.md'], {
    exclude: ['docs/node_modules/**', 'docs/api/**'],
  }).filter((file) => !file.endsWith('client.md')),
  ...globSync('packages/*/README.md'),
].sort((a, b) => a.localeCompare(b))

// Their examples need what the root has not: apps and frameworks, which `examples/` has and runs.
const isParsedOnly = (file) => /^docs\/(ko\/)?(apps|frameworks)\//.test(file)

const files = [
  ...pages.filter((file) => !isParsedOnly(file)),
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
    compilerOptions: {
      lib: ['ES2024', 'DOM', 'DOM.Iterable'],
      types: ['node'],
      noUnusedLocals: false,
    },
    include: ['*.ts'],
  }),
)
/** NestJS decorates parameters. */
const tsconfigRaw = { compilerOptions: { experimentalDecorators: true } }
const parsers = {
  js: (code) => transformSync(code, { loader: 'js', format: 'esm' }),
  jsx: (code) => transformSync(code, { loader: 'jsx', format: 'esm' }),
  ts: (code) => transformSync(code, { loader: 'ts', format: 'esm', tsconfigRaw }),
  tsx: (code) => transformSync(code, { loader: 'tsx', format: 'esm' }),
  json: JSON.parse,
  html: (code) => {
    for (const [, script] of code.matchAll(/<script(?: type="module")?>([^]*?)<\/script>/g)) {
      parsers.js(script)
    }
  },
  sh: (code) => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' })
    if (status !== 0) throw new SyntaxError(stderr)
  },
}
let parsed = 0
let unreadable = 0
for (const file of pages) {
  const blocks = readFileSync(file, 'utf8').matchAll(/^( *)```([a-z]+)\n([^]*?)^\1```$/gm)
  for (const [, indent, language, text] of blocks) {
    const parse = parsers[language]
    // Types are checked below, where the blocks of a page belong together.
    if (parse === undefined || (language === 'ts' && !isParsedOnly(file))) continue
    try {
      parse(text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''))
      parsed++
    } catch (error) {
      unreadable++
      console.error(`${file}, a block of ${language}: ${error.message}\n${text}`)
    }
  }
}
if (unreadable > 0) process.exit(1)

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
  `${examples.length} examples compile, ${runnable.length - failed} of ${runnable.length} run, ${parsed} blocks of other languages are read`,
)
process.exit(failed === 0 ? 0 : 1)
