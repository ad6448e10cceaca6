// npm run capacity -- --days 7 --orders 1000: a shop on the limits of the platform, for as many days.
// npm run capacity -- --charges 10000: so many subscriptions that are due at once, on workerd with a local D1 and a queue;
// with --simulated in simulated time, on the limits that Cloudflare publishes.
import { runBundled } from '../bundle/run-bundled.mjs'

const name = process.argv.includes('--charges') ? 'charges' : 'capacity'
await runBundled(name, `tests/simulation/${name}/cli.ts`)
