// What is shipped, and how heavy it is: gzip -9 of the minified bundle, as a reader's browser or Cloudflare
// would count it.
import { bundle } from '../run/bundle/bundle.mjs'

const kB = 1000
const shipped = [
  { name: 'core', entry: 'packages/core/src/index.ts', limit: 17.5 * kB },
  { name: 'payments', entry: 'packages/core/fixtures/payments.ts', limit: 8.5 * kB },
  { name: 'client', entry: 'packages/client/src/index.ts', limit: 8.7 * kB },
  { name: 'browser', entry: 'packages/browser/src/index.ts', limit: 5 * kB },
  { name: 'one call', entry: 'packages/client/test/one-call.ts', limit: 3.5 * kB },
  { name: 'rules', entry: 'packages/rules/src/index.ts', limit: 11.5 * kB },
  { name: 'one PG', entry: 'packages/rules/src/channels/van/nice_v2.ts', limit: 1.7 * kB },
  { name: 'all PGs', entry: 'packages/rules/src/channels/all.ts', limit: 17 * kB },
  {
    name: 'worker',
    entry: 'apps/worker/src/index.ts',
    limit: 160 * kB,
  },
]
/** Nothing of a platform may be left in core once it is bundled. */
const foreign =
  /\b(fetch|setTimeout|require)\(|\b(process|Buffer|console|globalThis|document)\b|node:/

let isSound = true
for (const { name, entry, limit } of shipped) {
  const { text, gzipBytes: size } = await bundle(entry)
  const hit = name === 'core' ? foreign.exec(text) : null
  if (size > limit || hit !== null) isSound = false
  console.log(
    `${name.padEnd(9)}${String(size).padStart(7)} B gzip (limit ${limit})` +
      (hit === null ? '' : `  holds ${JSON.stringify(hit[0])}`),
  )
}
process.exit(isSound ? 0 : 1)
