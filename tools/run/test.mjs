// npm test: every check and every suite, with a sample of the simulation, counted together. The last line says
// how many passed and failed.
import { existsSync, readdirSync } from 'node:fs'
import { bin, startTestRun } from './test-run.mjs'

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

const testRun = startTestRun()
await testRun.checks(checks)
await testRun.vitest('suites', [], { CASES: 'sample' })
testRun.finish()
