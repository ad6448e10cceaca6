// npm run bench: a payment completed by Quayside, by a bare handler and by the vendor's sample, side by side, on workerd; with
// --node on Node and each database; with --micro the parts of it that compute, beside libraries for the same work; with
// --scenarios what a payment server has to withstand; with --page what these have shown, as charts.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { bundleNodeProgram } from '../bundle/bundle-programs.mjs'
import { installFolder } from '../install-folder.mjs'

process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= 'false'
process.env.WRANGLER_SEND_METRICS ??= 'false'
process.env.WRANGLER_HIDE_BANNER ??= 'true'
process.env.WRANGLER_LOG_PATH ??= '.wrangler/logs'

const programs = [
  'serve-sample',
  'serve-upstream',
  'node/main',
  'node/serve-node',
  'node/serve-provider',
  'page/main',
  'scenarios/main',
  'scenarios/serve-provider',
  'scenarios/subjects/serve-iamport',
  'scenarios/subjects/serve-subject',
  'workerd/main',
]
const outdir = '.cache/programs/bench'
const kinds = ['node', 'micro', 'scenarios', 'page']
const kind = kinds.find((name) => process.argv.includes(`--${name}`)) ?? 'workerd'

const toNode = {
  outbase: 'bench',
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node22',
  sourcemap: true,
  logLevel: 'warning',
}
await build({ ...toNode, entryPoints: programs.map((name) => `bench/${name}.ts`) })
await build({
  ...toNode,
  entryPoints: ['bench/micro/main.ts', 'bench/micro/serve-contestant.ts'],
  // In one file, what is imported later would become variables, which are slower than the constants that users run.
  splitting: true,
  chunkNames: 'micro/chunks/[name]-[hash]',
})
if (kind === 'scenarios') await bundleNodeProgram('apps/node/dist')
// What cannot be installed is named, and the others are measured all the same; without charts there is no page.
const needs = { micro: 'bench/micro', scenarios: 'bench/scenarios', page: 'bench/page' }[kind]
if (needs !== undefined && !installFolder(needs) && kind === 'page') process.exit(1)
await import(pathToFileURL(resolve(outdir, `${kind}/main.mjs`)).href)
