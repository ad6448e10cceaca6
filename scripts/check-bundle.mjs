// What is shipped, and how heavy it is: gzip -9 of the minified bundle, as a reader's browser or Cloudflare
// would count it.
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const kB = 1000
const shipped = [
  { name: 'core', entry: 'packages/core/src/index.ts', limit: 6 * kB },
  { name: 'client', entry: 'packages/client/src/index.ts', limit: 12 * kB },
  {
    name: 'worker',
    entry: 'apps/worker/src/index.ts',
    limit: 64 * kB,
    conditions: ['workerd', 'worker'],
  },
]
/** Nothing of a platform may be left in core once it is bundled. */
const foreign =
  /\b(fetch|setTimeout|require)\(|\b(process|Buffer|console|globalThis|document)\b|node:/

let isSound = true
for (const { name, entry, limit, conditions = [] } of shipped) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions,
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'error',
  })
  const size = gzipSync(outputFiles[0].contents, { level: 9 }).length
  const hit = name === 'core' ? foreign.exec(outputFiles[0].text) : null
  if (size > limit || hit !== null) isSound = false
  console.log(
    `${name.padEnd(8)}${String(size).padStart(7)} B gzip (limit ${limit})` +
      (hit === null ? '' : `  holds ${JSON.stringify(hit[0])}`),
  )
}
process.exit(isSound ? 0 : 1)
