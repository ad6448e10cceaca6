import { defineConfig } from 'vitest/config'

// The tests of one target, and no projects: with projects Stryker's runner finds no test.
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: [process.env.MUTATE_TESTS],
    setupFiles: ['tests/mutation/fixed-seed.mjs'],
    isolate: false,
    // Load must not count as a failure: slow tests may end (Stryker stops endless ones), and a failure counts when it
    // comes again.
    testTimeout: 60_000,
    retry: 1,
  },
})
