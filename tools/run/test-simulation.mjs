// npm run test:simulation: all cases of the simulation. The last line says how many passed and failed.
import { startTestRun } from './test-run.mjs'

const testRun = startTestRun()
await testRun.vitest(
  'simulation',
  ['--project', 'simulation', '--project', 'simulation-workerd', '--maxWorkers=4'],
  { CASES: 'all' },
)
testRun.finish()
