import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { isTooOld } from '../../tools/run/check-node.cjs'
import { compareInstalled, hasDevelopment, type Packages } from '../../tools/run/install-folder.mjs'

const locked = {
  '': {},
  'packages/a': { version: '1.0.0' },
  'node_modules/a': {},
  'node_modules/hono': { version: '4.0.0' },
  'node_modules/other-system': { version: '2.0.0', optional: true },
  'node_modules/vitest': { version: '5.0.0', dev: true },
}
const { 'node_modules/vitest': vitest, 'node_modules/other-system': otherSystem, ...rest } = locked
const { '': _root, ...started } = rest
const tested = { ...started, 'node_modules/vitest': vitest }

describe('what npm has installed', () => {
  it.each([
    ['nothing', null, 'different', 'different'],
    ['what npm start needs', started, 'partial', 'complete'],
    ['what npm test needs', tested, 'complete', 'complete'],
    [
      'an optional package too',
      { ...tested, 'node_modules/other-system': otherSystem },
      'complete',
      'complete',
    ],
    ['tools without what they test', { 'node_modules/vitest': vitest }, 'partial', 'partial'],
    [
      'another version of a tool',
      { ...started, 'node_modules/vitest': { version: '4.0.0' } },
      'different',
      'different',
    ],
    [
      'a package that is no longer locked',
      { ...tested, 'node_modules/express': { version: '4.0.0' } },
      'different',
      'different',
    ],
  ] as const)('%s', (_name, installed, forTests, forStart) => {
    expect([
      compareInstalled(locked, installed, true),
      compareInstalled(locked, installed, false),
    ]).toEqual([forTests, forStart])
  })

  it('tools for development are kept once they are there', () => {
    expect([null, started, tested].map((each) => hasDevelopment(locked, each))).toEqual([
      false,
      false,
      true,
    ])
  })
})

it('npm start and npm run simulator run without what only tests and checks need', async () => {
  const { metafile } = await build({
    entryPoints: [
      'tools/run/local/start.mjs',
      'tools/run/local/simulator.mjs',
      'tools/run/local/shop.ts',
      'tools/run/local/worker.ts',
      'packages/simulator/src/cli.ts',
    ],
    outdir: 'unwritten',
    write: false,
    bundle: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: ['cloudflare:*'],
    logLevel: 'error',
  })
  const lock: { readonly packages: Packages } = JSON.parse(
    readFileSync('package-lock.json', 'utf8'),
  )
  // What `tools` has of its own is there only once `npm test` has run.
  const names = Object.keys(metafile.inputs).flatMap(
    (file) => /^(?:tools\/)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [],
  )
  const used = [...new Set([...names, 'node_modules/wrangler'])]
  expect(used).toEqual(expect.arrayContaining(['node_modules/esbuild', 'node_modules/hono']))
  expect(
    used.filter((name) => {
      const entry = lock.packages[name]
      return entry === undefined || entry.dev || entry.devOptional
    }),
  ).toEqual([])
})

describe('npm start on a Node that is there', () => {
  it.each([
    ['0.12.18', true],
    ['8.17.0', true],
    ['18.20.8', true],
    ['20.19.0', false],
    ['24.21.0', false],
  ])('says that Node %s is too old: %s', (version, expected) => {
    expect(isTooOld(version)).toBe(expected)
  })
})
