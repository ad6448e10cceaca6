// npm run capacity -- --days 7 --orders 1000: a shop on the limits of the platform, for as many days.
import { runBundled } from '../bundle/run-bundled.mjs'

await runBundled('capacity', 'tests/simulation/capacity/cli.ts')
