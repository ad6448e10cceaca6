// The test files that `npm test` leaves out and `npm run test:simulation` runs.

/** Load: 100,000 orders, a day without a message, 10,000 queue messages, 1,000 notices at once. */
export const loadTests = [
  'apps/worker/test/jobs/poll-capacity.test.ts',
  'apps/worker/test/journeys/outage.test.ts',
  'tests/repository/poison.test.ts',
  'tests/e2e/race.test.ts',
]

/** Load tests, and the methods of the simulation that have no small sample. */
export const large = [
  ...loadTests,
  'tests/simulation/systems/flawed.test.ts',
  'tests/mutation/guards.test.ts',
  'tests/simulation/d1-parity/*.test.ts',
  'tests/simulation/worker/**/*.test.ts',
  'tests/simulation/node/guards.test.ts',
  'tests/simulation/deployment/*.test.ts',
  'tests/simulation/servers/serve.test.ts',
  'tests/simulation/platform/volume.test.ts',
  'tests/simulation/platform/planted/*.test.ts',
  'tests/simulation/capacity/*.test.ts',
  'tests/simulation/charges/workerd/*.test.ts',
  'tests/simulation/blackbox/*.test.ts',
]
