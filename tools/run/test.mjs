// npm test: every check and every suite, counted together. The last line says how many passed and failed.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'

const bin = (name) => `node_modules/.bin/${name}`
const projects = ['packages', 'apps']
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .flatMap((folder) => [
    `${folder}/tsconfig.json`,
    `${folder}/test/tsconfig.json`,
    `${folder}/runtimes/tsconfig.json`,
  ])
  .concat(
    'tests/e2e/tsconfig.json',
    'bench/tsconfig.json',
    'tests/simulation/tsconfig.json',
    'tests/compat/tsconfig.json',
    'tests/mutation/tsconfig.json',
    'tests/repository/tsconfig.json',
    'packages/core/tsconfig.build.json',
    'packages/simulator/src/checkout/sdk/tsconfig.json',
  )
  .filter((file) => existsSync(file))

const checks = [
  { name: 'format', command: [bin('biome'), 'check', '.'] },
  { name: 'lint', command: [bin('oxlint'), '--type-aware'] },
  ...projects.map((file) => ({
    name: `types ${file}`,
    command: [bin('tsc'), '--noEmit', '-p', file],
  })),
  { name: 'walls', command: ['node', 'tools/check/dependency-rules.mjs'] },
  { name: 'sizes', command: ['node', 'tools/check/bundle-size.mjs'] },
  { name: 'examples', command: ['node', 'tools/check/examples.mjs'] },
  { name: 'endpoints', command: ['node', 'tools/check/endpoints.mjs'] },
  { name: 'links', command: ['node', 'tools/check/links.mjs'] },
  { name: 'reference', command: ['node', 'tools/check/reference.mjs'] },
  { name: 'browser scripts', command: ['node', 'tools/check/browser-scripts.mjs'] },
  { name: 'threats', command: ['node', 'tools/check/threats.mjs'] },
  { name: 'failures', command: ['node', 'tools/check/failures.mjs'] },
  { name: 'lockfile', command: ['node', 'tools/check/lockfile.mjs'] },
  {
    name: 'lockfile compat',
    command: ['node', 'tools/check/lockfile.mjs', 'tests/compat/package-lock.json'],
  },
  {
    name: 'lockfile mutation',
    command: ['node', 'tools/check/lockfile.mjs', 'tests/mutation/package-lock.json'],
  },
  {
    name: 'lockfile docs',
    command: ['node', 'tools/check/lockfile.mjs', 'tools/docs/package-lock.json'],
  },
]
const million = 'tests/simulation/systems/core.test.ts'
const others = readdirSync('tests/simulation', { recursive: true, encoding: 'utf8' })
  .map((name) => `tests/simulation/${name}`)
  .filter((file) => file.endsWith('.test.ts') && file !== million)
// The million schedules are counted against the clock and have both cores for themselves; the rest of the
// proof waits for processes now and then.
const suites = [
  { name: 'suites', args: ['--project', '!simulation', '--project', '!simulation-workerd'] },
  { name: 'million', args: ['--project', 'simulation', million] },
  {
    name: 'simulation',
    args: [
      '--project',
      'simulation',
      '--project',
      'simulation-workerd',
      ...others,
      'tests/mutation',
    ],
  },
]

let passed = 0
let failed = 0
const queue = [...checks]
await Promise.all([work(), work()])
for (const suite of suites) await test(suite)

console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

async function test({ name, args }) {
  const report = `.cache/${name}.json`
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  console.log('')
  const { code } = await run([bin('vitest'), 'run', ...reporters, ...args])
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null
  passed += counts?.numPassedTests ?? 0
  failed += counts?.numFailedTests ?? 0
  // A suite that fails to load has no tests to count, and still has failed.
  if (code !== 0 && (counts?.numFailedTests ?? 0) === 0) failed++
}

async function work() {
  for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
    const at = Date.now()
    const { code, output } = await run(check.command, 'pipe')
    if (code === 0) passed++
    else failed++
    const seconds = ((Date.now() - at) / 1000).toFixed(1)
    console.log(`${code === 0 ? '✓' : '✗'} ${check.name.padEnd(44)}${seconds.padStart(6)} s`)
    if (code !== 0) console.log(output)
  }
}

function run([command, ...args], output = 'inherit') {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', output, output] })
    const chunks = []
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    child.stderr?.on('data', (chunk) => chunks.push(chunk))
    child.once('error', (error) => resolve({ code: 1, output: String(error) }))
    child.once('exit', (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }),
    )
  })
}
