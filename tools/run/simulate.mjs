// npm run proof -- --seed 42: one schedule of the simulation again, reduced and drawn as a chart.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const outfile = '.cache/simulation/replay.mjs'
await build({
  entryPoints: ['tests/simulation/cli/replay.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  logLevel: 'warning',
})
await import(pathToFileURL(resolve(outfile)).href)
