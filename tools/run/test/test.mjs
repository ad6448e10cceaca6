// npm test: every check and every suite, counted together, with a sample of the simulation; with every method of it by `CASES=ci` in the
// environment. The last line says how many passed and failed.
import { bin, startTestRun } from './test-run.mjs'

const tool = (name) => `tools/node_modules/.bin/${name}`
const script = (name) => ['node', `tools/check/${name}.mjs`]

const checks = [
  { name: 'format', command: [bin('biome'), 'check', '.'] },
  { name: 'lint', command: [bin('oxlint')] },
  { name: 'types', command: [bin('tsc'), '-b'] },
  // Core as it is published, without the types of its tests.
  {
    name: 'types of core alone',
    command: [bin('tsc'), '--noEmit', '-p', 'packages/core/tsconfig.build.json'],
  },
  { name: 'imports', command: [tool('depcruise'), 'packages', 'apps', 'tests', 'bench'] },
  { name: 'links', command: [tool('markdownlint-cli2')] },
  { name: 'sizes', command: script('bundle-size') },
  { name: 'examples', command: script('examples') },
  { name: 'endpoints', command: script('endpoints') },
  { name: 'reference', command: script('reference') },
  { name: 'browser scripts', command: script('browser-scripts') },
  { name: 'threats', command: script('threats') },
  { name: 'failures', command: script('failures') },
  { name: 'lockfiles', command: script('lockfiles') },
  { name: 'types of the site', command: [bin('tsc'), '-p', 'docs'] },
  { name: 'site', command: script('site') },
  { name: 'packages', command: script('packages/index') },
]

const testRun = startTestRun()
await testRun.checks(checks)
const { CASES = 'sample' } = process.env
await testRun.vitest('suites', [], { CASES })
await testRun.checkLeftovers()
testRun.finish()
