// npm run bench -- --quick: a payment completed by Quayside and by the vendor's sample, side by side.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= 'false'
process.env.WRANGLER_SEND_METRICS ??= 'false'
process.env.WRANGLER_HIDE_BANNER ??= 'true'
process.env.WRANGLER_LOG_PATH ??= '.wrangler/logs'

const outdir = '.cache/programs/bench'
await build({
  entryPoints: ['main', 'serve-sample', 'serve-upstream'].map((name) => `bench/${name}.ts`),
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node22',
  sourcemap: true,
  logLevel: 'warning',
})
await import(pathToFileURL(resolve(outdir, 'main.mjs')).href)
