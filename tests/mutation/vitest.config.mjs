import { defineConfig } from 'vitest/config'

// One room's own tests, and no projects: with projects Stryker's runner finds no test.
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: [process.env.MUTATE_TESTS],
    setupFiles: ['tests/mutation/fixed-seed.mjs'],
    isolate: false,
    // A busy machine must not pass for a bug: slow tests may end (endless ones are Stryker's to stop), and a
    // failure counts when it comes again.
    testTimeout: 60_000,
    retry: 1,
  },
})
