// npm run simulate -- --seed 42: runs one schedule of the simulation again, reduces it and draws it as a chart.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const outfile = '.cache/simulation/simulate.mjs'
await build({
  entryPoints: ['tests/simulation/cli/simulate.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  logLevel: 'warning',
})
await import(pathToFileURL(resolve(outfile)).href)
