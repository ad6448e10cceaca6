import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { Response } from 'miniflare'
import { defineConfig } from 'vitest/config'
import { all, ci, sample } from './tests/simulation/cases.ts'
import { large } from './tests/simulation/large.mjs'
import LongestFirst from './tools/run/test/longest-first.mjs'

process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= 'false'
process.env.WRANGLER_SEND_METRICS ??= 'false'
process.env.WRANGLER_HIDE_BANNER ??= 'true'
process.env.WRANGLER_LOG_PATH ??= '.wrangler/logs'

const compatibilityDate = '2026-10-01'
// No test measures anything by these: they only end a test that hangs, however busy the machine is.
const timeoutMs = 30 * 60_000
const timeouts = {
  testTimeout: timeoutMs,
  hookTimeout: timeoutMs,
  expect: { poll: { timeout: timeoutMs } },
}
/** `npm run test:simulation` runs all cases of the simulation, `.ci/run` fewer; `npm test` runs a sample, without the large tests. */
const selected = process.env.CASES ?? ''
const cases = { all, ci }[selected] ?? sample
const excluded = selected === 'sample' ? large : []
/** tsconfig.json's `paths` are the one list of where a workspace's source lies. */
const resolve = { tsconfigPaths: true }
/** Finds or starts the database servers that tests use. */
const databaseServers = ['tests/servers/setup.ts']
const inNode = (
  folder: string,
  globalSetup: string[] = [],
  name = folder.split('/').at(-1) ?? folder,
) => ({
  resolve,
  test: {
    globalSetup,
    name,
    include: [`${folder}/{src,test}/**/*.test.ts`],
    isolate: false,
    ...timeouts,
  },
})

/** The settings of the tested worker. */
const workerSettings = {
  MODE: 'test',
  IMP_KEY: 'simulator-key',
  IMP_SECRET: 'simulator-secret',
  MERCHANT_API_KEY: 'merchant-key-of-the-tests',
  ORDER_TOKEN_SECRET: 'token-secret-of-the-tests',
  SHOP_ORIGINS: 'https://shop.example',
  RESULT_PAGES: 'https://shop.example/result',
  EVENT_URL: 'https://shop.example/events',
  EVENT_SECRETS: 'whsec_dGhlIHNlY3JldCBvZiB0aGUgcmVjZWl2ZXIgaGVyZSE=',
  PLAN: 'paid',
}

export default defineConfig({
  test: {
    // End-to-end tests wait more than they compute.
    maxWorkers: selected === 'sample' ? 3 : 4,
    sequence: { sequencer: LongestFirst },
    projects: [
      inNode('packages/core'),
      inNode('packages/client'),
      inNode('packages/hono'),
      inNode('packages/node', [], 'node-adapter'),
      inNode('packages/browser'),
      inNode('packages/rules'),
      inNode('packages/codes'),
      inNode('packages/server'),
      inNode('packages/sql', databaseServers),
      inNode('packages/simulator'),
      inNode('apps/node', databaseServers),
      inNode('apps/shop'),
      inNode('bench', databaseServers),
      {
        resolve,
        test: {
          name: 'simulation',
          include: ['tests/simulation/**/*.test.ts', 'tests/mutation/*.test.ts'],
          exclude: ['tests/simulation/**/*.workerd.test.ts', ...excluded],
          globalSetup: databaseServers,
          ...timeouts,
          provide: { cases },
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            miniflare: {
              compatibilityDate,
              d1Databases: ['DB'],
              bindings: { MIGRATIONS: await readD1Migrations('packages/sql/migrations/d1') },
            },
          })),
        ],
        resolve,
        test: {
          name: 'simulation-workerd',
          include: ['tests/simulation/**/*.workerd.test.ts'],
          exclude: excluded,
          setupFiles: ['apps/worker/test/setup.ts'],
          ...timeouts,
          provide: { cases },
        },
      },
      {
        resolve,
        test: { name: 'compat', include: ['tests/compat/**/*.test.ts'], ...timeouts },
      },
      {
        resolve,
        test: {
          name: 'examples',
          include: ['examples/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'examples/framework-builds/**'],
          ...timeouts,
        },
      },
      {
        resolve,
        test: { name: 'runtimes', include: ['tests/runtimes/*.test.ts'], ...timeouts },
      },
      {
        resolve,
        test: {
          name: 'e2e',
          include: ['tests/{e2e,repository}/**/*.test.ts'],
          exclude: excluded,
          ...timeouts,
        },
      },
      {
        plugins: [cloudflareTest({ miniflare: { compatibilityDate } })],
        resolve,
        test: {
          name: 'core-workerd',
          include: ['packages/core/src/**/*.test.ts', 'tests/runtimes/suite.test.ts'],
          isolate: false,
          ...timeouts,
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            main: './apps/worker/src/index.ts',
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              // The shop's server, which takes every event; nothing else is asked over the network.
              outboundService: (request: { readonly url: string }) =>
                new Response(null, {
                  status: request.url === workerSettings.EVENT_URL ? 204 : 502,
                }),
              bindings: {
                ...workerSettings,
                MIGRATIONS: await readD1Migrations('packages/sql/migrations/d1'),
              },
            },
          })),
        ],
        resolve,
        test: {
          name: 'worker',
          include: ['apps/worker/{src,test}/**/*.test.ts'],
          exclude: excluded,
          setupFiles: ['apps/worker/test/setup.ts'],
          ...timeouts,
        },
      },
    ],
  },
})
