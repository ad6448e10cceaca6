// npm run test:soak -- --schedules 1000000 --kills 50: the simulation with a larger budget, resumable.
import { runBundled } from '../bundle/run-bundled.mjs'

await runBundled('soak', 'tests/simulation/cli/soak.ts')
