// What is shipped, and how heavy it is: gzip -9 of the minified bundle, as a reader's browser or Cloudflare
// would count it.
import { bundle, bundleName } from '../run/bundle/bundle.mjs'

const kB = 1000
const core = 'packages/core/src/index.ts'
const shipped = [
  { name: 'core', entry: core, limit: 17.5 * kB },
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
    limit: 158 * kB,
  },
]
/** What a program carries that needs one parser. The table of currencies is 405 B wherever an amount is read. */
const parsers = {
  parseAttemptId: 0.3,
  parseBillingKey: 0.8,
  parseBody: 1.1,
  parseCallback: 2,
  parseCertification: 1.1,
  parseConfirm: 1,
  parseEscrowChange: 1.3,
  parseImpUid: 0.3,
  parseKeyIssue: 2.1,
  parseMerchantUid: 0.3,
  parseMoney: 0.8,
  parsePayment: 1.9,
  parsePlan: 2.1,
  parseRedirect: 2.2,
  parseSubscriptionId: 0.2,
  parseWebhook: 1.3,
}
/** Nothing of a platform may be left in core once it is bundled. */
const foreign =
  /\b(fetch|setTimeout|require)\(|\b(process|Buffer|console|globalThis|document)\b|node:/

const bundles = [
  ...shipped.map((each) => ({ ...each, bundled: bundle(each.entry) })),
  ...Object.entries(parsers).map(([name, limit]) => ({
    name,
    limit: limit * kB,
    bundled: bundleName(core, name),
  })),
]

let isSound = true
for (const { name, limit, bundled } of bundles) {
  const { text, gzipBytes: size } = await bundled
  const hit = name === 'core' ? foreign.exec(text) : null
  if (size > limit || hit !== null) isSound = false
  console.log(
    `${name.padEnd(19)}${String(size).padStart(7)} B gzip (limit ${limit})` +
      (hit === null ? '' : `  holds ${JSON.stringify(hit[0])}`),
  )
}
process.exit(isSound ? 0 : 1)
