import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= 'false'
process.env.WRANGLER_SEND_METRICS ??= 'false'
process.env.WRANGLER_HIDE_BANNER ??= 'true'
process.env.WRANGLER_LOG_PATH ??= '.wrangler/logs'

const compatibilityDate = '2026-10-01'
/** tsconfig.json's `paths` are the one list of where a workspace's source lies. */
const resolve = { tsconfigPaths: true }
const inNode = (folder: string) => ({
  resolve,
  test: { name: folder.split('/').at(-1) ?? folder, include: [`${folder}/{src,test}/**/*.test.ts`] },
})

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      inNode('packages/core'),
      inNode('packages/client'),
      inNode('packages/hono'),
      inNode('packages/simulator'),
      inNode('apps/shop'),
      {
        plugins: [cloudflareTest({ miniflare: { compatibilityDate } })],
        resolve,
        test: { name: 'core-workerd', include: ['packages/core/src/**/*.test.ts'] },
      },
    ],
  },
})
