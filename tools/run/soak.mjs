// npm run test:soak -- --schedules 1000000 --kills 50: the simulation with a larger budget, resumable.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const outfile = '.cache/simulation/soak.mjs'
await build({
  entryPoints: ['tests/simulation/cli/soak.ts'],
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
