import { defineConfig } from 'vitest/config'

// No test measures anything by this: it only ends a build that hangs, however busy the machine is.
const timeoutMs = 30 * 60_000

/** `npm run test:frameworks`, apart from `npm test`, which builds no framework. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ['examples/framework-builds/test/*.test.ts'],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
  },
})
