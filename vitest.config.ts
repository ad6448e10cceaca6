import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= 'false'
process.env.WRANGLER_SEND_METRICS ??= 'false'
process.env.WRANGLER_HIDE_BANNER ??= 'true'
process.env.WRANGLER_LOG_PATH ??= '.wrangler/logs'

const compatibilityDate = '2026-10-01'
/** tsconfig.json's `paths` are the one list of where a workspace's source lies. */
const resolve = { tsconfigPaths: true }
const inNode = (name: string) => ({
  resolve,
  test: { name, include: [`packages/${name}/src/**/*.test.ts`] },
})

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      inNode('core'),
      inNode('client'),
      inNode('hono'),
      inNode('simulator'),
      {
        plugins: [cloudflareTest({ miniflare: { compatibilityDate } })],
        resolve,
        test: { name: 'core-workerd', include: ['packages/core/src/**/*.test.ts'] },
      },
    ],
  },
})
