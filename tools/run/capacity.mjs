// npm run capacity -- --days 7 --orders 1000: a shop on the limits of the platform, for as many days.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const outfile = '.cache/simulation/capacity.mjs'
await build({
  entryPoints: ['tests/simulation/capacity/cli.ts'],
  outfile,
  bundle: true,
  packages: 'external',
  // The packages of this repository are bundled from source; everything else is found where npm put it.
  alias: {
    '@quayside/core': './packages/core/src/index.ts',
    '@quayside/client': './packages/client/src/index.ts',
    '@quayside/hono': './packages/hono/src/index.ts',
    '@quayside/server': './packages/server/src/index.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node22',
  logLevel: 'warning',
})
await import(pathToFileURL(resolve(outfile)).href)
