// npm run test:simulation: all cases of the simulation, and the other tests that `npm test` leaves out. The last line
// says how many passed and failed.
import { loadTests } from '../../../tests/simulation/large.mjs'
import { startTestRun } from './test-run.mjs'

const testRun = startTestRun()
const files = ['tests/simulation/', 'tests/mutation/', ...loadTests]
await testRun.vitest('simulation', files, { CASES: 'all' })
await testRun.checkLeftovers()
testRun.finish()
