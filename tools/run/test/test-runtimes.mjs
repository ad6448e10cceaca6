// npm run test:runtimes: the suite of tests/runtimes in every runtime that npm has, and one table of the results.
// Node, Deno and Bun import the packed packages by their names; what knows no npm gets one bundled file.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import Table from 'cli-table3'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { launch } from '../../../tests/e2e/browser.ts'
import { bundleModule, bundleScript, bundleUser } from '../../../tests/runtimes/bundle.mjs'
import { expected } from '../../../tests/runtimes/expected.ts'
import { pack, run } from '../../check/packages/pack.mjs'

const folder = resolve('.cache/runtimes')
const own = (path) => resolve('tests/runtimes/node_modules', path)

await createUser()
const script = await bundleScript()
const deno = ['run', '--quiet', '--node-modules-dir=manual', 'print.mjs']
const runtimes = [
  ...['20', '22', '24', '26'].map((major) => [
    `Node ${major}`,
    () => runProgram(own(`node-${major}/bin/node`), ['print.mjs']),
  ]),
  ['Deno', () => runProgram(own('@deno/linux-x64-glibc/deno'), deno)],
  ['Bun', () => runProgram(own('@oven/bun-linux-x64/bin/bun'), ['run', 'print.mjs'])],
  ['workerd', runInWorkerd],
  ['Chromium', runInChromium],
  ['edge-runtime', runInEdgeSandbox],
]

const names = Object.keys(expected)
const table = new Table({ head: ['', ...names], style: { head: [], border: [] } })
const problems = []
for (const [runtime, start] of runtimes) {
  const report = await start().catch((cause) => ({ cause: String(cause) }))
  table.push([runtime, ...names.map((name) => toCell(runtime, name, report))])
}
console.log(table.toString())
for (const problem of problems) console.error(problem)
console.log(`${runtimes.length} runtimes, ${problems.length} problems`)
process.exit(problems.length === 0 ? 0 : 1)

function toCell(runtime, name, report) {
  const { passed = 0, failed = [report.cause ?? 'no result'] } = report[name] ?? {}
  for (const each of failed) problems.push(`${runtime}, ${name}: ${each}`)
  const isWhole = passed === expected[name].passed && failed.length === 0
  if (!isWhole && failed.length === 0) problems.push(`${runtime}, ${name}: ${passed} cases`)
  return isWhole ? `✓ ${passed}` : `✗ ${passed} of ${expected[name].passed}`
}

/** A project of a user: the packed packages, installed by npm, and a program that imports them. */
async function createUser() {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const used = ['core', 'client', 'hono', 'browser', 'simulator'].map((name) => `@quayside/${name}`)
  const tarballs = pack().filter(({ manifest }) => used.includes(manifest.name))
  const dependencies = Object.fromEntries(
    tarballs.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`]),
  )
  writeFileSync(
    `${folder}/package.json`,
    JSON.stringify({ private: true, type: 'module', dependencies }),
  )
  run('npm', ['install', '--no-package-lock', '--ignore-scripts'], { cwd: folder })
  writeFileSync(`${folder}/print.mjs`, await bundleUser())
}

function runProgram(program, args) {
  if (!existsSync(program)) return Promise.reject(new Error('not available on this system'))
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk) => (out += chunk))
    child.stderr.on('data', (chunk) => (err += chunk))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve(JSON.parse(out)) : reject(new Error(err || `ended with ${code}`)),
    )
  })
}

async function runInWorkerd() {
  const options = {
    modules: true,
    script: await bundleModule('worker.ts'),
    compatibilityDate: '2026-10-01',
  }
  const miniflare = new Miniflare(convertV4MiniflareOptions(options))
  try {
    return await (await miniflare.dispatchFetch('http://localhost/')).json()
  } finally {
    await miniflare.dispose()
  }
}

async function runInChromium() {
  const browser = await launch()
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(0)
    await page.addScriptTag({ content: script })
    return await page.evaluate('suite.run()')
  } finally {
    await browser.close()
  }
}

/** The sandbox of functions at the edge: web standards, no Node, no `eval`. */
async function runInEdgeSandbox() {
  const { EdgeVM } = createRequire(own('x'))('@edge-runtime/vm')
  const sandbox = new EdgeVM({ codeGeneration: { strings: false, wasm: false } })
  sandbox.evaluate(script)
  return JSON.parse(JSON.stringify(await sandbox.evaluate('suite.run()')))
}
