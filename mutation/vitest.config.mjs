import { defineConfig } from 'vitest/config'

// One room's own tests, and no projects: with projects Stryker's runner finds no test.
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: [process.env.MUTATE_TESTS],
    setupFiles: ['mutation/seed.mjs'],
    isolate: false,
    // A test that is only slow must not pass for one that failed; endless ones are Stryker's to end.
    testTimeout: 60_000,
  },
})
